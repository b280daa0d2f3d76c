using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class FlatAdamTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor images;
    private readonly Tensor labels = arange(16, int64).remainder(10);

    public FlatAdamTests()
    {
        manual_seed(1);
        images = rand(16, 1, 28, 28);
    }

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void Weights_and_state_are_those_of_Adam_to_the_last_digit(double weightDecay)
    {
        (ConvNet expected, Adam adam) = Create(weightDecay);
        (ConvNet actual, Adam inner) = Create(weightDecay);
        using (var flat = new FlatAdam(inner, inOnePass: false))
        {
            Train(expected, adam, steps: 5);
            Train(actual, flat, steps: 5);
            AssertSame(expected, adam, actual, inner);
        }

        AssertSame(expected, adam, actual, inner);
        Train(expected, adam, steps: 2);
        Train(actual, inner, steps: 2);
        AssertSame(expected, adam, actual, inner);
    }

    [Fact]
    public void In_one_pass_they_are_those_of_Adam_but_for_the_last_digits()
    {
        (ConvNet expected, Adam adam) = Create();
        (ConvNet actual, Adam inner) = Create();
        using (var flat = new FlatAdam(inner, inOnePass: true))
        {
            Train(expected, adam, steps: 5);
            Train(actual, flat, steps: 5);
        }

        Assert.All(expected.parameters().Zip(actual.parameters()), pair => AssertClose(pair.First, pair.Second, 1e-5));
        Assert.All(States(adam).Zip(States(inner)), pair =>
        {
            Assert.Equal(pair.First.step, pair.Second.step);
            AssertClose(pair.First.exp_avg, pair.Second.exp_avg, 1e-6);
            AssertClose(pair.First.exp_avg_sq, pair.Second.exp_avg_sq, 1e-6);
        });
        Assert.NotEqual(expected.parameters().First().data<float>(), actual.parameters().First().data<float>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(37)]
    public void In_one_pass_every_number_of_parameters_is_stepped(int count)
    {
        var values = new Parameter(arange(count, float32));
        using var inner = optim.Adam([values], lr: 0.5);
        using var flat = new FlatAdam(inner, inOnePass: true);
        for (int step = 0; step < 3; step++)
        {
            flat.zero_grad();
            values.mul(3).sum().backward(); // the same gradient at each step: each step is as long as the learning rate
            flat.step();
        }

        Assert.All(arange(count, float32).sub(values).data<float>(), moved => Assert.Equal(1.5, moved, 1e-4));
    }

    [Fact]
    public void It_goes_on_where_Adam_was()
    {
        (ConvNet expected, Adam adam) = Create();
        (ConvNet actual, Adam inner) = Create();
        Train(expected, adam, steps: 6);

        Train(actual, inner, steps: 2);
        using (var flat = new FlatAdam(inner, inOnePass: false))
            Train(actual, flat, steps: 4);

        AssertSame(expected, adam, actual, inner);
    }

    [Fact]
    public void A_new_learning_rate_counts_from_the_next_step_on()
    {
        (ConvNet expected, Adam adam) = Create();
        (ConvNet actual, Adam inner) = Create();
        using var flat = new FlatAdam(inner, inOnePass: false);
        foreach ((ConvNet model, Adam owner, optim.Optimizer optimizer) in new[] { (expected, adam, adam), (actual, inner, (optim.Optimizer)flat) })
        {
            Train(model, optimizer, steps: 3);
            owner.ParamGroups.Single().LearningRate = 0.1;
            Train(model, optimizer, steps: 2);
        }

        AssertSame(expected, adam, actual, inner);
        Assert.Equal(0.01, inner.ParamGroups.Single().InitialLearningRate);
    }

    [Fact]
    public void A_layer_that_is_not_used_keeps_its_weights()
    {
        (ConvNet model, _) = Create();
        var unused = nn.Linear(3, 2);
        using var inner = optim.Adam(model.parameters().Concat(unused.parameters()), lr: 0.01);
        float[] before = [.. unused.weight.data<float>()];
        using var flat = new FlatAdam(inner, inOnePass: false);

        Train(model, flat, steps: 4);

        Assert.Equal(before, unused.weight.data<float>());
    }

    [Fact]
    public void Layers_of_any_size_and_in_any_order_of_memory_train_as_with_Adam()
    {
        float[][] Weights(bool flat)
        {
            manual_seed(3);
            var model = nn.Sequential(nn.Conv2d(1, 3, kernel_size: 5), nn.Conv2d(3, 7, kernel_size: 3), nn.Flatten(), nn.Linear(7 * 22 * 22, 10));
            using var adam = optim.Adam(model.parameters(), lr: 0.01);
            using var fastPath = new FastPath(model, adam, new BatchLoader(images, labels, 16), CPU, ownKernels: false);
            Train(model, flat ? fastPath.Optimizer : adam, steps: 5);
            fastPath.Dispose();
            return [.. model.parameters().Select(parameter => parameter.data<float>().ToArray())];
        }

        Assert.Equal(Weights(flat: false), Weights(flat: true));
    }

    [Fact]
    public void The_parameters_are_in_one_tensor_until_it_is_disposed()
    {
        (ConvNet model, Adam inner) = Create();
        Parameter last = model.parameters().Last();
        Tensor shared = last.detach();
        var flat = new FlatAdam(inner, inOnePass: false);
        Train(model, flat, steps: 2);
        long offset = last.storage_offset();

        flat.Dispose();

        Assert.Equal(334_154 - 10, offset);
        Assert.Equal(0, last.storage_offset());
        Assert.Equal(last.data<float>(), shared.data<float>());
    }

    private static (ConvNet Model, Adam Optimizer) Create(double weightDecay = 0)
    {
        manual_seed(2);
        var model = new ConvNet();
        return (model, optim.Adam(model.parameters(), lr: 0.01, weight_decay: weightDecay));
    }

    private void Train(nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            using var stepScope = NewDisposeScope();
            Tensor loss = nn.functional.cross_entropy(model.forward(images), labels);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
        }
    }

    private static void AssertSame(ConvNet expected, Adam adam, ConvNet actual, Adam inner)
    {
        Assert.All(expected.parameters().Zip(actual.parameters()), pair => Assert.Equal(pair.First.data<float>(), pair.Second.data<float>()));
        Assert.All(States(adam).Zip(States(inner)), pair =>
        {
            Assert.Equal(pair.First.step, pair.Second.step);
            Assert.Equal(pair.First.exp_avg.data<float>(), pair.Second.exp_avg.data<float>());
            Assert.Equal(pair.First.exp_avg_sq.data<float>(), pair.Second.exp_avg_sq.data<float>());
        });
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance) =>
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, tolerance);

    private static IEnumerable<Adam.State> States(Adam adam) => adam.state_dict().State.Cast<Adam.State>();
}

using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>Both networks compute what PyTorch computes, on the way that <see cref="Trainer"/> takes.</summary>
[Trait("Category", "Slow")]
public sealed class PyTorchParityTests : IDisposable
{
    private const int BatchSize = 64;
    private const double LearningRate = 0.0003;
    private const int Steps = 100;

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-parity-");

    // The first 101 batches: 100 to train on and one to validate on.
    private readonly Tensor images;
    private readonly Tensor labels;

    // The orders of memory take turns, so that each seed is trained once and each order for three seeds.
    public static TheoryData<string, int, bool> Trainings =>
        [
            .. from network in Networks.Names
               from entry in PyTorchFixtures.Seeds.Index()
               select new TheoryDataRow<string, int, bool>(network, entry.Item, entry.Index % 2 == 1),
        ];

    public static TheoryData<string> NetworkNames => [.. Networks.Names];

    public static MatrixTheoryData<string, bool> NetworksInBothOrders => new(Networks.Names, [false, true]);

    public PyTorchParityTests()
    {
        using FashionMnist train = FashionMnist.Load(Repository.Data, train: true);
        images = train.Images[..(101 * BatchSize)].clone();
        labels = train.Labels[..(101 * BatchSize)].clone();
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(NetworkNames))]
    public void Initial_weights_of_a_seed_are_equal_bit_for_bit(string network)
    {
        manual_seed(42);
        nn.Module<Tensor, Tensor> model = Networks.Create(network);

        JsonObject expected = new PyTorchFixtures(network).Summary["initial"]!.AsObject();
        Assert.Equal(
            expected.Select(entry => (entry.Key, (string)entry.Value!)),
            model.named_parameters().Select(entry => (entry.name, Hash(entry.parameter))));
    }

    [Theory]
    [MemberData(nameof(NetworksInBothOrders))]
    public void Logits_loss_and_every_gradient_agree(string network, bool channelsLast)
    {
        var expected = new PyTorchFixtures(network);
        nn.Module<Tensor, Tensor> model = LoadFromPyTorch(network);
        if (channelsLast)
            model.ToChannelsLast();

        Tensor logits = model.forward(images.index_select(0, expected.Images));
        Tensor loss = nn.functional.cross_entropy(logits, labels.index_select(0, expected.Images));
        loss.backward();

        AssertClose(expected.Logits, logits, 1e-5);
        Assert.Equal(expected.Loss, loss.item<float>(), 1e-5);
        Assert.All(
            model.named_parameters(),
            entry => AssertClose(expected.Gradient(entry.name), entry.parameter.grad!, 1e-5));
    }

    [Theory]
    [MemberData(nameof(NetworksInBothOrders))]
    public void Every_weight_agrees_after_20_steps_of_Adam(string network, bool channelsLast)
    {
        var expected = new PyTorchFixtures(network);
        nn.Module<Tensor, Tensor> model = LoadFromPyTorch(network);
        Dictionary<string, Tensor> before = model.state_dict()
            .ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone());
        if (channelsLast)
            model.ToChannelsLast();

        Train(model, steps: 20);

        Assert.All(model.named_parameters(), entry =>
            AssertClose(expected.ChangeByAdam(entry.name), entry.parameter.detach() - before[entry.name], 1e-4));
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void The_loss_of_each_of_the_first_100_steps_agrees(string network, int seed, bool channelsLast)
    {
        manual_seed(seed);
        nn.Module<Tensor, Tensor> model = Networks.Create(network);
        if (channelsLast)
            model.ToChannelsLast();

        float[] losses = Train(model, Steps);

        Assert.Empty(StepsOutOfBounds(network, seed, losses));
    }

    // The bounds are narrow enough for a mistake to show.
    [Theory]
    [InlineData("ConvNet", 42, 1.01, 0.9, 0.999)]
    [InlineData("ConvNet", 42, 1, 0.91, 0.999)]
    [InlineData("ConvNet", 42, 1, 0.9, 0.99)]
    [InlineData("ConvNet", 43, 1, 0.9, 0.999)]
    [InlineData("DilatedConvNet", 42, 1, 0.91, 0.999)]
    public void The_losses_of_another_training_do_not_agree(
        string network, int seed, double rate, double beta1, double beta2)
    {
        manual_seed(seed);

        float[] losses = Train(Networks.Create(network), Steps, rate * LearningRate, beta1, beta2);

        Assert.NotEmpty(StepsOutOfBounds(network, seed: 42, losses));
    }

    [Theory]
    [MemberData(nameof(NetworkNames))]
    public void Predictions_agree_on_the_test_images(string network)
    {
        using FashionMnist test = FashionMnist.Load(Repository.Data, train: false);

        Tensor predictions = Evaluator.Predict(LoadFromPyTorch(network), test.Images);

        // Two classes may have the same score but for the last digit.
        Assert.InRange(predictions.ne(new PyTorchFixtures(network).Predictions).sum().item<long>(), 0, 1);
    }

    [Theory]
    [MemberData(nameof(NetworkNames))]
    public void Confusion_matrix_and_report_equal_those_of_scikit_learn(string network)
    {
        var expected = new PyTorchFixtures(network);
        using FashionMnist test = FashionMnist.Load(Repository.Data, train: false);

        var confusion = new ConfusionMatrix(test.Labels, expected.Predictions, FashionMnist.Classes);
        var report = new ClassificationReport(confusion);

        JsonArray matrix = expected.Summary["confusion_matrix"]!.AsArray();
        JsonNode metrics = expected.Summary["classification_report"]!;
        for (int row = 0; row < 10; row++)
        {
            Assert.Equal(
                matrix[row]!.AsArray().Select(count => (int)count!),
                Enumerable.Range(0, 10).Select(column => confusion[row, column]));
            Assert.Equal((double)metrics[$"{row}"]!["precision"]!, report.Classes[row].Precision, 1e-12);
            Assert.Equal((double)metrics[$"{row}"]!["recall"]!, report.Classes[row].Recall, 1e-12);
            Assert.Equal((double)metrics[$"{row}"]!["f1-score"]!, report.Classes[row].F1, 1e-12);
            Assert.Equal((int)metrics[$"{row}"]!["support"]!, report.Classes[row].Support);
        }

        Assert.Equal((double)metrics["accuracy"]!, report.Accuracy, 1e-12);
    }

    private nn.Module<Tensor, Tensor> LoadFromPyTorch(string network)
    {
        string path = Path.Combine(folder.FullName, network + ".safetensors");
        new PyTorchFixtures(network).ExtractWeights(path);
        nn.Module<Tensor, Tensor> model = Networks.Create(network);
        Weights.Load(model, path);
        return model;
    }

    /// <summary>Trains for one epoch of so many steps, as a notebook does.</summary>
    /// <returns>The loss of each step.</returns>
    private float[] Train(
        nn.Module<Tensor, Tensor> model, int steps,
        double rate = LearningRate, double beta1 = 0.9, double beta2 = 0.999)
    {
        int count = (steps + 1) * BatchSize;
        var loader = new BatchLoader(images[..count], labels[..count], BatchSize);
        var losses = new RecordedLosses();
        using var optimizer = optim.Adam(model.parameters(), rate, beta1, beta2);
        var options = new TrainOptions { NumEpochs = 1, TrainRate = (double)steps / (steps + 1) };
        Trainer.TrainModel(model, loader, losses, optimizer, options);
        Assert.Equal(steps, losses.Values.Count);
        return [.. losses.Values];
    }

    /// <returns>The steps whose loss is not PyTorch's, as far as rounding lets them agree.</returns>
    private static IEnumerable<string> StepsOutOfBounds(string network, int seed, float[] losses)
    {
        // A ReLU whose input is all but 0 decides by rounding, and from then on two trainings go apart. In which step
        // that happens is chance: hence the spread over all seeds; threefold, since PyTorch's trainings are only a
        // sample; and a floor, which two trainings that go apart take some 20 steps to reach.
        const double Floor = 1e-4;
        const double Factor = 3;
        var expected = new PyTorchFixtures(network);
        float[] spread = expected.Spread;
        return expected.Losses(seed)
            .Select((loss, step) => (Step: step, Difference: Math.Abs(loss - losses[step])))
            .Where(entry => !(entry.Difference <= Floor + (Factor * spread[entry.Step])))
            .Select(entry => $"step {entry.Step}: {entry.Difference:g2}, spread {spread[entry.Step]:g2}");
    }

    private static string Hash(Tensor tensor)
    {
        byte[] bytes = [.. tensor.detach().bytes];
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, tolerance);
    }

    /// <summary>Notes the loss of each step of training, and not of validation.</summary>
    private sealed class RecordedLosses() : Loss<Tensor, Tensor, Tensor>(nn.Reduction.Mean)
    {
        public List<float> Values { get; } = [];

        public override Tensor forward(Tensor input, Tensor target)
        {
            Tensor loss = nn.functional.cross_entropy(input, target);
            if (loss.requires_grad)
                Values.Add(loss.item<float>());

            return loss;
        }
    }
}

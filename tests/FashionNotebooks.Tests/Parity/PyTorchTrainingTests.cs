using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>A training of both networks has PyTorch's losses, on the way that <see cref="Trainer"/> takes.</summary>
[Trait("Category", "Slow")]
public class PyTorchTrainingTests(ParityImages data) : ScratchTests, IClassFixture<ParityImages>
{
    // The orders of memory take turns, so that each seed is trained once and each order for three seeds.
    public static TheoryData<string, int, bool> Trainings =>
        [
            .. from network in Networks.Names
               from entry in PyTorchFixtures.Seeds.Index()
               select new TheoryDataRow<string, int, bool>(network, entry.Item, entry.Index % 2 == 1),
        ];

    [Theory]
    [MemberData(nameof(Trainings))]
    public void The_loss_of_each_of_the_first_100_steps_agrees(string network, int seed, bool channelsLast)
    {
        manual_seed(seed);
        nn.Module<Tensor, Tensor> model = Networks.Create(network);
        if (channelsLast)
            model.ToChannelsLast();

        float[] losses = data.Train(model, steps: 100);

        Assert.Equal(100, losses.Length);
        Assert.Empty(StepsOutOfBounds(network, seed, losses));
    }

    // The bounds are narrow enough for a mistake to show, and soon, before rounding leads trainings apart.
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

        float[] losses = data.Train(Networks.Create(network), steps: 30, rate, beta1, beta2);

        Assert.NotEmpty(StepsOutOfBounds(network, seed: 42, losses));
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
        (float[] theirs, float[] spread) = (expected.Losses(seed), expected.Spread);
        return from step in losses.Index()
               let difference = Math.Abs(theirs[step.Index] - step.Item)
               where !(difference <= Floor + (Factor * spread[step.Index]))
               select $"step {step.Index}: {difference:g2}, spread {spread[step.Index]:g2}";
    }
}

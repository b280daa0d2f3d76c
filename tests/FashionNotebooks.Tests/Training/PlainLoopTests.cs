using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>TrainModel gives the digits of a plain loop, whatever model it is given.</summary>
public sealed class PlainLoopTests : IDisposable
{
    private const int NumEpochs = 3;
    private const double Tolerance = 1e-6;

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string> Names => TrainingCase.Names;

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void TrainModel_equals_a_plain_loop(string name)
    {
        var plain = TrainingCase.Create(name);
        List<double[]> expected = Train(plain);
        var ours = TrainingCase.Create(name);
        List<double[]> actual = TrainWithLibrary(ours);

        AssertClose(expected, actual);
        AssertClose(plain.Model, ours.Model);
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("the tutorial's network")]
    [InlineData("batch normalisation")]
    [InlineData("AdamW with two groups")]
    public void A_second_training_of_the_same_model_goes_on_as_a_second_loop_does(string name)
    {
        var plain = TrainingCase.Create(name);
        List<double[]> expected = [.. Train(plain), .. Train(plain)];
        var ours = TrainingCase.Create(name);
        List<double[]> actual = [.. TrainWithLibrary(ours), .. TrainWithLibrary(ours)];

        AssertClose(expected, actual);
        AssertClose(plain.Model, ours.Model);
    }

    /// <summary>The loop that anybody would write; it keeps the weights of the best epoch.</summary>
    /// <returns>For each epoch the losses and accuracies of training and validation.</returns>
    private static List<double[]> Train(TrainingCase plain)
    {
        (nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, Tensor images, Tensor labels) = plain;
        var criterion = nn.CrossEntropyLoss();
        var history = new List<double[]>();
        Dictionary<string, Tensor> best = [];
        double bestAccuracy = 0;
        for (int epoch = 0; epoch < NumEpochs; epoch++)
        {
            double trainLoss = 0, trainHits = 0, valLoss = 0, valHits = 0;
            model.train();
            for (int start = 0; start < 100; start += 20)
            {
                Tensor target = labels[start..(start + 20)];
                Tensor output = model.call(images[start..(start + 20)]);
                Tensor loss = criterion.call(output, target);
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
                trainLoss += loss.ToDouble() / 5;
                trainHits += output.argmax(1).eq(target).sum().ToDouble() / 100;
            }

            model.eval();
            using (no_grad())
            {
                Tensor output = model.call(images[100..]);
                valLoss = criterion.call(output, labels[100..]).ToDouble();
                valHits = output.argmax(1).eq(labels[100..]).sum().ToDouble() / 20;
                if (best.Count == 0 || valHits > bestAccuracy)
                {
                    bestAccuracy = valHits;
                    best = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
                }
            }

            history.Add([trainLoss, trainHits, valLoss, valHits]);
        }

        model.load_state_dict(best);
        return history;
    }

    private static List<double[]> TrainWithLibrary(TrainingCase ours)
    {
        var options = new TrainOptions { NumEpochs = NumEpochs };
        var history = new Recorder();
        Trainer.TrainModel(ours.Model, ours.Loader, nn.CrossEntropyLoss(), ours.Optimizer, options, history);
        return [.. history.Epochs.Select(epoch =>
            (double[])[epoch.TrainLoss, epoch.TrainAcc, epoch.ValLoss, epoch.ValAcc])];
    }

    private static void AssertClose(List<double[]> expected, List<double[]> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach ((double first, double second) in expected.SelectMany(x => x).Zip(actual.SelectMany(x => x)))
            Assert.Equal(first, second, Tolerance);
    }

    private static void AssertClose(nn.Module expected, nn.Module actual)
    {
        Dictionary<string, Tensor> values = actual.state_dict();
        Assert.All(expected.state_dict(), entry =>
            Assert.InRange((entry.Value - values[entry.Key]).abs().max().ToDouble(), 0, Tolerance));
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>TrainModel gives the digits of a plain loop, whatever model it is given.</summary>
public class PlainLoopTests : ScratchTests
{
    private const double Tolerance = 1e-6;

    public static TheoryData<string> Names => TrainingCase.Names;

    // A second training of the same model has to go on as a second loop does.
    [Theory]
    [MemberData(nameof(Names))]
    public void TrainModel_equals_a_plain_loop_and_again_when_it_goes_on(string name)
    {
        var plain = TrainingCase.Create(name);
        double[] expected = [.. Train(plain, numEpochs: 2), .. Train(plain, numEpochs: 1)];
        var ours = TrainingCase.Create(name);
        IEnumerable<EpochMetrics> epochs = ours.Train(numEpochs: 2).Epochs.Concat(ours.Train(numEpochs: 1).Epochs);
        double[] actual =
            [.. epochs.SelectMany(epoch => new[] { epoch.TrainLoss, epoch.TrainAcc, epoch.ValLoss, epoch.ValAcc })];

        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange((plain.State - ours.State).abs().max().ToDouble(), 0, Tolerance);
    }

    /// <summary>The loop that anybody would write; it keeps the weights of the best epoch.</summary>
    /// <returns>For each epoch the losses and accuracies of training and validation.</returns>
    private static List<double> Train(TrainingCase plain, int numEpochs)
    {
        (nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, Tensor images, Tensor labels) = plain;
        var criterion = nn.CrossEntropyLoss();
        var history = new List<double>();
        Dictionary<string, Tensor> best = [];
        double bestAccuracy = 0;
        for (int epoch = 0; epoch < numEpochs; epoch++)
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

            history.AddRange(trainLoss, trainHits, valLoss, valHits);
        }

        model.load_state_dict(best);
        return history;
    }
}

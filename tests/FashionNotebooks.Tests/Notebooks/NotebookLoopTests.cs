using TorchSharp;
using static TorchSharp.torch;
using Training = System.Func<TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>,
    FashionNotebooks.BatchLoader, TorchSharp.torch.optim.Optimizer, FashionNotebooks.TrainResult>;

namespace FashionNotebooks.Tests;

/// <summary>The loop that a reader runs and changes in a cell computes what the library computes.</summary>
public sealed class NotebookLoopTests : IDisposable
{
    private const int Epochs = 3;

    // What the cells before the loop make.
    private const string Loaded = """
        string device = "cpu";
        BatchLoader trainLoader;
        int trainBatches;
        var criterion = nn.CrossEntropyLoss();

        """;

    // What the text says that TrainModel does with the two functions.
    private static readonly string TrainWithBoth = $$"""
        (model, loader, optimizer) =>
        {
            trainLoader = loader;
            trainBatches = (int)Math.Round(loader.Count * 0.8);
            var epochs = new List<EpochMetrics>();
            var best = new Dictionary<string, Tensor>();
            for (int epoch = 0; epoch < {{Epochs}}; epoch++)
            {
                (double loss, double accuracy) = TrainEpoch(model, optimizer);
                (double valLoss, double valAccuracy) = Validate(model);
                epochs.Add(new EpochMetrics(
                    epoch, {{Epochs}}, loss, accuracy, valLoss, valAccuracy, TimeSpan.Zero));
                if (epochs.MaxBy(metrics => metrics.ValAcc) == epochs[^1])
                    best = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone());
            }

            model.load_state_dict(best);
            return new TrainResult(epochs);
        }
        """;

    private static readonly Lazy<Training> TrainModel = new(() => NotebookCodeTests.Run<Training>(
        Loaded + NotebookCodeTests.Code("3-train-and-predict", ["define-loop"]), TrainWithBoth));

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string> Cases => TrainingCase.Names;

    public void Dispose() => scope.Dispose();

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Cases))]
    public void The_loop_in_a_cell_is_that_of_the_library(string name)
    {
        var theirs = TrainingCase.Create(name);
        TrainResult expected = Trainer.TrainModel(
            theirs.Model, new BatchLoader(theirs.Images, theirs.Labels, 20), nn.CrossEntropyLoss(), theirs.Optimizer,
            new TrainOptions { TrainRate = 0.8, NumEpochs = Epochs });
        var ours = TrainingCase.Create(name);
        TrainResult actual =
            TrainModel.Value(ours.Model, new BatchLoader(ours.Images, ours.Labels, 20), ours.Optimizer);

        Assert.Equal(expected.Epochs.Select(Digits), actual.Epochs.Select(Digits));
        Assert.All(
            theirs.Model.state_dict().Zip(ours.Model.state_dict()),
            pair => Assert.True(pair.First.Value.eq(pair.Second.Value).all().item<bool>(), pair.First.Key));
    }

    private static EpochMetrics Digits(EpochMetrics metrics) => metrics with { Elapsed = TimeSpan.Zero };
}

using Microsoft.Data.Analysis;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>Nothing that is done again and again leaves tensors behind.</summary>
[Trait("Category", "Slow")]
public sealed class LiveTensorTests : IDisposable
{
    private readonly FashionMnist test = FashionMnist.Load(Repository.Data, train: false);

    public void Dispose() => test.Dispose();

    [Fact]
    public void A_thousand_training_steps_leave_the_count_flat()
    {
        using var scope = NewDisposeScope();
        using var model = new ConvNet();
        using var optimizer = optim.Adam(model.parameters(), lr: 0.0003);
        using var criterion = nn.CrossEntropyLoss();
        BatchLoader loader = new(test.Images[..1010], test.Labels[..1010], 2);
        var counts = new List<long>();

        // 500 steps an epoch.
        var options = new TrainOptions { NumEpochs = 3, TrainRate = 0.99 };
        Trainer.TrainModel(model, loader, criterion, optimizer, options, new Counter(counts));

        Assert.Equal(3, counts.Count);
        Assert.Single(counts.Distinct());
    }

    [Fact]
    public void A_hundred_figures_of_each_kind_leave_the_count_flat()
    {
        using var scope = NewDisposeScope();
        using var model = new ConvNet();
        Tensor logits = Evaluator.Logits(model, test.Images[..64]);
        var confusion = new ConfusionMatrix(test.Labels[..64], logits.argmax(1), FashionMnist.Classes);
        double[] values = [0.5, 0.25];
        var trainProcess = new DataFrame(
            [
                new Int32DataFrameColumn("epoch", [0, 1]),
                .. new[] { "train_loss_all", "val_loss_all", "train_acc_all", "val_acc_all" }
                    .Select(name => new DoubleDataFrameColumn(name, values)),
            ]);
        Tensor images = test.Images[..8];
        Tensor labels = test.Labels[..8];
        Tensor row = logits[0];
        Tensor image = images[..1];
        Tensor kernel = rand(1, 1, 3, 3);

        void Draw()
        {
            Figures.ImageGrid(images, labels, FashionMnist.Classes, columns: 4);
            Figures.ImageGrid(images, FashionMnist.Classes.Take(8).ToArray(), columns: 4, gridLines: true);
            Figures.Convolution(image, kernel, row: 10, column: 10);
            Figures.Architecture(model);
            Figures.TrainingCurves(trainProcess);
            Figures.ConfusionHeatmap(confusion);
            Figures.ClassProbabilities(row, 0, FashionMnist.Classes);
            Figures.AccuracyStrip([new AccuracySample("ConvNet", values, 0.9)]);
        }

        Draw();
        long before = Count();
        for (int i = 0; i < 100; i++)
            Draw();

        Assert.Equal(before, Count());
    }

    private static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }

    private sealed class Counter(List<long> counts) : IProgress<EpochMetrics>
    {
        public void Report(EpochMetrics value) => counts.Add(Count());
    }
}

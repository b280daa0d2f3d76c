using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>Nothing that is done again and again leaves tensors behind.</summary>
[Trait("Category", "Slow")]
public sealed class LiveTensorTests : IDisposable
{
    private readonly FashionMnist test = FashionMnist.Load(Repository.Data, train: false);

    public static TheoryData<string> Examples => FigureExamples.Names;

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

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_hundred_figures_leave_the_count_flat(string example)
    {
        using var examples = new FigureExamples();
        examples.Draw(example);
        long before = Count();
        for (int i = 0; i < 100; i++)
            examples.Draw(example);

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

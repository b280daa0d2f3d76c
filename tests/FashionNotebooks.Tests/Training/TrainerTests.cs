using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class TrainerTests : IDisposable
{
    private readonly FashionMnist test = FashionMnist.Load(Repository.Data, train: false);

    public void Dispose() => test.Dispose();

    [Fact]
    public void Learns_and_reports_every_epoch()
    {
        var reports = new List<EpochMetrics>();
        TrainResult result = Train(seed: 1, new TrainOptions { NumEpochs = 3 }, new Recorder(reports.Add));

        Assert.Equal([0, 1, 2], reports.Select(metrics => metrics.Epoch));
        Assert.True(reports[2].TrainLoss < reports[0].TrainLoss);
        Assert.Equal(
            ["epoch", "train_loss_all", "val_loss_all", "train_acc_all", "val_acc_all"],
            result.TrainProcess.Columns.Select(column => column.Name));
        Assert.Equal(3, result.TrainProcess.Rows.Count);
        Assert.Equal(reports[1].ValLoss, result.TrainProcess["val_loss_all"][1]);
        Assert.Equal(reports.MaxBy(metrics => metrics.ValAcc), result.Best);
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        TrainResult first = Train(seed: 7, new TrainOptions { NumEpochs = 1 });
        TrainResult second = Train(seed: 7, new TrainOptions { NumEpochs = 1 });
        TrainResult other = Train(seed: 8, new TrainOptions { NumEpochs = 1 });

        Assert.Equal(first.Best with { Elapsed = default }, second.Best with { Elapsed = default });
        Assert.NotEqual(first.Best.TrainLoss, other.Best.TrainLoss);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void The_weights_of_the_best_validation_epoch_are_restored()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var model = new ConvNet();
        using var optimizer = optim.SGD(model.parameters(), 0.05);
        using var criterion = nn.CrossEntropyLoss();
        BatchLoader loader = new(test.Images[..2000], test.Labels[..2000], 100);
        // Turns the steps round, so that the network forgets what it has learned.
        var spoiler = new Recorder(metrics =>
        {
            if (metrics.Epoch == 2)
                optimizer.ParamGroups.ToList().ForEach(group => group.LearningRate = -0.1);
        });
        TrainResult result = Trainer.TrainModel(
            model, loader, criterion, optimizer, new TrainOptions { NumEpochs = 5 }, spoiler);

        Assert.InRange(result.Best.Epoch, 0, 2);
        Tensor predictions = Evaluator.Predict(model, test.Images[1600..2000]);
        Assert.Equal(result.Best.ValAcc, Evaluator.Accuracy(test.Labels[1600..2000], predictions), 9);
    }

    [Fact]
    public void A_short_last_batch_counts_by_its_size()
    {
        using var scope = NewDisposeScope();
        using var model = new ConvNet();
        using var optimizer = optim.SGD(model.parameters(), 0);
        using var criterion = nn.CrossEntropyLoss();
        BatchLoader loader = new(test.Images[..250], test.Labels[..250], 100);
        TrainResult result = Trainer.TrainModel(
            model, loader, criterion, optimizer, new TrainOptions { NumEpochs = 1, TrainRate = 0.34 });

        using var noGrad = no_grad();
        float expected = criterion.forward(model.forward(test.Images[100..250]), test.Labels[100..250]).item<float>();
        Assert.Equal(expected, result.Best.ValLoss, 1e-5);
    }

    [Fact]
    public void A_trained_model_can_be_saved_and_loaded()
    {
        using var scope = NewDisposeScope();
        using var model = new DilatedConvNet();
        using var optimizer = optim.Adam(model.parameters(), lr: 0.0003);
        using var criterion = nn.CrossEntropyLoss();
        BatchLoader loader = new(test.Images[..200], test.Labels[..200], 100);
        Trainer.TrainModel(model, loader, criterion, optimizer, new TrainOptions { NumEpochs = 1, TrainRate = 0.5 });
        using var file = new MemoryStream();

        model.save(file);
        using var loaded = new DilatedConvNet();
        loaded.load(new MemoryStream(file.ToArray()));

        Assert.All(model.parameters(), parameter => Assert.True(parameter.is_contiguous()));
        Assert.True(Evaluator.Logits(model, test.Images[..50]).Equals(Evaluator.Logits(loaded, test.Images[..50])));
    }

    [Theory]
    [InlineData(true, 2)] // averages of the gradients and of their squares
    [InlineData(false, 1)] // momentum
    public void Model_and_optimizer_can_be_saved_after_each_epoch(bool adam, int numbersForAWeight)
    {
        using var scope = NewDisposeScope();
        using var model = new ConvNet();
        using OptimizerHelper optimizer = adam
            ? optim.Adam(model.parameters(), lr: 0.0003)
            : optim.SGD(model.parameters(), 0.01, momentum: 0.9);
        using var criterion = nn.CrossEntropyLoss();
        BatchLoader loader = new(test.Images[..200], test.Labels[..200], 50);
        var sizes = new List<(int Model, int Optimizer)>();
        var saver = new Recorder(_ =>
        {
            using var weights = new MemoryStream();
            using var state = new MemoryStream();
            model.save(weights);
            optimizer.save_state_dict(new BinaryWriter(state));
            sizes.Add((weights.ToArray().Length, state.ToArray().Length));
        });

        Trainer.TrainModel(model, loader, criterion, optimizer, new TrainOptions { NumEpochs = 2 }, saver);

        Assert.Equal(2, sizes.Count);
        Assert.All(sizes, size => Assert.InRange(size.Model, 4 * 334_154, 4.1 * 334_154));
        double bytes = 4 * 334_154 * numbersForAWeight;
        Assert.All(sizes, size => Assert.InRange(size.Optimizer, bytes, 1.03 * bytes));
        Assert.All(model.parameters(), parameter => Assert.True(parameter.grad!.is_contiguous()));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void The_count_of_live_tensors_stays_flat()
    {
        using var scope = NewDisposeScope();
        using var model = new ConvNet();
        using var optimizer = optim.Adam(model.parameters(), lr: 0.0003);
        using var criterion = nn.CrossEntropyLoss();
        BatchLoader loader = new(test.Images[..640], test.Labels[..640], 64);
        var counts = new List<long>();
        for (int numEpochs = 1; numEpochs <= 3; numEpochs++)
        {
            Trainer.TrainModel(model, loader, criterion, optimizer, new TrainOptions { NumEpochs = numEpochs });
            GC.Collect();
            GC.WaitForPendingFinalizers();
            counts.Add(Tensor.TotalCount);
        }

        Assert.Equal(Enumerable.Repeat(counts[0], 3), counts);
    }

    [Theory]
    [InlineData(0.8, 0)]
    [InlineData(0.0, 1)]
    [InlineData(1.0, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0.001, 1)]
    public void Options_that_leave_nothing_to_do_are_refused(double trainRate, int numEpochs) =>
        Assert.Throws<ArgumentException>(
            () => Train(seed: 1, new TrainOptions { TrainRate = trainRate, NumEpochs = numEpochs }));

    [Fact]
    public void An_epoch_prints_as_in_the_tutorial()
    {
        var metrics = new EpochMetrics(0, 25, 0.77451, 0.71459, 0.55059, 0.78881, TimeSpan.FromSeconds(72.9));

        Assert.Equal(
            "Epoch 0/24\n----------\n0 Train Loss: 0.7745 Train Acc: 0.7146\n0 Val Loss: 0.5506 Val Acc: 0.7888\n"
            + "Train and Val complete in 1m 12s",
            metrics.ToString());
    }

    private TrainResult Train(int seed, TrainOptions options, IProgress<EpochMetrics>? progress = null)
    {
        using var scope = NewDisposeScope();
        manual_seed(seed);
        using var model = new ConvNet();
        using var optimizer = optim.Adam(model.parameters(), lr: 0.0003);
        using var criterion = nn.CrossEntropyLoss();
        BatchLoader loader = new(test.Images[..640], test.Labels[..640], 64);
        return Trainer.TrainModel(model, loader, criterion, optimizer, options, progress);
    }
}

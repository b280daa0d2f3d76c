using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>What a training may do besides the tutorial's loop.</summary>
public class TrainOptionsTests : ScratchTests
{
    private const int Train = 60;
    private const int Count = 80;
    private const int BatchSize = 20;
    private const int StepsOfAnEpoch = Train / BatchSize;

    // Each image is its number.
    private readonly Tensor images = arange(Count, dtype: float32).reshape(Count, 1, 1, 1).expand(Count, 1, 28, 28);
    private readonly Tensor labels = arange(Count, dtype: int64).remainder(10);

    [Fact]
    public void Without_a_seed_the_order_is_that_of_the_dataset() =>
        Assert.All(Seen(new TrainOptions()), epoch => Assert.Equal(Numbers(0, Count), epoch));

    [Fact]
    public void A_seed_shuffles_the_training_images_anew_for_each_epoch()
    {
        float[][] epochs = Seen(new TrainOptions { ShuffleSeed = 1 });

        Assert.All(epochs, epoch => Assert.Equal(Numbers(0, Train), epoch[..Train].Order()));
        Assert.All(epochs, epoch => Assert.Equal(Numbers(Train, Count), epoch[Train..]));
        Assert.Distinct(epochs.Select(epoch => string.Join(' ', epoch)).Append(string.Join(' ', Numbers(0, Count))));
        Assert.Equal(epochs, Seen(new TrainOptions { ShuffleSeed = 1 }));
        Assert.NotEqual(epochs, Seen(new TrainOptions { ShuffleSeed = 2 }));
    }

    [Fact]
    public void Labels_go_with_their_images()
    {
        var loader = new BatchLoader(images, labels, BatchSize).Shuffle(StepsOfAnEpoch, new Random(1));

        Assert.All(loader, batch => Assert.Equal(
            batch.Images[.., 0, 0, 0].data<float>().Select(number => (long)number % 10), batch.Labels.data<long>()));
    }

    [Fact]
    public void Shuffling_leaves_Torchs_own_generator_alone()
    {
        manual_seed(5);
        float expected = rand(1).item<float>();
        manual_seed(5);
        new BatchLoader(images, labels, BatchSize).Shuffle(StepsOfAnEpoch, new Random(1));

        Assert.Equal(expected, rand(1).item<float>());
    }

    [Fact]
    public void A_transform_changes_what_is_trained_on_and_nothing_else()
    {
        float[][] epochs = Seen(new TrainOptions { Transform = batch => batch + 1000 });

        Assert.All(epochs, epoch => Assert.Equal([.. Numbers(1000, 1000 + Train), .. Numbers(Train, Count)], epoch));
        Assert.Equal(Numbers(0, Count), images[.., 0, 0, 0].data<float>());
    }

    [Fact]
    public void A_scheduler_makes_a_step_after_each_training_batch()
    {
        nn.Module<Tensor, Tensor> model = CreateModel();
        var optimizer = optim.SGD(model.parameters(), 1);
        var rates = new List<double>();
        Run(model, optimizer, new TrainOptions
        {
            Scheduler = optim.lr_scheduler.StepLR(optimizer, step_size: StepsOfAnEpoch, gamma: 0.5),
            Transform = batch =>
            {
                rates.Add(optimizer.ParamGroups.Single().LearningRate);
                return batch;
            },
        });

        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25], rates);
    }

    // The random generator takes a seed and its negative for the same.
    [Fact]
    public void A_seed_and_its_negative_shuffle_differently_in_every_epoch() => Assert.Distinct(
        new[] { 1, -1, 2, -2 }.SelectMany(seed => Seen(new TrainOptions { ShuffleSeed = seed }))
            .Select(epoch => string.Join(' ', epoch)));

    private static nn.Module<Tensor, Tensor> CreateModel()
    {
        manual_seed(3);
        return nn.Sequential(nn.AvgPool2d(7), nn.Flatten(), nn.Linear(16, 10));
    }

    private static float[] Numbers(int first, int end) =>
        [.. Enumerable.Range(first, end - first).Select(number => (float)number)];

    /// <summary>The images that a model was given, epoch by epoch.</summary>
    private float[][] Seen(TrainOptions options)
    {
        nn.Module<Tensor, Tensor> model = CreateModel();
        var seen = new List<float>();
        model.register_forward_pre_hook((_, input) =>
        {
            seen.AddRange(input[.., 0, 0, 0].data<float>());
            return input;
        });
        Run(model, optim.SGD(model.parameters(), 1e-9), options);
        return [.. seen.Chunk(Count)];
    }

    private void Run(nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, TrainOptions options) =>
        Trainer.TrainModel(
            model, new BatchLoader(images, labels, BatchSize), nn.CrossEntropyLoss(), optimizer,
            options with { NumEpochs = 3, TrainRate = (double)Train / Count });
}

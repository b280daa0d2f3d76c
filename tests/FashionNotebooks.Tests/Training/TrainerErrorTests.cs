using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>What cannot be trained is refused before anything is changed.</summary>
public class TrainerErrorTests : ScratchTests
{
    [Fact]
    public void Images_of_a_shape_that_the_model_does_not_take_are_named() => AssertRefused(
        "Batch 0, images [64, 3, 28, 28] Float32 with labels [64] Int64, in the dataset from 0 to 0, was refused: ",
        images: rand(200, 3, 28, 28));

    [Fact]
    public void Images_of_a_type_that_the_model_does_not_take_are_named() =>
        AssertRefused("images [64, 1, 28, 28] Int64", images: zeros(200, 1, 28, 28, int64));

    [Theory]
    [InlineData(10, "from 0 to 10, was refused: Target 10 is out of bounds")]
    [InlineData(-1, "from -1 to 0, was refused: Target -1 is out of bounds")]
    public void Labels_that_are_no_class_are_refused(long label, string message) =>
        AssertRefused(message, labels: cat([zeros(50, int64), full(150, label, int64)]));

    [Fact]
    public void An_optimizer_of_another_model_is_refused() => AssertRefused(
        "The optimizer has none of the model's parameters", optimizer: optim.Adam(CreateModel().parameters()));

    [Fact]
    public void An_optimizer_from_before_the_model_moved_is_refused()
    {
        Sequential model = CreateModel();
        var optimizer = optim.Adam(model.parameters());
        model.to(float64).to(float32);

        AssertRefused("Create the optimizer after model.to(...)", model: model, optimizer: optimizer);
    }

    [Fact]
    public void A_loss_that_is_not_one_number_is_refused() => AssertRefused(
        "The loss of a batch is [64] Float32: expected one number",
        criterion: nn.CrossEntropyLoss(reduction: nn.Reduction.None));

    [Fact]
    public void A_loss_that_does_not_take_labels_is_refused() =>
        AssertRefused("weight tensor should be defined", criterion: nn.CrossEntropyLoss(weight: ones(3)));

    [Fact]
    public void A_model_that_returns_no_logits_is_refused() =>
        AssertRefused("returns logits, [64, classes]", model: nn.Sequential(nn.Conv2d(1, 4, kernel_size: 3)));

    [Fact]
    public void A_model_whose_logits_only_this_loss_takes_is_refused() => AssertRefused(
        "The model returns [64, 10, 1, 1] Float32: expected logits, [64, classes]",
        model: nn.Sequential(nn.Flatten(), nn.Linear(784, 10), nn.Unflatten(1, [10, 1, 1])), criterion: new Mean());

    [Fact]
    public void What_the_progress_throws_is_not_taken_for_a_refused_batch()
    {
        var own = new ArgumentException("mine");
        void Train(Sequential model) => Trainer.TrainModel(
            model, new BatchLoader(rand(20, 1, 28, 28), zeros(20, int64), 10), nn.CrossEntropyLoss(),
            optim.Adam(model.parameters()), new TrainOptions { TrainRate = 0.5 }, new Recorder(_ => throw own));
        Assert.Same(own, Assert.Throws<ArgumentException>(() => Train(CreateModel())));
    }

    [Fact]
    public void Labels_are_indices_in_one_dimension()
    {
        static string Refused(Tensor images, Tensor labels) =>
            Assert.Throws<ArgumentException>(() => new BatchLoader(images, labels, 64)).Message;

        Tensor images = rand(200, 1, 28, 28);
        Assert.Contains("[200] Float32: expected [N] Int64", Refused(images, zeros(200)));
        Assert.Contains("[200, 10] Int64: expected [N] Int64", Refused(images, zeros(200, 10, int64)));
        Assert.Contains("0 images do not go with 200 labels", Refused(tensor(1f), zeros(200, int64)));
    }

    [Fact]
    public void A_disposed_dataset_is_named()
    {
        FashionMnist dataset = FashionMnist.Load(Repository.Data, train: false);
        BatchLoader loader = dataset.Batches();
        Sequential model = CreateModel();
        dataset.Dispose();

        Assert.Throws<ObjectDisposedException>(() => dataset.Batches());
        var e = Assert.Throws<ObjectDisposedException>(
            () => Trainer.TrainModel(model, loader, nn.CrossEntropyLoss(), optim.Adam(model.parameters())));
        Assert.Contains("The dataset with these images and labels has been disposed", e.Message);
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.NaN, 5)]
    public void A_loss_that_is_no_number_stops_the_training_with_the_weights_of_the_step_before(double pixel, int batch)
    {
        var its = TrainingCase.Create("the tutorial's network");
        its.Images[batch * 20, 0, 5, 5] = tensor((float)pixel);

        var e = Assert.Throws<LossNotFiniteException>(() => its.Train(numEpochs: 1));

        Assert.Equal((0, batch), (e.Epoch, e.Step));
        Assert.Contains($"in epoch 0, step {batch}: expected a finite number", e.Message);
        Assert.True(its.State.isfinite().all().item<bool>());
    }

    /// <summary>A network with a layer that its owner has frozen.</summary>
    internal static Sequential CreateModel()
    {
        BatchNorm2d frozen = nn.BatchNorm2d(4);
        frozen.eval();
        return nn.Sequential(nn.Conv2d(1, 4, kernel_size: 3), frozen, nn.Flatten(), nn.Linear(4 * 26 * 26, 10));
    }

    internal static void AssertRefused(
        string message,
        Tensor? images = null,
        Tensor? labels = null,
        Sequential? model = null,
        optim.Optimizer? optimizer = null,
        Loss<Tensor, Tensor, Tensor>? criterion = null,
        TrainOptions? options = null,
        int batchSize = 64)
    {
        model ??= CreateModel();
        Tensor[] weights = [.. model.parameters().Select(parameter => parameter.detach().clone())];
        bool[] modes = [.. model.modules().Select(module => module.training)];
        var loader = new BatchLoader(images ?? rand(200, 1, 28, 28), labels ?? zeros(200, int64), batchSize);

        criterion ??= nn.CrossEntropyLoss();
        optimizer ??= optim.Adam(model.parameters());
        ArgumentException e = Assert.Throws<ArgumentException>(
            () => Trainer.TrainModel(model, loader, criterion, optimizer, options));

        Assert.Contains(message, e.Message);
        Assert.DoesNotContain("frame #", e.ToString()); // of a C++ stack
        Assert.All(weights.Zip(model.parameters()), pair => Assert.True(pair.First.Equals(pair.Second)));
        Assert.Equal(modes, model.modules().Select(module => module.training));
    }

    /// <summary>A loss for logits of any shape.</summary>
    private sealed class Mean() : Loss<Tensor, Tensor, Tensor>(nn.Reduction.Mean)
    {
        public override Tensor forward(Tensor input, Tensor target) => input.mean();
    }
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>The culprit is named before the first step, and not the model in its place.</summary>
public class TrainChecksTests : ScratchTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Transforms = new()
    {
        ["mirrored copies"] = images => cat([images, images.flip(3)]),
        ["float64"] = images => images.to(float64),
        ["one image"] = images => images[0],
        ["nothing"] = images => null!,
        ["a disposed batch"] = Dispose,
    };

    public static TheoryData<string> Made => [.. Transforms.Keys];

    [Theory]
    [MemberData(nameof(Made))]
    public void A_transform_that_returns_other_than_the_images_is_named(string made) => TrainerErrorTests.AssertRefused(
        "was refused: The transform makes ", options: new TrainOptions { Transform = Transforms[made] });

    [Fact]
    public void An_optimizer_that_needs_a_closure_is_named()
    {
        Sequential model = TrainerErrorTests.CreateModel();
        TrainerErrorTests.AssertRefused(
            "LBFGS needs a closure", model: model, optimizer: optim.LBFGS(model.parameters()));
    }

    [Fact]
    public void A_scheduler_that_has_to_be_told_a_loss_is_named()
    {
        Sequential model = TrainerErrorTests.CreateModel();
        var optimizer = optim.Adam(model.parameters());
        TrainerErrorTests.AssertRefused("ReduceLROnPlateau has to be told a loss", model: model, optimizer: optimizer,
            options: new TrainOptions { Scheduler = optim.lr_scheduler.ReduceLROnPlateau(optimizer) });
    }

    // All frozen, or those that the optimizer has.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Frozen_parameters_are_not_trained(bool all)
    {
        Sequential model = TrainerErrorTests.CreateModel();
        nn.Module frozen = all ? model : model.children().First();
        frozen.parameters().ToList().ForEach(parameter => parameter.requires_grad = false);
        TrainerErrorTests.AssertRefused("None of the optimizer's parameters gets a gradient", model: model,
            optimizer: optim.SGD(frozen.parameters(), 0.1));
    }

    [Fact]
    public void A_training_without_gradients_is_refused()
    {
        using var noGrad = no_grad();
        TrainerErrorTests.AssertRefused("a training outside of no_grad()");
    }

    [Fact]
    public void One_value_per_channel_cannot_be_normalised()
    {
        Sequential model = nn.Sequential(nn.Flatten(), nn.Linear(784, 8), nn.BatchNorm1d(8), nn.Linear(8, 10));
        TrainerErrorTests.AssertRefused("BatchNorm1d needs more than 1 value per channel", model: model, batchSize: 1);
        Assert.True(model.state_dict().Values.All(value => value.isfinite().all().item<bool>()));
    }

    [Fact]
    public void A_loss_that_is_no_number_since_maps_of_one_pixel_were_normalised_names_that_too()
    {
        using Sequential model = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Conv2d(1, 8, 1), nn.BatchNorm2d(8), nn.Flatten(), nn.Linear(8, 10));
        var loader = new BatchLoader(rand(4, 1, 8, 8), zeros(4, int64), batchSize: 1);
        var half = new TrainOptions { TrainRate = 0.5 };
        var e = Assert.Throws<LossNotFiniteException>(
            () => Trainer.TrainModel(model, loader, nn.CrossEntropyLoss(), optim.Adam(model.parameters()), half));
        Assert.Contains("If batches are of one image, take larger ones for batch normalisation", e.Message);
    }

    [Fact]
    public void Maps_of_a_single_image_are_normalised()
    {
        var its = TrainingCase.Create("batch normalisation");
        Assert.True(double.IsFinite(its.Train(numEpochs: 1, batchSize: 1).Best.ValLoss));
    }

    private static Tensor Dispose(Tensor images)
    {
        images.Dispose();
        return images;
    }
}

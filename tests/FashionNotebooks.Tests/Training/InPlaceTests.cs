using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>What works in place changes its own copy, and not the dataset.</summary>
public class InPlaceTests : ScratchTests
{
    private readonly Tensor images = rand(40, 1, 8, 8) - 0.5;
    private readonly Tensor labels = randint(10, 40, dtype: int64);

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public void A_transform_leaves_the_dataset_as_it_is(int? seed) => AssertKept(() => Train(
        nn.Sequential(nn.Flatten(), nn.Linear(64, 10)),
        new TrainOptions { NumEpochs = 2, ShuffleSeed = seed, Transform = batch => batch.sub_(0.5).div_(0.5) }));

    [Fact]
    public void A_models_first_layer_leaves_the_dataset_as_it_is() => AssertKept(() =>
    {
        var model = nn.Sequential(nn.ReLU(inplace: true), nn.Flatten(), nn.Linear(64, 10));
        Train(model, new TrainOptions { NumEpochs = 2 });
        Evaluator.Predict(model, images, batchSize: 7);
        Evaluator.Predict(model, images);
    });

    [Fact]
    public void A_loop_of_ones_own_leaves_the_dataset_as_it_is() => AssertKept(() =>
    {
        foreach ((Tensor batch, Tensor classes) in new BatchLoader(images, labels, 7))
        {
            batch.zero_();
            classes.fill_(9);
        }
    });

    private void Train(nn.Module<Tensor, Tensor> model, TrainOptions options) => Trainer.TrainModel(
        model, new BatchLoader(images, labels, 8), nn.CrossEntropyLoss(), optim.Adam(model.parameters()), options);

    private void AssertKept(Action action)
    {
        (Tensor before, Tensor classes) = (images.clone(), labels.clone());
        action();
        Assert.True(images.Equals(before));
        Assert.True(labels.Equals(classes));
    }
}

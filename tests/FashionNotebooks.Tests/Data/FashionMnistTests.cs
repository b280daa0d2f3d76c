using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class FashionMnistTests : ScratchTests
{
    [Theory]
    [InlineData(true, 60_000)]
    [InlineData(false, 10_000)]
    public void Loads_all_images_scaled_to_0_1_with_ten_equally_frequent_classes(bool train, int count)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        using FashionMnist dataset = FashionMnist.Load(Repository.Data, train);

        // The pixels are unpacked straight into their tensor.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Equal([count, 1, 28, 28], dataset.Images.shape);
        Assert.Equal(ScalarType.Float32, dataset.Images.dtype);
        Assert.Equal(0f, dataset.Images.min().item<float>());
        Assert.Equal(1f, dataset.Images.max().item<float>());
        Assert.Equal([count], dataset.Labels.shape);
        Assert.Equal(ScalarType.Int64, dataset.Labels.dtype);
        Assert.Equal(Enumerable.Repeat((long)count / 10, 10), dataset.Labels.bincount(null, 10).data<long>());
    }

    [Fact]
    public void Shows_the_labels_that_the_tutorial_prints()
    {
        using FashionMnist test = FashionMnist.Load(Repository.Data, train: false);

        Assert.Equal([9, 2, 1], test.Labels.data<long>().Take(3));
        Assert.Equal([8, 1, 5], test.Labels.data<long>().TakeLast(3));
        Assert.Equal("T-shirt", FashionMnist.Classes[0]);
    }

    [Fact]
    public void Batches_come_in_fixed_order_and_the_last_is_short()
    {
        using FashionMnist train = FashionMnist.Load(Repository.Data, train: true);
        BatchLoader loader = train.Batches(64);

        Assert.Equal(938, loader.Count);
        Assert.Equal(64, loader[0].Labels.shape[0]);
        Assert.Equal(32, loader[937].Labels.shape[0]);
        Assert.Equal(train.Labels.data<long>(), loader.SelectMany(batch => batch.Labels.data<long>()));
        Assert.True(train.Images[64].equal(loader[1].Images[0]).all().item<bool>());
        Assert.Throws<ArgumentOutOfRangeException>(() => train.Batches(0));
    }
}

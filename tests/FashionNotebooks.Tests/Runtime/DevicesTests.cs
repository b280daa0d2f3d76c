using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class DevicesTests
{
    [Fact]
    public void Cpu_is_always_there() => Assert.Equal(DeviceType.CPU, Devices.Find("cpu").type);

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("cpu:1")]
    [InlineData("cuda:x")]
    public void An_unknown_name_is_refused(string name) =>
        Assert.Contains(
            "expected \"cpu\", \"cuda\" or \"cuda:1\"",
            Assert.Throws<ArgumentException>(() => Devices.Find(name)).Message);

    [Fact]
    public void A_device_that_is_not_there_is_refused_with_advice()
    {
        var exception = Assert.Throws<ArgumentException>(() => Devices.Find("cuda:99"));

        Assert.Contains("There is no device \"cuda:99\"", exception.Message);
        Assert.Contains("Use \"cpu\"", exception.Message);
    }

    [Fact]
    public void Training_on_the_gpu_gives_the_results_of_the_cpu()
    {
        Assert.SkipUnless(cuda.is_available(), "This machine has no CUDA device, or the build no CUDA package.");
        double[] losses = [.. new[] { "cpu", "cuda" }.Select(Train)];

        Assert.Equal(losses[0], losses[1], 1e-3);
    }

    private static double Train(string device)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Tensor images = rand(64, 1, 28, 28);
        using var model = new ConvNet();
        model.to(Devices.Find(device));
        using var optimizer = optim.Adam(model.parameters());
        using var criterion = nn.CrossEntropyLoss();
        BatchLoader loader = new(images, zeros(64, int64), 16);
        return Trainer.TrainModel(
            model, loader, criterion, optimizer, new TrainOptions { NumEpochs = 2 }).Best.ValLoss;
    }
}

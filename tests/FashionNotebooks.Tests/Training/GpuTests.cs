using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class GpuTests
{
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
        model.to(device);
        using var optimizer = optim.Adam(model.parameters());
        using var criterion = nn.CrossEntropyLoss();
        BatchLoader loader = new(images, zeros(64, int64), 16);
        return Trainer.TrainModel(
            model, loader, criterion, optimizer, new TrainOptions { NumEpochs = 2 }).Best.ValLoss;
    }
}

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class FastPathTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public FastPathTests() => manual_seed(1);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void A_model_that_takes_images_only_in_the_usual_order_is_trained()
    {
        var model = new Viewing();
        var loader = new BatchLoader(rand(64, 1, 28, 28), arange(64, int64).remainder(10), 16);
        using var optimizer = optim.Adam(model.parameters(), lr: 0.01);

        TrainResult result = Trainer.TrainModel(model, loader, nn.CrossEntropyLoss(), optimizer, new TrainOptions { NumEpochs = 1 });

        Assert.InRange(result.Best.TrainLoss, 1, 4);
        Assert.True(model.Convolution.weight.is_contiguous());
    }

    [Fact]
    public void Layers_are_taken_over_until_it_is_disposed()
    {
        Conv2d convolution = nn.Conv2d(1, 4, kernel_size: 3);
        AvgPool2d pooling = nn.AvgPool2d(2);
        var model = nn.Sequential(convolution, pooling, nn.Flatten());
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        bool AreFree() =>
            ConvolutionGradient.TakeOver(convolution, _ => { }) is { } ofConvolution && Free(ofConvolution)
            && AveragePoolGradient.TakeOver(pooling, _ => { }) is { } ofPooling && Free(ofPooling);

        var fastPath = new FastPath(model, optimizer, Loader(), CPU, ownKernels: true);
        bool areFree = AreFree();
        fastPath.Dispose();

        Assert.False(areFree);
        Assert.True(AreFree());
    }

    [Fact]
    public void A_relu_works_in_place_where_nobody_else_needs_its_input()
    {
        ReLU own = nn.ReLU(), afterSigmoid = nn.ReLU(), twice = nn.ReLU(), observed = nn.ReLU();
        Linear withHook = nn.Linear(4, 4);
        withHook.register_forward_hook((_, _, output) => output);
        var model = nn.Sequential(
            nn.Linear(4, 4), own, nn.Sigmoid(), afterSigmoid, nn.Linear(4, 4), twice, nn.Sigmoid(), twice, withHook, observed);
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        bool[] AreInPlace() => [own.inplace, afterSigmoid.inplace, twice.inplace, observed.inplace];

        var fastPath = new FastPath(model, optimizer, new BatchLoader(rand(4, 4), zeros(4, int64), 4), CPU, ownKernels: false);
        bool[] during = AreInPlace();
        fastPath.Dispose();

        Assert.Equal([true, false, false, false], during);
        Assert.Equal([false, false, false, false], AreInPlace());
    }

    [Fact]
    public void Where_it_cannot_be_created_the_model_stays_as_it_was()
    {
        Conv2d convolution = nn.Conv2d(2, 4, kernel_size: 3);
        using var optimizer = optim.Adam(convolution.parameters());
        Tensor images = rand(4, 2, 12, 12);
        var loader = new BatchLoader(images, zeros(4, int64), 4);
        images.Dispose();

        Assert.Throws<ObjectDisposedException>(() => new FastPath(convolution, optimizer, loader, CPU, ownKernels: true));

        Assert.True(convolution.weight.is_contiguous());
    }

    private static bool Free(Action giveBack)
    {
        giveBack();
        return true;
    }

    private static BatchLoader Loader() => new(rand(4, 1, 12, 12), zeros(4, int64), 4);

    private sealed class Viewing : nn.Module<Tensor, Tensor>
    {
        private readonly Linear linear = nn.Linear(4 * 26 * 26, 10);

        public Viewing()
            : base(nameof(Viewing)) => RegisterComponents();

        public Conv2d Convolution { get; } = nn.Conv2d(1, 4, kernel_size: 3);

        public override Tensor forward(Tensor x) => linear.forward(Convolution.forward(x).view(x.shape[0], -1));
    }
}

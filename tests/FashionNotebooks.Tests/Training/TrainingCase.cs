using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>A model with its optimizer and its data, made anew from a seed: something that somebody trains.</summary>
internal sealed record TrainingCase(
    nn.Module<Tensor, Tensor> Model, optim.Optimizer Optimizer, Tensor Images, Tensor Labels)
{
    private static readonly Dictionary<string, Func<TrainingCase>> Cases = new()
    {
        ["the tutorial's network"] = () => Of(new ConvNet()),
        ["the dilated network"] = () => Of(new DilatedConvNet()),
        ["a skip connection around a ReLU"] = () => Of(new CustomModel(
            (x, m) => { Tensor y = m[0][0].call(x); return m[1].call((m[0][1].call(y) + y).flatten(1)); },
            nn.Sequential(Conv(), nn.ReLU()), Head())),
        ["a skip connection between blocks"] = () => Of(new CustomModel(
            (x, m) => { Tensor y = m[0].call(x); return m[2].call((m[1].call(y) + y).flatten(1)); },
            Conv(), nn.Sequential(nn.ReLU(), nn.Conv2d(4, 4, kernel_size: 3, padding: 1L), nn.ReLU()), Head())),
        ["dropout on maps and features"] = () => Of(nn.Sequential(
            Conv(), nn.Dropout(0.3), nn.ReLU(), nn.Dropout2d(0.1), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(64, 10))),
        ["batch normalisation"] = () => Of(nn.Sequential(Conv(), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), Head())),
        ["a frozen batch normalisation"] = () => Of(new CustomModel(
            (x, m) => { m[1].eval(); return m[2].call(m[1].call(m[0].call(x)).flatten(1)); },
            Conv(), nn.BatchNorm2d(4), Head())),
        ["frozen layers"] = () => Of(FreezeFirst(nn.Sequential(Conv(), nn.ReLU(), nn.Flatten(), Head()))),
        ["an optimizer of the last layer alone"] = () => LastLayerAlone(),
        ["a module used twice"] = () => Of(new CustomModel(
            (x, m) => m[1].call(m[0].call(m[0].call(x)).flatten(1)),
            nn.Conv2d(1, 1, kernel_size: 3, padding: 1L), nn.Linear(64, 10))),
        ["two parameters over one storage"] = () => Of(new TiedModel()),
        ["a detached weight used in forward"] = () => Of(new DetachedModel()),
        ["noise drawn in forward"] = () => Of(new CustomModel(
            (x, m) => m[1].call(m[0].call(x + (0.1 * randn_like(x))).flatten(1)), Conv(), Head())),
        ["view"] = () => Of(new CustomModel((x, m) => m[1].call(m[0].call(x).view(x.shape[0], -1)), Conv(), Head())),
        ["view while training only"] = () => Of(new CustomModel(
            (x, m) => m[1].call(m[1].training ? m[0].call(x).view(x.shape[0], -1) : m[0].call(x).flatten(1)),
            Conv(), Head())),
        ["maps that are looked at"] = () => Of(new CustomModel(LookAtMaps, Conv(), Head())),
        ["float64"] = () => Of(
            nn.Sequential(Conv(), nn.ReLU(), nn.Flatten(), Head()).to(float64), rand(120, 1, 8, 8, float64)),
        ["an embedding with sparse gradients"] = () => Of(
            nn.Sequential(nn.Embedding(20, 6, sparse: true), nn.Flatten(), nn.Linear(30, 10)),
            randint(20, [120, 5], dtype: ScalarType.Int64), model => optim.SGD(model.parameters(), 0.1)),
        ["rows read by a recurrent network"] = () => Of(new CustomModel(
            (x, m) => m[1].call(((GRU)m[0]).call(x.squeeze(1)).Item1.flatten(1)),
            nn.GRU(8, 8, batchFirst: true), nn.Linear(64, 10))),
        ["strides, groups, transposed and max pooling"] = () => Of(nn.Sequential(
            Conv(), nn.Conv2d(4, 4, kernel_size: 3, stride: 2, padding: 1L, groups: 2), nn.ReLU(inplace: true),
            nn.ConvTranspose2d(4, 4, kernel_size: 2, stride: 2), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(64, 10))),
        ["SGD with momentum"] = () => Of(Small(), null, model => optim.SGD(model.parameters(), 0.05, momentum: 0.9)),
        ["AdamW with two groups"] = () => Of(Small(), null, TwoGroups),
        ["Adam with weight decay"] =
            () => Of(Small(), null, model => optim.Adam(model.parameters(), weight_decay: 0.01)),
        ["Adam with amsgrad"] = () => Of(Small(), null, model => optim.Adam(model.parameters(), amsgrad: true)),
        ["RMSProp"] = () => Of(Small(), null, model => optim.RMSProp(model.parameters(), 0.001)),
        ["a layer that not every batch uses"] = () => Of(new CustomModel(
            (x, m) => m[2].call((rand(1).ToSingle() < 0.5 ? m[0].call(x) : m[1].call(x)).flatten(1)),
            Conv(), Conv(), Head())),
        ["hooks on the model itself"] = () => Of(WithOwnHooks(Small())),
        ["forward hooks"] = () => Of(WithHooks(nn.Conv2d(1, 4, kernel_size: 3, padding: 1L, dilation: 2))),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    /// <summary>All weights and buffers as they are now, in one row of float64.</summary>
    public Tensor State => cat([.. Model.state_dict().Values.Select(each => each.detach().flatten().to(float64))]);

    /// <summary>The same case each time: same weights, same images, same random numbers to follow.</summary>
    public static TrainingCase Create(string name)
    {
        manual_seed(1);
        TrainingCase created = Cases[name]();
        manual_seed(2);
        return created;
    }

    /// <summary>Trains, unless told otherwise, on five batches of 20 images, and validates on a sixth.</summary>
    public TrainResult Train(
        int numEpochs, IProgress<EpochMetrics>? progress = null, CancellationToken cancellationToken = default,
        double trainRate = 0.8, int batchSize = 20) =>
        Trainer.TrainModel(
            Model, new BatchLoader(Images, Labels, batchSize), nn.CrossEntropyLoss(), Optimizer,
            new TrainOptions { NumEpochs = numEpochs, TrainRate = trainRate }, progress, cancellationToken);

    private static TrainingCase Of(
        nn.Module<Tensor, Tensor> model, Tensor? images = null, Func<nn.Module, optim.Optimizer>? optimizer = null)
    {
        bool isSmall = model is not (ConvNet or DilatedConvNet);
        images ??= isSmall ? rand(120, 1, 8, 8) : rand(120, 1, 28, 28);
        return new(model, optimizer?.Invoke(model) ?? optim.Adam(model.parameters(), lr: 0.003), images,
            randint(10, images.shape[0], dtype: ScalarType.Int64));
    }

    private static Conv2d Conv() => nn.Conv2d(1, 4, kernel_size: 3, padding: 1L);

    private static Linear Head() => nn.Linear(4 * 8 * 8, 10);

    private static Sequential Small() =>
        nn.Sequential(Conv(), nn.ReLU(), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(64, 10));

    private static Sequential FreezeFirst(Sequential model)
    {
        foreach (Parameter parameter in model.children().First().parameters())
            parameter.requires_grad = false;

        return model;
    }

    private static TrainingCase LastLayerAlone() =>
        Of(Small(), optimizer: model => optim.Adam(model.children().Last().parameters(), lr: 0.01));

    private static optim.Optimizer TwoGroups(nn.Module model) => optim.AdamW(
    [
        new AdamW.ParamGroup(model.children().First().parameters(), lr: 0.01, weight_decay: 0.1),
        new AdamW.ParamGroup(model.children().Last().parameters(), lr: 0.001, weight_decay: 0),
    ]);

    private static Sequential WithHooks(Conv2d conv)
    {
        var relu = nn.ReLU();
        conv.register_forward_pre_hook((_, input) => input * 2);
        conv.register_forward_hook((_, input, output) => output * (1 + input.mean()));
        relu.register_forward_hook((_, input, output) => output + (0.1 * input));
        return nn.Sequential(conv, relu, nn.AvgPool2d(2), nn.Flatten(), nn.Linear(36, 10));
    }

    private static Sequential WithOwnHooks(Sequential model)
    {
        model.register_forward_pre_hook((_, images) => (images - 0.5) * 2);
        model.register_forward_hook((_, _, logits) => logits * 3);
        return model;
    }

    private static Tensor LookAtMaps(Tensor x, CustomModel model)
    {
        Tensor maps = model[0].call(x);
        double scale = maps.is_contiguous() ? 1 + (maps.detach().bytes[0] / 1000.0) : 0;
        return model[1].call((maps * scale).flatten(1));
    }
}

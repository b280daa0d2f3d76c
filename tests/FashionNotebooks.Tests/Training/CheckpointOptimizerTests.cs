using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>A checkpoint holds all of an optimizer, and goes on with no other.</summary>
[Trait("Category", "Slow")]
public sealed class CheckpointOptimizerTests : IDisposable
{
    private static readonly Dictionary<string, Func<nn.Module, optim.Optimizer>> Optimizers = new()
    {
        ["SGD"] = model => optim.SGD(model.parameters(), 0.01),
        ["SGD with momentum"] = model => optim.SGD(model.parameters(), 0.01, momentum: 0.9),
        ["Adam"] = model => optim.Adam(model.parameters()),
        ["Adam with amsgrad"] = model => optim.Adam(model.parameters(), amsgrad: true),
        ["AdamW"] = model => optim.AdamW(model.parameters()),
        ["NAdam"] = model => optim.NAdam(model.parameters()),
        ["RAdam"] = model => optim.RAdam(model.parameters()),
        ["Adamax"] = model => optim.Adamax(model.parameters()),
        ["Adadelta"] = model => optim.Adadelta(model.parameters()),
        ["Adagrad"] = model => optim.Adagrad(model.parameters()),
        ["ASGD"] = model => optim.ASGD(model.parameters()),
        ["Rprop"] = model => optim.Rprop(model.parameters()),
        ["RMSProp"] = model => optim.RMSProp(model.parameters(), 0.001, momentum: 0.5, centered: true),
    };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-optimizer-");
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor images;
    private readonly Tensor labels;

    public CheckpointOptimizerTests()
    {
        manual_seed(3);
        images = rand(120, 1, 8, 8);
        labels = randint(10, 120, dtype: ScalarType.Int64);
    }

    public static MatrixTheoryData<string, bool> Cases => new(Optimizers.Keys, [false, true]);

    public void Dispose()
    {
        scope.Dispose();
        folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_optimizer_goes_on_where_it_was(string optimizer, bool channelsLast)
    {
        double[] TrainWith(string name, int epochs) => Train(Create(channelsLast), Optimizers[optimizer], epochs, name);

        double[] whole = TrainWith("whole", 4);
        TrainWith("in parts", 1);
        TrainWith("in parts", 2);
        Assert.Equal(whole, TrainWith("in parts", 4));
    }

    [Fact]
    public void A_learning_rate_that_changed_on_the_way_goes_on_as_it_was()
    {
        double[] TrainWith(string name, int epochs) =>
            Train(Create(), Optimizers["Adam"], epochs, name, halvesRate: true);

        double[] whole = TrainWith("whole", 4);
        TrainWith("in parts", 2);
        Assert.Equal(whole, TrainWith("in parts", 4));
    }

    [Theory]
    [InlineData("a layer that not every batch uses")]
    [InlineData("an embedding with sparse gradients")]
    [InlineData("AdamW with two groups")]
    public void Gradients_that_are_not_always_there_go_on_as_they_were(string name)
    {
        double[] TrainCase(string checkpoint, int epochs)
        {
            var training = TrainingCase.Create(name);
            return Train(training.Model, _ => training.Optimizer, epochs, checkpoint, training.Loader);
        }

        double[] whole = TrainCase("whole", 4);
        TrainCase("in parts", 1);
        TrainCase("in parts", 3);
        Assert.Equal(whole, TrainCase("in parts", 4));
    }

    [Fact]
    public void Parameters_that_a_checkpoint_would_lose_are_refused()
    {
        var temperature = new Parameter(ones(1));

        ArgumentException e = Assert.Throws<ArgumentException>(() => Train(
            Create(), model => optim.Adam(model.parameters().Append(temperature)), 1, "lost"));

        Assert.Contains("of parameters of the model alone", e.Message);
    }

    [Fact]
    public void Other_options_or_parameters_are_refused_before_anything_changes()
    {
        Train(Create(), model => optim.Adam(model.parameters()), 1, "adam");
        Train(Create(), model => optim.SGD(model.parameters(), 0.01), 1, "sgd");
        Train(Create(), model => Groups(model, first: 2), 1, "groups");

        AssertRefused("adam", "\"weight_decay\":0.1", model => optim.Adam(model.parameters(), weight_decay: 0.1));
        AssertRefused("adam", "\"beta1\":0.8", model => optim.Adam(model.parameters(), beta1: 0.8));
        AssertRefused("adam", "\"amsgrad\":true", model => optim.Adam(model.parameters(), amsgrad: true));
        AssertRefused("adam", "optimizer AdamW", model => optim.AdamW(model.parameters()));
        AssertRefused("adam", "4.bias, 4.weight, 0.bias, 0.weight", model => optim.Adam(model.parameters().Reverse()));
        AssertRefused("adam", "parameters 4.weight, 4.bias,", model => optim.Adam(model.parameters().Skip(2)));
        AssertRefused("sgd", "\"momentum\":0.9", model => optim.SGD(model.parameters(), 0.01, momentum: 0.9));
        AssertRefused("groups", "0.weight; 0.bias, 4.weight, 4.bias", model => Groups(model, first: 1));
    }

    private static Sequential Create(bool channelsLast = false)
    {
        manual_seed(1);
        var model = nn.Sequential(
            nn.Conv2d(1, 4, kernel_size: 3), nn.ReLU(), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(4 * 3 * 3, 10));
        return channelsLast ? model.ToChannelsLast() : model;
    }

    private static optim.Optimizer Groups(nn.Module model, int first) => optim.Adam(
    [
        new Adam.ParamGroup(model.parameters().Take(first), lr: 0.01),
        new Adam.ParamGroup(model.parameters().Skip(first), lr: 0.001),
    ]);

    /// <returns>All losses and accuracies, and the weights of the best epoch.</returns>
    private double[] Train(
        nn.Module<Tensor, Tensor> model,
        Func<nn.Module, optim.Optimizer> create,
        int numEpochs,
        string checkpoint,
        BatchLoader? loader = null,
        bool halvesRate = false)
    {
        using optim.Optimizer optimizer = create(model);
        var progress = new Recorder(_ =>
        {
            foreach (optim.ILearningRateController group in optimizer.ParamGroups)
                group.LearningRate *= halvesRate ? 0.5 : 1;
        });
        string path = Path.Combine(folder.FullName, checkpoint);
        TrainResult result = Trainer.TrainModel(
            model, loader ?? new BatchLoader(images, labels, 20), nn.CrossEntropyLoss(), optimizer,
            new TrainOptions { NumEpochs = numEpochs, CheckpointPath = path }, progress);
        return
        [
            .. result.TrainProcess.Rows.SelectMany(row => row.Select(Convert.ToDouble)),
            .. model.parameters().SelectMany(parameter => parameter.data<float>()).Select(Convert.ToDouble),
        ];
    }

    private void AssertRefused(string checkpoint, string expected, Func<nn.Module, optim.Optimizer> create)
    {
        Sequential model = Create();
        float[] before = [.. model.parameters().SelectMany(parameter => parameter.data<float>())];

        DataFileException e = Assert.Throws<DataFileException>(() => Train(model, create, 2, checkpoint));

        Assert.Contains(expected, e.Message);
        Assert.Equal(before, model.parameters().SelectMany(parameter => parameter.data<float>()));
        Assert.True(model.training);
    }
}

using System.Security.Cryptography;
using FashionNotebooks;
using static TorchSharp.torch;

// What tests do in a process of its own, so that it can be killed or run short of something.
switch (args)
{
    case ["train", var checkpoint, var epochs]:
        Train(checkpoint == "-" ? null : checkpoint, int.Parse(epochs));
        break;
    case ["threads", var count]:
        Console.WriteLine($"threads {TorchRuntime.Configure(int.Parse(count))}");
        ones(1).Dispose();
        break;
    case ["download", var mirror, var path]:
        FashionMnistDownload.Fetch(path, FashionMnistFile.TestLabels, [mirror]);
        break;
    default:
        throw new ArgumentException($"Unknown: {string.Join(' ', args)}");
}

// With dropout, so that the state of the random generator counts.
static void Train(string? checkpoint, int epochs)
{
    set_num_threads(1);
    manual_seed(5);
    var images = rand(256, 1, 28, 28);
    var labels = randint(10, 256, dtype: ScalarType.Int64);
    var model = nn.Sequential(
        nn.Conv2d(1, 4, kernel_size: 3), nn.ReLU(), nn.AvgPool2d(2),
        nn.Conv2d(4, 8, kernel_size: 3), nn.ReLU(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Dropout(0.3), nn.Linear(8 * 5 * 5, 10));
    var optimizer = optim.Adam(model.parameters(), lr: 0.003);
    var options = new TrainOptions { NumEpochs = epochs, TrainRate = 0.75, CheckpointPath = checkpoint };

    Console.WriteLine("ready");
    TrainResult result = Trainer.TrainModel(
        model, new BatchLoader(images, labels, 64), nn.CrossEntropyLoss(), optimizer, options, new ConsoleProgress());

    foreach ((string name, Tensor values) in model.state_dict())
        Console.WriteLine($"{name} {Convert.ToHexStringLower(SHA256.HashData(values.bytes.ToArray()))}");

    foreach (var row in result.TrainProcess.Rows)
        Console.WriteLine(string.Join(' ', row.Select(value => $"{value:R}")));

    Console.WriteLine($"random {rand(1).item<float>():R}");
    Console.WriteLine($"best {result.Best with { Elapsed = default }}");
}

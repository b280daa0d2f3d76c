using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>The course in one file, which learners run, read and take along.</summary>
[Trait("Category", "Slow")]
public class OneFileProgramTests : ScratchTests
{
    [Fact]
    public void It_learns_what_the_library_does_and_works_in_any_folder()
    {
        string text = Run("1", "6000", Repository.Data);

        EpochMetrics expected = TrainWithTheLibrary(images: 6000);
        Match epoch = Regex.Match(text, @"Epoch 0: training loss (\S+), validation accuracy (\S+)");
        Assert.True(epoch.Success, text);
        Assert.Equal(expected.TrainLoss, Number(epoch.Groups[1]), 0.001);
        Assert.Equal(expected.ValAcc, Number(epoch.Groups[2]), 0.002);
        Assert.Matches(@"Test accuracy 0\.\d{4}\s+First test image: Ankle boot, .+ Label: Ankle boot", text);
        Assert.True(File.Exists(PathOf("artifacts/fashion-mnist.dat")));

        // What is built for a single file is put below the user's folder, and not again below the clone's.
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.False(Directory.Exists(Repository.Root + home));
    }

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    private static EpochMetrics TrainWithTheLibrary(int images)
    {
        using FashionMnist train = FashionMnist.Load(Repository.Data, train: true);
        var batches = new BatchLoader(train.Images[..images], train.Labels[..images], batchSize: 64);
        manual_seed(42);
        using var model = new ConvNet();
        using var optimizer = optim.Adam(model.parameters(), lr: 0.0003);
        var options = new TrainOptions { NumEpochs = 1 };
        return Trainer.TrainModel(model, batches, nn.CrossEntropyLoss(), optimizer, options).Best;
    }

    private string Run(params string[] arguments)
    {
        string program = Path.Combine(Repository.Root, "FashionMnist.cs");
        var start = new ProcessStartInfo("dotnet", ["run", "--no-cache", program, "--", .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text;
    }
}

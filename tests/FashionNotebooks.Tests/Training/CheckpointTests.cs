using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class CheckpointTests : IDisposable
{
    private static readonly string Worker = Path.Combine(AppContext.BaseDirectory, "Worker.dll");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-checkpoint-");
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor images = rand(200, 1, 28, 28);
    private readonly Tensor labels = randint(10, 200, dtype: ScalarType.Int64);

    private string FilePath => Path.Combine(folder.FullName, "training.checkpoint");

    public void Dispose()
    {
        scope.Dispose();
        folder.Delete(recursive: true);
    }

    // Two trainings at a time, since most of the time goes into starting them: each is killed 25 times.
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Trainings_killed_50_times_end_bit_identical_to_one_never_interrupted()
    {
        const string Epochs = "300";
        string expected = Result(ToolProcess.Run("dotnet", Worker, "train", "-", Epochs).Text);

        string[] actual = await Task.WhenAll(new[] { 1, 2 }.Select(
            seed => Task.Run(() => TrainKilled(new Random(seed), $"{FilePath}-{seed}", kills: 25, Epochs))));

        Assert.All(actual, text => Assert.Equal(expected, Result(text)));
        Assert.All(actual, text => Assert.DoesNotContain("Epoch 0/", text));
    }

    [Fact]
    public void A_checkpoint_of_a_cancelled_training_goes_on_to_the_same_end()
    {
        (float[] expected, _) = Train(epochs: 4, path: Path.Combine(folder.FullName, "whole"));
        using var cancellation = new CancellationTokenSource();
        var canceller = new Recorder(metrics =>
        {
            if (metrics.Epoch == 1)
                cancellation.Cancel();
        });
        Assert.Throws<OperationCanceledException>(
            () => Train(epochs: 4, recorder: canceller, cancellationToken: cancellation.Token));

        (float[] actual, TrainResult result) = Train(epochs: 4);

        Assert.Equal(expected, actual);
        Assert.Equal(4, result.TrainProcess.Rows.Count);
    }

    [Fact]
    public void A_finished_training_is_not_repeated()
    {
        (float[] first, _) = Train(epochs: 3);
        var reports = new Recorder();

        (float[] again, TrainResult result) = Train(epochs: 3, recorder: reports);

        Assert.Empty(reports.Epochs);
        Assert.Equal(first, again);
        Assert.Equal(3, result.TrainProcess.Rows.Count);
    }

    [Fact]
    public void More_epochs_go_on_from_the_last_one()
    {
        Train(epochs: 2);
        var reports = new Recorder();

        Train(epochs: 4, recorder: reports);

        Assert.Equal([2, 3], reports.Epochs.Select(metrics => metrics.Epoch));
    }

    [Fact]
    public void A_checkpoint_of_another_model_is_refused_and_nothing_changes()
    {
        Train(epochs: 1);
        byte[] before = File.ReadAllBytes(FilePath);
        using var other = new DilatedConvNet();
        float[] weights = [.. other.parameters().First().data<float>()];

        DataFileException e = Assert.Throws<DataFileException>(() => Train(epochs: 2, model: other));

        Assert.Contains("with parameters conv1.0.weight, conv1.0.bias, ", e.Message);
        Assert.Equal(weights, other.parameters().First().data<float>());
        Assert.Equal(before, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void A_checkpoint_of_a_network_with_the_same_names_and_other_shapes_is_refused()
    {
        Train(epochs: 1, model: new ConvNet());

        DataFileException e = Assert.Throws<DataFileException>(() => Train(epochs: 2, model: new DilatedConvNet()));

        Assert.Contains("[256, 512] Float32 for classifier.0.weight, found [256, 1152] Float32", e.Message);
        Assert.Contains("It does not hold the weights of this DilatedConvNet.", e.Message);
    }

    [Fact]
    public void A_checkpoint_of_other_batches_is_refused()
    {
        Train(epochs: 1);

        DataFileException e = Assert.Throws<DataFileException>(() => Train(epochs: 2, batchSize: 20));

        Assert.Contains(
            "expected a checkpoint of this training, with batches 8 of 10 of 20 images, "
            + "found batches 3 of 4 of 50 images.", e.Message);
    }

    [Fact]
    public void A_checkpoint_of_another_version_is_refused()
    {
        Train(epochs: 1);
        (Dictionary<string, Tensor> tensors, Dictionary<string, string> metadata) = SafetensorsFile.Read(FilePath);
        metadata["version"] = "3";
        SafetensorsFile.Write(FilePath, tensors, metadata);

        Assert.Contains("version 2, found version 3", Assert.Throws<DataFileException>(() => Train(epochs: 2)).Message);
    }

    [Fact]
    public void Weights_are_no_checkpoint()
    {
        using var model = new ConvNet();
        Weights.Save(model, FilePath);

        DataFileException e = Assert.Throws<DataFileException>(() => Train(epochs: 2));
        Assert.Contains("version 2, found version none", e.Message);
    }

    [Fact]
    public void Any_damaged_byte_is_noticed()
    {
        Train(epochs: 1);
        byte[] whole = File.ReadAllBytes(FilePath);
        var random = new Random(2);
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = [.. whole];

            // As often in the header, of some thousand bytes, as in the values behind it.
            int position = random.Next(i % 2 == 0 ? Math.Min(whole.Length, 4000) : whole.Length);
            damaged[position] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(FilePath, damaged);

            Assert.Throws<DataFileException>(() => Train(epochs: 2));
        }
    }

    [Fact]
    public void A_checkpoint_of_other_images_or_another_learning_rate_is_refused()
    {
        Train(epochs: 1);

        DataFileException e = Assert.Throws<DataFileException>(() => Train(epochs: 2, learningRate: 0.002));
        Assert.Contains("\"LearningRate\":0.002", e.Message);
        images[0, 0, 0, 0] = tensor(0.5f);
        Assert.Throws<DataFileException>(() => Train(epochs: 2));
    }

    [Fact]
    public void A_checkpoint_with_more_epochs_than_asked_is_refused()
    {
        Train(epochs: 3);

        Assert.Contains("at most 2 epochs, found 3", Assert.Throws<DataFileException>(() => Train(epochs: 2)).Message);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_says_so_before_training()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "file"), "");
        string behindAFile = Path.Combine(folder.FullName, "file", "training.checkpoint");
        var reports = new Recorder();

        IOException e = Assert.Throws<IOException>(() => Train(epochs: 1, recorder: reports, path: behindAFile));

        Assert.Contains("nothing can be written there", e.Message);
        Assert.Throws<IOException>(() => Train(epochs: 1, recorder: reports, path: folder.FullName));
        Assert.Empty(reports.Epochs);
    }

    [Fact]
    public void What_a_killed_process_left_half_written_is_removed()
    {
        string leftover = FilePath + ".0123456789abcdef0123456789abcdef.part";
        File.WriteAllText(leftover, "half");

        Train(epochs: 1);

        Assert.Equal([FilePath], Directory.GetFiles(folder.FullName));
    }

    private (float[] Weights, TrainResult Result) Train(
        int epochs,
        nn.Module<Tensor, Tensor>? model = null,
        int batchSize = 50,
        Recorder? recorder = null,
        string? path = null,
        double learningRate = 0.001,
        CancellationToken cancellationToken = default)
    {
        manual_seed(1);
        model ??= nn.Sequential(
            nn.Conv2d(1, 2, kernel_size: 3), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(2 * 13 * 13, 10));
        using var optimizer = optim.Adam(model.parameters(), lr: learningRate);
        using var criterion = nn.CrossEntropyLoss();
        TrainResult result = Trainer.TrainModel(
            model, new BatchLoader(images, labels, batchSize), criterion, optimizer,
            new TrainOptions { NumEpochs = epochs, CheckpointPath = path ?? FilePath }, recorder, cancellationToken);
        return ([.. model.parameters().SelectMany(parameter => parameter.data<float>())], result);
    }

    // What the worker prints after its epochs.
    /// <summary>Starts a training again and again, kills it so many times, and lets the last one end.</summary>
    /// <returns>What the last one printed.</returns>
    private static string TrainKilled(Random random, string path, int kills, string epochs)
    {
        for (int kill = 0; kill < kills; kill++)
        {
            string[] arguments = [Worker, "train", path, epochs];
            var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
            using Process process = Process.Start(start)!;
            int last = random.Next(5);
            for (int seen = -1; seen < last;)
            {
                string line = process.StandardOutput.ReadLine()
                    ?? throw new InvalidOperationException("The training ended before it was killed.");
                seen += line == "ready" || line.StartsWith("Epoch") ? 1 : 0;
            }

            Thread.Sleep(random.Next(20));
            process.Kill();
            process.WaitForExit();
        }

        return ToolProcess.Run("dotnet", Worker, "train", path, epochs).Text;
    }

    private static string Result(string text)
    {
        int start = text.IndexOf("0.weight ", StringComparison.Ordinal);
        Assert.True(start >= 0, text);
        return text[start..];
    }
}

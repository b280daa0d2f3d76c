using System.Text;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class WeightsTests : IDisposable
{
    public static TheoryData<string> NetworkNames => [.. Networks.Names];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-weights-");

    private string FilePath => Path.Combine(folder.FullName, "weights.safetensors");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Saved_weights_come_back_bit_for_bit_and_leave_nothing_else_in_the_folder()
    {
        using var model = new ConvNet();
        using var other = new ConvNet();

        Weights.Save(model, FilePath);
        Weights.Load(other, FilePath);

        AssertEqual(model, other);
        Assert.Equal([FilePath], Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public void Saving_replaces_an_older_and_longer_file()
    {
        using var large = new ConvNet();
        using var small = new DilatedConvNet();
        Weights.Save(large, FilePath);

        Weights.Save(small, FilePath);

        using var loaded = new DilatedConvNet();
        Weights.Load(loaded, FilePath);
        AssertEqual(small, loaded);
    }

    [Theory]
    [MemberData(nameof(NetworkNames))]
    public void What_PyTorch_saved_is_saved_again_with_the_same_bytes(string network)
    {
        new PyTorchFixtures(network).ExtractWeights(FilePath);
        using nn.Module<Tensor, Tensor> model = Networks.Create(network);
        Weights.Load(model, FilePath);
        string copy = FilePath + ".copy";

        Weights.Save(model, copy);

        Assert.Equal(File.ReadAllBytes(FilePath), File.ReadAllBytes(copy));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void PyTorch_computes_the_same_with_weights_saved_here()
    {
        string? python = PythonWithTorch.Find();
        Assert.SkipWhen(python is null, "There is no Python with torch.");
        using var model = new DilatedConvNet();
        using FashionMnist test = FashionMnist.Load(Repository.Data, train: false);
        using Tensor logits = Evaluator.Logits(model, test.Images[..8]);
        Weights.Save(model, FilePath);

        (int exitCode, string text) = ToolProcess.Run(
            python!, Path.Combine(Repository.Root, "tests", "PyTorch", "check_weights.py"), FilePath,
            nameof(DilatedConvNet));

        Assert.True(exitCode == 0, text);
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        float[] printed = [.. words.TakeLast(80).Select(float.Parse)];
        Assert.All(logits.data<float>().Zip(printed), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    // With one input channel or kernels of one pixel, the order of the memory shows in the strides alone.
    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    public void Weights_in_channels_last_order_are_saved_in_the_usual_one(int channels, int kernel)
    {
        using Sequential usual = nn.Sequential(nn.Conv2d(channels, 4, kernel), nn.Linear(2, 2));
        Weights.Save(usual, FilePath);
        byte[] expected = File.ReadAllBytes(FilePath);
        using Sequential model = nn.Sequential(nn.Conv2d(channels, 4, kernel), nn.Linear(2, 2)).ToChannelsLast();
        long[] strides = model.parameters().First().stride();

        Weights.Load(model, FilePath);
        Weights.Save(model, FilePath);

        AssertEqual(usual, model);
        Assert.Equal(strides, model.parameters().First().stride());
        Assert.Equal(expected, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void Weights_that_the_format_does_not_know_are_named()
    {
        using var scope = NewDisposeScope();
        using Sequential model = nn.Sequential(("filter", nn.Linear(2, 2, dtype: ScalarType.ComplexFloat32)));

        ArgumentException e = Assert.Throws<ArgumentException>(() => Weights.Save(model, FilePath));

        Assert.Contains("filter.weight is ComplexFloat32", e.Message);
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void Weights_of_another_network_are_refused_and_the_model_stays_as_it_is()
    {
        using var model = new ConvNet();
        using var before = new ConvNet();
        before.load_state_dict(model.state_dict());
        using var other = new DilatedConvNet();
        Weights.Save(other, FilePath);

        DataFileException e = Assert.Throws<DataFileException>(() => Weights.Load(model, FilePath));

        Assert.Contains("expected [256, 1152] Float32 for classifier.0.weight, found [256, 512] Float32", e.Message);
        Assert.Contains("It does not hold the weights of this ConvNet.", e.Message);
        AssertEqual(before, model);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("this is a text and no tensor at all")]
    [InlineData("\u0010\0\0\0\0\0\0\0{\"a\":1,\"b\":null}")]
    [InlineData("\u0002\0\0\0\0\0\0\0{}")]
    public void What_is_no_file_of_weights_is_refused(string content)
    {
        using var model = new ConvNet();
        File.WriteAllBytes(FilePath, Encoding.Latin1.GetBytes(content));

        DataFileException e = Assert.Throws<DataFileException>(() => Weights.Load(model, FilePath));

        Assert.Equal(FilePath, e.FilePath);
    }

    [Fact]
    public void A_truncated_file_is_refused_wherever_it_ends()
    {
        using var model = new DilatedConvNet();
        Weights.Save(model, FilePath);
        byte[] whole = File.ReadAllBytes(FilePath);
        int[] lengths = [0, 7, 8, 9, 500, 1000, 2000, whole.Length / 2, whole.Length - 1];

        Assert.All(lengths, length =>
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            Assert.Throws<DataFileException>(() => Weights.Load(model, FilePath));
        });
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var model = new ConvNet();

        var e = Assert.Throws<FileNotFoundException>(() => Weights.Load(model, FilePath));
        Assert.Contains("weights.safetensors", e.Message);
    }

    private static void AssertEqual(nn.Module expected, nn.Module actual) =>
        Assert.All(expected.named_parameters().Zip(actual.named_parameters()), pair =>
        {
            Assert.Equal(pair.First.name, pair.Second.name);
            Assert.True(pair.First.parameter.Equals(pair.Second.parameter));
        });
}

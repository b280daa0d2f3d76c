using TorchSharp.Modules;
using TorchSharp.PyBridge;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class WeightsTests : ScratchTests
{
    public static TheoryData<string> NetworkNames => [.. Networks.Names];

    public static MatrixTheoryData<string, bool> NetworksInBothOrders => new(Networks.Names, [false, true]);

    private string FilePath => PathOf("weights.safetensors");

    [Fact]
    public void Saved_weights_replace_a_longer_file_and_come_back_bit_for_bit()
    {
        using var model = new DilatedConvNet();
        using var loaded = new DilatedConvNet();
        Weights.Save(new ConvNet(), FilePath);

        Weights.Save(model, FilePath);
        Weights.Load(loaded, FilePath);

        AssertEqual(model, loaded);
        Assert.Equal([FilePath], Directory.GetFiles(Folder));
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

    [Theory]
    [MemberData(nameof(NetworksInBothOrders))]
    public void PyBridge_reads_what_is_saved_here_and_the_other_way_round(string network, bool channelsLast)
    {
        using nn.Module<Tensor, Tensor> model = Networks.Create(network);
        using nn.Module<Tensor, Tensor> first = Networks.Create(network);
        using nn.Module<Tensor, Tensor> second = Networks.Create(network);
        if (channelsLast)
            model.ToChannelsLast();

        Weights.Save(model, FilePath);
        first.load_safetensors(FilePath);
        AssertEqual(model, first);

        second.save_safetensors(FilePath);
        Weights.Load(model, FilePath);
        AssertEqual(second, model);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void PyTorch_computes_the_same_with_weights_saved_here()
    {
        string? python = PythonWithTorch.Find();
        Assert.SkipWhen(python is null, "There is no Python with torch.");
        using var model = new DilatedConvNet();
        using FashionMnist test = FashionMnist.Load(Repository.Data, train: false);
        Tensor logits = Evaluator.Logits(model, test.Images[..8]);
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
    public void Weights_of_another_network_are_refused_and_the_model_stays_as_it_is()
    {
        using var model = new ConvNet();
        using var before = new ConvNet();
        before.load_state_dict(model.state_dict());
        Weights.Save(new DilatedConvNet(), FilePath);

        DataFileException e = Assert.Throws<DataFileException>(() => Weights.Load(model, FilePath));

        Assert.Contains("expected [256, 1152] Float32 for classifier.0.weight, found [256, 512] Float32", e.Message);
        Assert.Contains("It does not hold the weights of this ConvNet.", e.Message);
        AssertEqual(before, model);
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
            Assert.Equal(FilePath, Assert.Throws<DataFileException>(() => Weights.Load(model, FilePath)).FilePath);
        });
    }

    [Fact]
    public void A_missing_file_is_named() => Assert.Contains(
        FilePath, Assert.Throws<FileNotFoundException>(() => Weights.Load(new ConvNet(), FilePath)).Message);

    private static void AssertEqual(nn.Module expected, nn.Module actual)
    {
        Dictionary<string, Tensor> weights = actual.state_dict();
        Assert.Equal(expected.state_dict().Keys, weights.Keys);
        Assert.All(expected.state_dict(), entry => Assert.True(entry.Value.Equals(weights[entry.Key])));
    }
}

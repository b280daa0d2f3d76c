using TorchSharp.PyBridge;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>TorchSharp.PyBridge reads the files that the library writes, and the other way round.</summary>
public sealed class SafetensorsParityTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-safetensors-");

    private string File => Path.Combine(folder.FullName, "weights.safetensors");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("ConvNet", false)]
    [InlineData("ConvNet", true)]
    [InlineData("DilatedConvNet", false)]
    public void PyBridge_reads_what_the_library_saved(string network, bool channelsLast)
    {
        using nn.Module<Tensor, Tensor> model = Create(network, seed: 1, channelsLast);
        using nn.Module<Tensor, Tensor> other = Create(network, seed: 2);

        Weights.Save(model, File);
        other.load_safetensors(File);

        AssertSameWeights(model, other);
    }

    [Theory]
    [InlineData("ConvNet", false)]
    [InlineData("ConvNet", true)]
    [InlineData("DilatedConvNet", false)]
    public void The_library_reads_what_PyBridge_saved(string network, bool channelsLast)
    {
        using nn.Module<Tensor, Tensor> model = Create(network, seed: 1);
        using nn.Module<Tensor, Tensor> other = Create(network, seed: 2, channelsLast);

        model.save_safetensors(File);
        Weights.Load(other, File);

        AssertSameWeights(model, other);
    }

    private static nn.Module<Tensor, Tensor> Create(string network, int seed, bool channelsLast = false)
    {
        manual_seed(seed);
        nn.Module<Tensor, Tensor> model = Networks.Create(network);
        return channelsLast ? model.ToChannelsLast() : model;
    }

    private static void AssertSameWeights(nn.Module expected, nn.Module actual)
    {
        Dictionary<string, Tensor> weights = actual.state_dict();
        Assert.NotEmpty(weights);
        Assert.Equal(expected.state_dict().Keys, weights.Keys);
        Assert.All(expected.state_dict(), entry => Assert.Equal(Bits(entry.Value), Bits(weights[entry.Key])));
    }

    private static int[] Bits(Tensor weight)
    {
        using var noGrad = no_grad();
        using Tensor values = weight.detach().contiguous();
        return [.. values.data<float>().Select(BitConverter.SingleToInt32Bits)];
    }
}

using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>Weights that were saved from another model than the one they are loaded into.</summary>
public class WeightsOfOthersTests : ScratchTests
{
    private string FilePath => PathOf("weights.safetensors");

    [Theory]
    [InlineData("module.")]
    [InlineData("_orig_mod.")]
    [InlineData("net.module.")]
    public void A_prefix_of_all_names_is_passed_over(string prefix)
    {
        using var model = new ConvNet();
        using var loaded = new ConvNet();
        SafetensorsFile.Write(
            FilePath, model.state_dict().ToDictionary(entry => prefix + entry.Key, entry => entry.Value));

        Weights.Load(loaded, FilePath);

        Assert.All(
            model.state_dict(), entry => Assert.True(entry.Value.Equals(loaded.state_dict()[entry.Key])));
    }

    [Theory]
    [InlineData("fc.weight", ScalarType.Float32, "for weight, found no such name, but fc.weight, scale. It does not")]
    [InlineData("weight", ScalarType.Float16, "found [2, 2] Float16. Convert the model here with .to(ScalarType.F")]
    [InlineData("bias", ScalarType.Float32, "It does not hold the weights of this Linear.")]
    public void What_is_different_is_named(string name, ScalarType type, string message)
    {
        var tensors = new Dictionary<string, Tensor> { [name] = ones(2, 2, dtype: type), ["scale"] = ones(1) };
        SafetensorsFile.Write(FilePath, tensors);

        Assert.Contains(
            message, Assert.Throws<DataFileException>(() => Weights.Load(nn.Linear(2, 2), FilePath)).Message);
    }
}

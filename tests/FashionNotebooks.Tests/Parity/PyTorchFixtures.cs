using System.IO.Compression;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>
/// What PyTorch computed with one of the networks: tests/PyTorch/make_fixtures.py says what each value is.
/// </summary>
internal sealed class PyTorchFixtures(string network)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "PyTorch");

    // As in make_fixtures.py.
    private const double GradientUnit = 2e-6;
    private const double WeightUnit = 2e-5;

    /// <summary>The seeds of the trainings whose losses are known.</summary>
    public static readonly int[] Seeds = [42, 1, 2, 3, 4, 20261126];

    private readonly Dictionary<string, Tensor> expected = Read(network + ".expected.safetensors.gz");

    /// <summary>The numbers of the training images that logits, loss and gradients are of.</summary>
    public Tensor Images => expected["images"].to(int64);

    public Tensor Logits => expected["logits"];

    public float Loss => expected["loss"].item<float>();

    /// <summary>
    /// For each step, how far PyTorch's own losses go apart by rounding: the most that was seen with any of the seeds.
    /// </summary>
    public float[] Spread => [.. stack([.. Seeds.Select(seed => expected[$"spread/{seed}"])]).amax(0).data<float>()];

    public Tensor Predictions => expected["predictions"].to(int64);

    public JsonNode Summary { get; } =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json")))![network]!;

    public float[] Losses(int seed) => [.. expected[$"losses/{seed}"].data<float>()];

    public Tensor Gradient(string parameter) => InUnits($"gradient/{parameter}", GradientUnit);

    public Tensor ChangeByAdam(string parameter) => InUnits($"adam/{parameter}", WeightUnit);

    /// <summary>Writes the weights that PyTorch saved to a file, uncompressed.</summary>
    public void ExtractWeights(string path) => Extract(network + ".weights.safetensors.gz", path);

    /// <returns>The network with the weights that PyTorch saved.</returns>
    public nn.Module<Tensor, Tensor> CreateModel(bool channelsLast)
    {
        nn.Module<Tensor, Tensor> model = Networks.Create(network);
        model.load_state_dict(Read(network + ".weights.safetensors.gz"));
        return channelsLast ? model.ToChannelsLast() : model;
    }

    private Tensor InUnits(string name, double unit) => (expected[name].to(float64) * unit).to(float32);

    private static void Extract(string archive, string path)
    {
        using var source = new GZipStream(File.OpenRead(Path.Combine(Folder, archive)), CompressionMode.Decompress);
        using FileStream target = File.Create(path);
        source.CopyTo(target);
    }

    private static Dictionary<string, Tensor> Read(string archive)
    {
        string path = Path.GetTempFileName();
        try
        {
            Extract(archive, path);
            return SafetensorsFile.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}

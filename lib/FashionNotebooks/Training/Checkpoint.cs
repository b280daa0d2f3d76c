using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>
/// What a training needs to go on after its last whole epoch, in one file: the weights, those of the best epoch, the
/// optimizer's state, the metrics and the state of Torch's random generator for the CPU.
/// </summary>
internal sealed class Checkpoint(
    string path, nn.Module model, OptimizerStates optimizer, BestWeights best, Dictionary<string, string> training)
{
    private const string ModelPrefix = "model/";
    private const string BestPrefix = "best/";
    private const string OptimizerPrefix = "optimizer/";

    /// <summary>Prepares for saving to a file; null if none is given.</summary>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    public static Checkpoint? Open(
        TrainOptions trainOptions, nn.Module model, optim.Optimizer optimizer, BestWeights best, BatchLoader loader,
        int trained)
    {
        if (trainOptions.CheckpointPath is not { } path)
            return null;

        var names = model.named_parameters().ToLookup(entry => entry.parameter.Handle, entry => entry.name);
        if (optimizer is not OptimizerHelper helper || !optimizer.parameters().All(each => names.Contains(each.Handle)))
        {
            throw new ArgumentException($"This {optimizer.GetType().Name} cannot be saved: train without CheckpointPath"
                + " or with one of TorchSharp's optimizers, of parameters of the model alone.", nameof(optimizer));
        }

        WholeFile.RemoveLeftovers(path);
        WholeFile.ThrowIfNotWritable(path);
        var states = new OptimizerStates(helper);
        var groups = optimizer.ParamGroups.Cast<ParamGroup>()
            .Select(group => group.Parameters.SelectMany(parameter => names[parameter.Handle]));
        return new Checkpoint(path, model, states, best, new Dictionary<string, string>
        {
            ["version"] = "2",
            ["batches"] = $"{trained} of {loader.Count} of {loader.BatchSize} images",
            ["shuffle seed"] = trainOptions.ShuffleSeed?.ToString(CultureInfo.InvariantCulture) ?? "none",
            ["images and labels"] = $"SHA-256 {loader.Hash()}",
            ["optimizer"] = optimizer.GetType().Name,
            ["parameters"] = string.Join("; ", groups.Select(group => string.Join(", ", group))),
            ["options"] = states.DescribeOptions(),
        });
    }

    /// <summary>Brings everything into the state after the last whole epoch, if the file is there.</summary>
    /// <returns>The metrics of the epochs so far.</returns>
    /// <exception cref="DataFileException">The file is damaged or another training's; nothing changes.</exception>
    /// <param name="numEpochs">How many epochs there are to be.</param>
    /// <param name="goOn">Brings what is not in the file to where it was after so many epochs.</param>
    public List<EpochMetrics> Resume(int numEpochs, Action<int> goOn)
    {
        if (!File.Exists(path))
            return [];

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        (Dictionary<string, Tensor> tensors, Dictionary<string, string> metadata) = SafetensorsFile.Read(path);
        foreach ((string what, string expected) in training)
        {
            string found = metadata.GetValueOrDefault(what, "none");
            if (found != expected)
                throw Refuse($"a checkpoint of this training, with {what} {expected}", $"{what} {found}");
        }

        metadata.Remove("sha256", out string? hash);
        if (hash != Hash(tensors, metadata))
            throw Refuse("an undamaged checkpoint", "content that has changed since it was saved");

        Dictionary<string, Tensor> weights = WithPrefix(tensors, ModelPrefix);
        Weights.ThrowIfDifferent(path, model.state_dict(), weights, model);
        var history = JsonSerializer.Deserialize<List<EpochMetrics>>(metadata["history"])!;
        if (history.Count > numEpochs)
            throw Refuse($"at most {numEpochs} epochs", $"{history.Count}");

        model.load_state_dict(WithPrefix(tensors, BestPrefix));
        best.Keep();
        model.load_state_dict(weights);
        goOn(history.Count);
        optimizer.Restore(WithPrefix(tensors, OptimizerPrefix));
        set_rng_state(tensors["random"]);
        return history;
    }

    /// <summary>Replaces the file. At any moment it is whole: the old one or the new one.</summary>
    public void Save(List<EpochMetrics> history)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor> { ["random"] = get_rng_state() };
        Add(tensors, ModelPrefix, model.state_dict());
        Add(tensors, BestPrefix, best.Copy);
        Add(tensors, OptimizerPrefix, optimizer.Save());
        var metadata = new Dictionary<string, string>(training) { ["history"] = JsonSerializer.Serialize(history) };
        metadata["sha256"] = Hash(tensors, metadata);
        SafetensorsFile.Write(path, tensors, metadata);
    }

    private static void Add(Dictionary<string, Tensor> all, string prefix, IReadOnlyDictionary<string, Tensor> tensors)
    {
        foreach ((string name, Tensor values) in tensors)
            all[prefix + name] = values.detach().cpu().contiguous();
    }

    private DataFileException Refuse(string expected, string found) =>
        new(path, expected, found, "Delete it to train from the start, or choose another CheckpointPath.");

    private static Dictionary<string, Tensor> WithPrefix(Dictionary<string, Tensor> tensors, string prefix) => tensors
        .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value);

    private static string Hash(Dictionary<string, Tensor> tensors, Dictionary<string, string> metadata)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, string text) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{text}\n"));

        foreach ((string name, Tensor values) in tensors.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{values.dtype}\n{string.Join(',', values.shape)}\n"));
            hash.AppendData(values.bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

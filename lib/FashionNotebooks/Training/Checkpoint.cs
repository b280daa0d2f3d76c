using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>
/// All that a training needs to go on after its last whole epoch: the weights, those of the best epoch, the
/// optimizer's state, the metrics and the state of Torch's random generator for the CPU, in one file.
/// </summary>
internal sealed class Checkpoint
{
    private const string Version = "1";
    private const string ModelPrefix = "model/";
    private const string BestPrefix = "best/";
    private const string OptimizerName = "optimizer";
    private const string RandomName = "random";

    private readonly string path;
    private readonly nn.Module model;
    private readonly OptimizerHelper optimizer;
    private readonly BestWeights best;
    private readonly string training;

    private Checkpoint(string path, nn.Module model, OptimizerHelper optimizer, BestWeights best, string training)
    {
        this.path = path;
        this.model = model;
        this.optimizer = optimizer;
        this.best = best;
        this.training = training;
    }

    /// <summary>Prepares for saving to a file, if one is given.</summary>
    /// <param name="path">The file; null for a training without checkpoints.</param>
    /// <param name="model">The model in training.</param>
    /// <param name="optimizer">Its optimizer, one of TorchSharp's.</param>
    /// <param name="best">The best weights so far.</param>
    /// <param name="loader">The batches.</param>
    /// <param name="trainBatchNum">How many of them are trained on.</param>
    /// <exception cref="ArgumentException">The state of this optimizer cannot be saved.</exception>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    public static Checkpoint? Open(
        string? path, nn.Module model, optim.Optimizer optimizer, BestWeights best, BatchLoader loader, int trainBatchNum)
    {
        if (path is null)
            return null;

        if (optimizer is not OptimizerHelper helper)
        {
            throw new ArgumentException($"The state of a {optimizer.GetType().Name} cannot be saved: "
                + "train without CheckpointPath, or with one of TorchSharp's optimizers.", nameof(optimizer));
        }

        WholeFile.RemoveLeftovers(path);
        WholeFile.ThrowIfNotWritable(path);
        string rates = string.Join(", ", optimizer.ParamGroups.Select(group => FormattableString.Invariant($"{group.LearningRate}")));
        string training = $"{trainBatchNum} of {loader.Count} batches of {loader.BatchSize} images with SHA-256 {loader.Hash()}, "
            + $"{optimizer.GetType().Name} of {optimizer.parameters().Count()} parameters with learning rate {rates}";
        return new Checkpoint(path, model, helper, best, training);
    }

    /// <summary>Brings everything into the state after the last whole epoch, if the file is there.</summary>
    /// <param name="numEpochs">How many epochs the training is to have.</param>
    /// <returns>The metrics of the epochs so far.</returns>
    /// <exception cref="DataFileException">The file is damaged, or is not of this training; nothing has been changed.</exception>
    public List<EpochMetrics> Resume(int numEpochs)
    {
        if (!File.Exists(path))
            return [];

        List<EpochMetrics> history;
        byte[] state;
        using (no_grad())
        using (NewDisposeScope())
        {
            (Dictionary<string, Tensor> tensors, Dictionary<string, string> metadata) = SafetensorsFile.Read(path);
            Verify(tensors, metadata);
            Dictionary<string, Tensor> weights = WithPrefix(tensors, ModelPrefix);
            Weights.ThrowIfDifferent(path, model.state_dict(), weights, model);
            if (metadata["training"] != training)
                throw Refuse($"a checkpoint of this training ({training})", $"one of another ({metadata["training"]})");

            history = JsonSerializer.Deserialize<List<EpochMetrics>>(metadata["history"])!;
            if (history.Count > numEpochs)
                throw Refuse($"at most {numEpochs} epochs", $"{history.Count}");

            state = tensors[OptimizerName].bytes.ToArray();
            model.load_state_dict(WithPrefix(tensors, BestPrefix));
            best.Update(history.MaxBy(metrics => metrics.ValAcc)!);
            model.load_state_dict(weights);
            model.eval();
            set_rng_state(tensors[RandomName]);
        }

        // Outside that scope: some optimizers create their tensors now.
        using var reader = new BinaryReader(new MemoryStream(state));
        optimizer.load_state_dict(reader);
        return history;
    }

    /// <summary>Replaces the file. At any moment it is whole: the old one or the new one.</summary>
    /// <param name="history">The metrics of the epochs so far.</param>
    public void Save(List<EpochMetrics> history)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>
        {
            [OptimizerName] = tensor(OptimizerState()),
            [RandomName] = get_rng_state(),
        };
        foreach ((string name, Tensor values) in model.state_dict())
            tensors[ModelPrefix + name] = values.detach().cpu().contiguous();

        foreach ((string name, Tensor values) in best.Copy)
            tensors[BestPrefix + name] = values.cpu().contiguous();

        var metadata = new Dictionary<string, string>
        {
            ["version"] = Version,
            ["training"] = training,
            ["history"] = JsonSerializer.Serialize(history),
        };
        metadata["sha256"] = Hash(tensors, metadata);
        SafetensorsFile.Write(path, tensors, metadata);
    }

    private byte[] OptimizerState()
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
            optimizer.save_state_dict(writer);

        return content.ToArray();
    }

    private void Verify(Dictionary<string, Tensor> tensors, Dictionary<string, string> metadata)
    {
        string version = metadata.GetValueOrDefault("version", "none");
        if (version != Version)
            throw Refuse($"a checkpoint of version {Version}", $"version {version}");

        metadata.Remove("sha256", out string? hash);
        if (hash != Hash(tensors, metadata))
            throw Refuse("an undamaged checkpoint", "content that has changed since it was saved");
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

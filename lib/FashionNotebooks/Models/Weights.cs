namespace FashionNotebooks;

/// <summary>
/// Keeps a model's weights in a file of the format safetensors, which PyTorch and many others read and write and
/// which, unlike Python's pickles, holds nothing but tensors: https://huggingface.co/docs/safetensors.
/// </summary>
public static class Weights
{
    /// <summary>Saves all parameters and buffers under the names that <c>state_dict</c> gives them.</summary>
    /// <param name="model">A model of real numbers on any device, its weights in any order of memory.</param>
    /// <param name="path">The file; one that is there is replaced once the new one is whole.</param>
    /// <exception cref="ArgumentException">A tensor is complex or quantised; nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there is still whole.</exception>
    /// <exception cref="OperationCanceledException">Stop was pressed: nothing is saved.</exception>
    public static void Save(nn.Module model, string path)
    {
        RunningCell.Stopped.ThrowIfCancellationRequested();
        SafetensorsFile.Write(path, model.state_dict());
    }

    /// <summary>Loads weights of the same names (but for a prefix of all), shapes and dtypes.</summary>
    /// <param name="model">Stays on its device and in its order of memory; unchanged, if the file is refused.</param>
    /// <param name="path">
    /// A file by <see cref="Save"/> or by Python's <c>safetensors.torch.save_file(model.state_dict(), path)</c>.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="DataFileException">It is something else, damaged, or of another model.</exception>
    public static void Load(nn.Module model, string path)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Dictionary<string, Tensor> wanted = model.state_dict();
        Dictionary<string, Tensor> saved = SafetensorsFile.Read(path);

        // DataParallel puts "module." before all names, torch.compile "_orig_mod.", a model around this one its field.
        string first = wanted.Keys.FirstOrDefault("");
        string prefix = saved.Keys.FirstOrDefault(name => name.EndsWith($".{first}"), first)[..^first.Length];
        if (!saved.ContainsKey(first) && saved.Keys.All(name => name.StartsWith(prefix)))
            saved = saved.ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value);

        ThrowIfDifferent(path, wanted, saved, model);
        foreach ((string name, Tensor values) in wanted)
            values.copy_(saved[name]);
    }

    private static void ThrowIfDifferent(
        string path, Dictionary<string, Tensor> wanted, Dictionary<string, Tensor> saved, nn.Module model)
    {
        string others = string.Join(", ", saved.Keys.Except(wanted.Keys).Take(3).DefaultIfEmpty("no other"));
        foreach (string name in wanted.Keys.Union(saved.Keys))
        {
            Tensor? here = wanted.GetValueOrDefault(name);
            Tensor? there = saved.GetValueOrDefault(name);
            string found = there?.Describe() ?? $"no such name, but {others}";
            string advice = here is not null && there is not null && here.shape.SequenceEqual(there.shape)
                ? $"Convert the model here with .to(ScalarType.{there.dtype}), or what is saved in Python."
                : $"It does not hold the weights of this {model.GetType().Name}.";
            if (here?.Describe() != there?.Describe())
                throw new DataFileException(path, $"{here?.Describe() ?? "no tensor"} for {name}", found, advice);
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>
/// Reads and writes tensors in the format safetensors: the length of a header in eight bytes, the header in JSON, then
/// the values, one tensor after another, in little-endian order.
/// </summary>
/// <remarks>
/// TorchSharp.PyBridge has this too, but a notebook's host loads a second TorchSharp for it, whose tensors are others.
/// </remarks>
/// <seealso href="https://huggingface.co/docs/safetensors"/>
internal static class SafetensorsFile
{
    private const int LengthBytes = sizeof(long);
    private const string MetadataName = "__metadata__";

    private static readonly Dictionary<string, (ScalarType Type, int Size)> Types = new()
    {
        ["F64"] = (float64, 8),
        ["F32"] = (float32, 4),
        ["F16"] = (float16, 2),
        ["BF16"] = (bfloat16, 2),
        ["I64"] = (int64, 8),
        ["I32"] = (int32, 4),
        ["I16"] = (int16, 2),
        ["I8"] = (int8, 1),
        ["U8"] = (uint8, 1),
        ["BOOL"] = (@bool, 1),
    };

    /// <summary>Writes the file; one that is there is replaced once the new one is whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Tensors of any type but complex and quantised ones, on any device.</param>
    /// <param name="metadata">Texts to go with them.</param>
    public static void Write(
        string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        (string Name, Tensor Values)[] entries = [.. tensors.Select(entry => (entry.Key, entry.Value.detach().cpu().contiguous()))];
        var header = new Dictionary<string, object>();
        if (metadata is not null)
            header[MetadataName] = metadata;

        long end = 0;
        foreach ((string name, Tensor values) in entries)
        {
            (string type, (_, int size)) = Types.Single(type => type.Value.Type == values.dtype);
            header[name] = new Entry(type, values.shape, [end, end += values.numel() * size]);
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        WholeFile.Write(path, file =>
        {
            file.Write(BitConverter.GetBytes((long)json.Length));
            file.Write(json);
            foreach ((_, Tensor values) in entries)
                file.Write(values.bytes);
        });
    }

    /// <summary>Reads all tensors and texts. No more memory is taken than the file is long.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFileException">The file is something else, or damaged.</exception>
    public static (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata) Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        (IReadOnlyList<(string Name, Entry Entry)> entries, Dictionary<string, string> metadata) = ReadHeader(file);
        var tensors = new Dictionary<string, Tensor>();
        foreach ((string name, Entry entry) in entries)
        {
            Tensor values = empty(entry.Shape, Types[entry.Type].Type);
            file.ReadExactly(values.bytes);
            tensors[name] = values;
        }

        return (tensors, metadata);
    }

    /// <returns>The tensors in the order of their values, which follow in the file.</returns>
    private static (IReadOnlyList<(string Name, Entry Entry)> Entries, Dictionary<string, string> Metadata) ReadHeader(FileStream file)
    {
        DataFileException Refuse(string found, Exception? inner = null) =>
            new(file.Name, "tensors in the format safetensors", found, "Save it again.", inner);

        byte[] start = new byte[LengthBytes];
        if (file.ReadAtLeast(start, LengthBytes, throwOnEndOfStream: false) < LengthBytes)
            throw Refuse($"{file.Length} bytes");

        long length = BitConverter.ToInt64(start);
        if (length < 0 || length > Math.Min(file.Length - LengthBytes, int.MaxValue))
            throw Refuse($"a header of {length} bytes in a file of {file.Length}");

        byte[] json = new byte[length];
        file.ReadExactly(json);
        var entries = new List<(string Name, Entry Entry)>();
        Dictionary<string, string> metadata = [];
        try
        {
            Dictionary<string, JsonElement> header = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json) ?? throw Refuse("the header null");
            if (header.Remove(MetadataName, out JsonElement texts))
                metadata = texts.Deserialize<Dictionary<string, string>>() ?? throw Refuse("the metadata null");

            foreach ((string name, JsonElement element) in header)
                entries.Add((name, element.Deserialize<Entry>() ?? throw Refuse($"nothing for {name}")));
        }
        catch (JsonException e)
        {
            throw Refuse($"a header that is not valid ({e.Message})", e);
        }

        if (entries.FirstOrDefault(entry => !IsValid(entry.Entry)) is (string invalid, _))
            throw Refuse($"an entry for {invalid} that makes no sense");

        entries = [.. entries.OrderBy(entry => entry.Entry.Offsets[0])];
        long end = 0;
        foreach ((string name, Entry entry) in entries)
        {
            if (entry.Offsets[0] != end)
                throw Refuse($"the values of {name} at {entry.Offsets[0]}, not at {end}");

            end = entry.Offsets[1];
        }

        return end == file.Length - LengthBytes - length ? (entries, metadata)
            : throw Refuse($"{file.Length - LengthBytes - length} bytes of values where the header says {end}");
    }

    private static bool IsValid(Entry entry)
    {
        if (entry.Type is null || !Types.TryGetValue(entry.Type, out (ScalarType, int Size) type)
            || entry.Shape is null || entry.Shape.Any(side => side < 0) || entry.Offsets is not [long start, long end])
        {
            return false;
        }

        // In Int128 a product of any sides that fit into the file does not overflow.
        Int128 bytes = entry.Shape.Aggregate((Int128)type.Size, (product, side) => product > long.MaxValue ? product : product * side);
        return start >= 0 && bytes == (Int128)end - start;
    }

    private sealed record Entry(
        [property: JsonPropertyName("dtype")] string Type,
        [property: JsonPropertyName("shape")] long[] Shape,
        [property: JsonPropertyName("data_offsets")] long[] Offsets);
}

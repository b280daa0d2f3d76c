using System.Text.Json;
using System.Text.Json.Serialization;

namespace FashionNotebooks;

/// <summary>
/// Reads and writes tensors in the format safetensors: the length of a header in eight bytes, the header in JSON, then
/// the values, one tensor after another, in little-endian order.
/// </summary>
/// <remarks>TorchSharp.PyBridge does this too, but a notebook's host loads a second TorchSharp for it.</remarks>
/// <seealso href="https://huggingface.co/docs/safetensors"/>
internal static class SafetensorsFile
{
    private const int LengthBytes = sizeof(long);
    private const string Format = "tensors in the format safetensors";
    private const string Advice = "Save them with Weights.Save or, in Python, with save_file of safetensors.torch, for "
        + "a state_dict, or of safetensors.numpy, for arrays.";
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerOptions.Strict) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    private static readonly Dictionary<string, (ScalarType Type, int Size)> Types = new[]
    {
        ("F64", float64, 8), ("F32", float32, 4), ("F16", float16, 2), ("BF16", bfloat16, 2), ("I64", int64, 8),
        ("I32", int32, 4), ("I16", int16, 2), ("I8", int8, 1), ("U8", uint8, 1), ("BOOL", @bool, 1),
    }.ToDictionary(entry => entry.Item1, entry => (entry.Item2, entry.Item3));

    /// <summary>Writes the file; one that is there is replaced once the new one is whole.</summary>
    /// <exception cref="ArgumentException">A tensor is not of real numbers; nothing has been written.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var scope = NewDisposeScope();
        var header = new Dictionary<string, Entry>();

        // The largest numbers come first, so that each tensor begins at a multiple of their size.
        var contents = new List<Tensor>();
        long end = 0;
        foreach ((string name, Tensor tensor) in tensors.OrderByDescending(entry => entry.Value.element_size()))
        {
            string type = Types.FirstOrDefault(type => type.Value.Type == tensor.dtype).Key
                ?? throw new ArgumentException($"{path}: {name} is {tensor.dtype}: expected one of "
                    + $"{string.Join(", ", Types.Values.Select(type => type.Type))}. Convert it or leave it out.");
            header[name] = new Entry(type, tensor.shape, [end, end += tensor.numel() * Types[type].Size]);
            contents.Add(tensor.detach().cpu().contiguous());
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        byte[] padded = [.. json, .. Enumerable.Repeat((byte)' ', -json.Length & 7)];
        WholeFile.Write(path, file =>
        {
            file.Write(BitConverter.GetBytes((long)padded.Length));
            file.Write(padded);
            contents.ForEach(values => file.Write(values.bytes));
        });
    }

    /// <summary>Reads all tensors. No more memory is taken than the file is long.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFileException">The file is something else, or damaged.</exception>
    public static Dictionary<string, Tensor> Read(string path)
    {
        using FileStream file = FileKind.OpenRead(path, Format, Advice);
        var tensors = new Dictionary<string, Tensor>();
        foreach ((string name, Entry entry) in ReadHeader(file))
        {
            tensors[name] = empty(entry.Shape, Types[entry.Type].Type);
            file.ReadExactly(tensors[name].bytes);
        }

        return tensors;
    }

    /// <returns>The tensors in the order of their values, which follow in the file.</returns>
    private static List<(string Name, Entry Entry)> ReadHeader(FileStream file)
    {
        DataFileException Refusal(string found, Exception? inner = null) =>
            new(file.Name, Format, found, "Save it again.", inner);

        // In any other format, something else than the first brace of the header stands here.
        byte[] start = new byte[LengthBytes + 1];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || start[^1] != '{')
            throw FileKind.CreateRefusal(file, Format, Advice);

        long length = BitConverter.ToInt64(start);
        if (length < 0 || length > Math.Min(file.Length - LengthBytes, int.MaxValue))
            throw Refusal($"a header of {length} bytes in a file of {file.Length}");

        byte[] json = new byte[length];
        file.Position = LengthBytes;
        file.ReadExactly(json);
        try
        {
            var header = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json, Json)!;
            header.Remove("__metadata__");
            List<(string Name, Entry Entry)> entries =
            [
                .. from item in header
                   let entry = item.Value.Deserialize<Entry>(Json) ?? throw new JsonException($"no {item.Key}")
                   orderby entry.Offsets.FirstOrDefault(), entry.Offsets.LastOrDefault()
                   select (item.Key, entry),
            ];
            if (entries.Find(item => !Types.ContainsKey(item.Entry.Type)) is { Name: { } name, Entry: var other })
                throw new DataFileException(file.Name, $"one of {string.Join(", ", Types.Keys)} for {name}", other.Type,
                    "That type is not supported here: in Python, convert it with .to(torch.float32).");

            return FindFault(entries, file.Length - file.Position) is { } fault ? throw Refusal(fault) : entries;
        }
        catch (JsonException e)
        {
            throw Refusal($"a header that is not valid ({e.Message})", e);
        }
    }

    /// <returns>What is wrong with the places of the values, which follow one another without a gap.</returns>
    private static string? FindFault(IEnumerable<(string Name, Entry Entry)> entries, long length)
    {
        long end = 0;
        foreach ((string name, Entry entry) in entries)
        {
            // In Int128 a product of any sides that fit into the file does not overflow.
            Int128 bytes = entry.Shape.Contains(0) ? 0 : entry.Shape.Aggregate(
                (Int128)Types[entry.Type].Size, (product, side) => product > length ? product : product * side);
            if (entry.Shape.Any(side => side < 0) || entry.Offsets is not [var begin, var next]
                || begin != end || next - begin != bytes)
            {
                return $"an entry for {name}, {entry.Type} [{string.Join(", ", entry.Shape)}] at byte "
                    + $"{string.Join(" to ", entry.Offsets)}, that makes no sense behind byte {end}";
            }

            end = next;
        }

        return end == length ? null : $"{length} bytes of values where the header says {end}";
    }

    private sealed record Entry(
        [property: JsonPropertyName("dtype")] string Type,
        [property: JsonPropertyName("shape")] long[] Shape,
        [property: JsonPropertyName("data_offsets")] long[] Offsets);
}

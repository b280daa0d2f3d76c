using System.Text;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class SafetensorsFileTests : ScratchTests
{
    private const string One = """ "a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]} """;
    private const string Empty = """ "e":{"dtype":"F32","shape":[3,0],"data_offsets":[0,0]} """;

    private string FilePath => PathOf("weights.safetensors");

    // An empty tensor begins where the next one does, and may come first or last of the two.
    [Theory]
    [InlineData($"{{{One},{Empty}}}")]
    [InlineData($"{{{Empty},{One}}}")]
    public void Empty_tensors_may_be_anywhere_in_the_header(string header)
    {
        Write(header, 1.5f);

        Dictionary<string, Tensor> tensors = SafetensorsFile.Read(FilePath);

        Assert.Equal(1.5f, tensors["a"].item<float>());
        Assert.Equal([3, 0], tensors["e"].shape);
    }

    [Fact]
    public void Fields_that_are_new_and_spaces_at_the_end_are_passed_over()
    {
        Write("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"since":2},"__metadata__":{}}   """, 1.5f);

        Assert.Equal(1.5f, SafetensorsFile.Read(FilePath)["a"].item<float>());
    }

    [Theory]
    [InlineData($$"""{ {{One}},"a":{} }""", "a header that is not valid")]
    [InlineData(
        """{"a":{"dtype":"I32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "a header that is not valid")]
    [InlineData("""{"a":{"dtype":null,"shape":[1],"data_offsets":[0,4]}}""", "a header that is not valid")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", "a header that is not valid")]
    [InlineData("""{"a":1,"b":null}""", "a header that is not valid")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "a, F32 [2] at byte 0 to 4, that")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "that makes no sense behind byte 0")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}""", "for a, found F8_E4M3. That type")]
    [InlineData("""{"a":{"dtype":"F4","shape":[8],"data_offsets":[0,4]}}""", "for a, found F4. That type is not")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", "4 bytes of values where")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[0,9223372036854775807,9223372036854775807],"data_offsets":[0,0]}}""",
        "4 bytes of values where the header says 0")]
    public void A_header_that_makes_no_sense_is_refused(string header, string found)
    {
        Write(header, 1.5f);

        AssertRefused(FilePath, found);
    }

    [Theory]
    [InlineData("PK\u0003\u0004\0\0archive/data.pkl", "found a Python pickle, as torch.save writes it. Save them")]
    [InlineData("short", "found the text \"short\". Save them")]
    [InlineData("", "found an empty file")]
    public void The_message_says_what_the_file_is(string content, string found)
    {
        File.WriteAllText(FilePath, content);

        AssertRefused(FilePath, $"expected tensors in the format safetensors, {found}");
    }

    [Fact]
    public void A_folder_is_refused() => AssertRefused(Folder, "found a folder");

    [Theory]
    [InlineData(ScalarType.ComplexFloat32)]
    [InlineData(ScalarType.ComplexFloat64)]
    public void A_type_that_the_format_does_not_know_is_refused_before_anything_is_written(ScalarType type)
    {
        string path = PathOf("new/weights.safetensors");
        var tensors = new Dictionary<string, Tensor> { ["fine"] = ones(2), ["phase"] = ones(2, type) };

        ArgumentException e = Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(path, tensors));

        Assert.StartsWith($"{path}: phase is {type}", e.Message);
        Assert.Empty(Directory.GetFileSystemEntries(Folder));
    }

    [Fact]
    public void The_values_begin_at_a_multiple_of_8_bytes()
    {
        for (int length = 0; length < 9; length++)
        {
            SafetensorsFile.Write(FilePath, new Dictionary<string, Tensor> { [new string('n', length)] = ones(1) });
            byte[] file = File.ReadAllBytes(FilePath);
            int header = BitConverter.ToInt32(file);

            Assert.Equal(0, header % 8);
            Assert.Equal(8 + header + 4, file.Length);
            Assert.Matches("^{.*} {0,7}$", Encoding.UTF8.GetString(file, 8, header));
        }
    }

    [Fact]
    public void The_values_of_each_tensor_begin_at_a_multiple_of_their_size()
    {
        var tensors = new Dictionary<string, Tensor>
        {
            ["flag"] = ones(1, ScalarType.Bool),
            ["half"] = ones(3, ScalarType.Float16),
            ["double"] = ones(1, ScalarType.Float64),
        };
        SafetensorsFile.Write(FilePath, tensors);
        string header = Encoding.UTF8.GetString(File.ReadAllBytes(FilePath));

        Assert.Equal(
            ["F64 0", "F16 8", "BOOL 14"],
            Regex.Matches(header, "\"dtype\":\"(.*?)\".*?\\[(\\d+),\\d+]}").Select(
                match => $"{match.Groups[1]} {match.Groups[2]}"));
        Assert.All(
            SafetensorsFile.Read(FilePath), entry => Assert.True(entry.Value.Equals(tensors[entry.Key])));
    }

    private static void AssertRefused(string path, string message) =>
        Assert.Contains(message, Assert.Throws<DataFileException>(() => SafetensorsFile.Read(path)).Message);

    private void Write(string header, float value)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(
            FilePath, [.. BitConverter.GetBytes((long)json.Length), .. json, .. BitConverter.GetBytes(value)]);
    }
}

using System.Text;
using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-safetensors-");
    private readonly DisposeScope scope = NewDisposeScope();

    private string FilePath => Path.Combine(folder.FullName, "weights.safetensors");

    public void Dispose()
    {
        scope.Dispose();
        folder.Delete(recursive: true);
    }

    // An empty tensor begins where the next one does, and may come first or last of the two.
    [Theory]
    [InlineData("a", "e")]
    [InlineData("e", "a")]
    public void Empty_tensors_may_be_anywhere_in_the_header(string first, string second)
    {
        string Entry(string name) => name == "a"
            ? """
              "a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}
              """
            : """
              "e":{"dtype":"F32","shape":[3,0],"data_offsets":[0,0]}
              """;
        Write($"{{{Entry(first)},{Entry(second)}}}", 1.5f);

        Dictionary<string, Tensor> tensors = SafetensorsFile.Read(FilePath);

        Assert.Equal(1.5f, tensors["a"].item<float>());
        Assert.Equal([3, 0], tensors["e"].shape);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"since":2},"__metadata__":{}}   """)]
    public void Fields_that_are_new_and_spaces_at_the_end_are_passed_over(string header)
    {
        Write(header, 1.5f);

        Assert.Equal(1.5f, SafetensorsFile.Read(FilePath)["a"].item<float>());
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{}}""")]
    [InlineData("""{"a":{"dtype":"I32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"__metadata__":{"b":"1","b":"2"}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"__metadata__":{},"__metadata__":{}}""")]
    public void A_name_that_comes_twice_is_refused(string header)
    {
        Write(header, 1.5f);

        AssertRefused("a header that is not valid");
    }

    [Theory]
    [InlineData("""{"a":{"dtype":null,"shape":[1],"data_offsets":[0,4]}}""", "a header that is not valid")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", "a header that is not valid")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "a, F32 [2], that makes no sense")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "the values of a at 4, not at 0")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}""", "a, F8_E4M3 [4], that")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[0,9223372036854775807,9223372036854775807],"data_offsets":[0,0]}}""",
        "that makes no sense")]
    public void A_header_that_makes_no_sense_is_refused(string header, string found)
    {
        Write(header, 1.5f);

        AssertRefused(found);
    }

    [Theory]
    [InlineData("PK\u0003\u0004\0\0\b\b\0\0archive/data.pkl", "PyTorch's own format", "safetensors.torch.save_file(")]
    [InlineData("PK\u0003\u0004\u0014\0\0\0\b\0model.safetensors", "a zip archive", "Unpack it")]
    [InlineData("\u0080\u0002\u008A\nl\u00FC\u009CF\u00F9 j\u00A8P", "a Python pickle", "safetensors.torch.save_file(")]
    [InlineData("\u0080\u0002}q\0.", "a Python pickle", "safetensors.torch.save_file(")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid", "a Git LFS pointer", "git lfs pull")]
    [InlineData("<!doctype html><html>", "a web page", "Download the file itself")]
    [InlineData("\u00EF\u00BB\u00BF\r\n  <html>", "a web page", "Download the file itself")]
    [InlineData("<?xml version=\"1.0\"?><Error>", "a web page", "Download the file itself")]
    [InlineData("\u001F\u008B\b\0\0\0\0\0\0", "a gzip archive", "Unpack it")]
    [InlineData("Entry not found", "the text \"Entry not found\"", "Save it again")]
    [InlineData("\u0089HDF\r\n\u001A\n\0\0", "10 bytes that begin with 894844460D0A1A0A", "Save it again")]
    [InlineData("", "an empty file", "Save it again")]
    public void The_message_says_what_the_file_is(string content, string found, string advice)
    {
        File.WriteAllBytes(FilePath, Encoding.Latin1.GetBytes(content));

        AssertRefused($"expected tensors in the format safetensors, found {found}", advice);
    }

    [Fact]
    public void A_folder_is_refused() => AssertRefused(() => SafetensorsFile.Read(folder.FullName), "found a folder");

    [Theory]
    [InlineData(ScalarType.ComplexFloat32)]
    [InlineData(ScalarType.ComplexFloat64)]
    public void A_type_that_the_format_does_not_know_is_refused_before_anything_is_written(ScalarType type)
    {
        string path = Path.Combine(folder.FullName, "new", "weights.safetensors");
        var tensors = new Dictionary<string, Tensor> { ["fine"] = ones(2), ["phase"] = ones(2, type) };

        ArgumentException e = Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(path, tensors));

        Assert.Contains($"phase is {type}", e.Message);
        Assert.Contains(path, e.Message);
        Assert.Empty(folder.GetFileSystemInfos());
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

    private void Write(string header, float value)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(
            FilePath, [.. BitConverter.GetBytes((long)json.Length), .. json, .. BitConverter.GetBytes(value)]);
    }

    private void AssertRefused(params string[] parts) => AssertRefused(() => SafetensorsFile.Read(FilePath), parts);

    private static void AssertRefused(Action read, params string[] parts)
    {
        DataFileException e = Assert.Throws<DataFileException>(read);
        Assert.All(parts, part => Assert.Contains(part, e.Message));
    }
}

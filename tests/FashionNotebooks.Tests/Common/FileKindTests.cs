using System.Text;

namespace FashionNotebooks.Tests;

public class FileKindTests : ScratchTests
{
    private const string Get = "Get another.";

    [Theory]
    [InlineData("PK\u0003\u0004\0\0\b\b\0\0archive/data.pkl", "a Python pickle, as torch.save writes it", Get)]
    [InlineData("\u0080\u0002\u008A\nl\u00FC\u009CF\u00F9 j\u00A8P", "a Python pickle", Get)]
    [InlineData("PK\u0003\u0004\u0014\0\0\0\b\0model.safetensors", "a zip or other archive", "Unpack it")]
    [InlineData("\u001F\u008B\b\0\0\0\0\0\0", "a zip or other archive", "Unpack it")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid", "a Git LFS pointer", "git lfs pull")]
    [InlineData("<!doctype html><html>", "a web page", "Download the file itself")]
    [InlineData("\u00EF\u00BB\u00BF\r\n  <html>", "a web page", "Download the file itself")]
    [InlineData("<?xml version=\"1.0\"?><Error>", "a web page", "Download the file itself")]
    [InlineData("<?xml version=\"1.0\"?>\n<!-- Inkscape -->\n<svg>", "a drawing in SVG", Get)]
    [InlineData("\u0089HDF\r\n\u001A\n\0\0", "a model of Keras, or other data in HDF5", Get)]
    [InlineData("\b\u0007\u0012\apytorch", "a model in ONNX", Get)]
    [InlineData("GGUF\u0003\0", "a model in GGUF", Get)]
    [InlineData("\u0093NUMPY\u0001\0", "arrays of NumPy", Get)]
    [InlineData("\u0002\b0.weight\u0006\u0002\u0004", "TorchSharp's own format, by save", Get)]
    [InlineData("\u0081\u0001\u000Cconv1.weight\u0006\u0004\u0010", "TorchSharp's own format, by save", Get)]
    [InlineData("GIF89a\n\0\n\0", "a picture, or the beginning of one", Get)]
    [InlineData("\0\0\0\u0020ftypavif", "a picture in HEIC or AVIF", Get)]
    [InlineData("\0\0\0\u0014ftypqt  ", "a film", Get)]
    [InlineData("II*\0\b\0\0\0", "a picture in TIFF or raw format", Get)]
    [InlineData("\0\0\0\fJXL \r\n", "a picture in JPEG XL", Get)]
    [InlineData("%PDF-1.4", "a document in PDF", Get)]
    [InlineData("Entry not found\n", "the text \"Entry not found\"", Get)]
    [InlineData("\u00E6\u00B2\u00A1\n", "the text \"没\"", Get)]
    [InlineData("\u0001\u00FF\u0003", "3 bytes that begin with 01FF03", Get)]
    [InlineData("", "an empty file", Get)]
    public void The_message_says_what_the_file_is_and_what_to_do(string content, string found, string advice)
    {
        File.WriteAllBytes(PathOf("file"), Encoding.Latin1.GetBytes(content));
        using FileStream file = File.OpenRead(PathOf("file"));

        string message = FileKind.CreateRefusal(file, "tensors", Get).Message;

        Assert.Contains($"{PathOf("file")}: expected tensors, found {found}", message);
        Assert.Contains(advice, message);
    }

    // A pipe without a writer would be waited for.
    [Theory]
    [InlineData("pipe", "found an empty file or a device")]
    [InlineData("link", "found an empty file or a device")]
    [InlineData("", "found a folder")]
    public void What_is_no_regular_file_is_refused_at_once(string name, string found)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no pipes in folders.");
        ToolProcess.Run("mkfifo", PathOf("pipe"));
        File.CreateSymbolicLink(PathOf("link"), "pipe");
        Action<string>[] readers =
            [path => Picture.Load(path), path => Weights.Load(new ConvNet(), path), path => TrainResult.LoadCsv(path)];

        Assert.All(readers, read => Assert.Contains(
            found, Assert.Throws<DataFileException>(() => read(PathOf(name))).Message));
    }
}

using System.Text;

namespace FashionNotebooks.Tests;

public class FileKindTests : ScratchTests
{
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
    [InlineData("Entry not found\n", "the text \"Entry not found\"", "Get another")]
    [InlineData("\u0089HDF\r\n\u001A\n\0\0", "10 bytes that begin with 894844460D0A1A0A", "Get another")]
    [InlineData("", "an empty file", "Get another")]
    public void The_message_says_what_the_file_is_and_what_to_do(string content, string found, string advice)
    {
        File.WriteAllBytes(PathOf("file"), Encoding.Latin1.GetBytes(content));
        using FileStream file = File.OpenRead(PathOf("file"));

        string message = FileKind.CreateRefusal(file, "tensors", "Get another.").Message;

        Assert.Contains($"{PathOf("file")}: expected tensors, found {found}", message);
        Assert.Contains(advice, message);
    }
}

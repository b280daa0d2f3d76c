using System.Text;
using System.Text.RegularExpressions;

namespace FashionNotebooks;

/// <summary>Tells from its first bytes what a file is that was taken for another.</summary>
internal static class FileKind
{
    private const string SaveInPython = "Save it in Python with safetensors.torch.save_file(model.state_dict(), path).";

    private static readonly (string Start, string Name, string Advice)[] Known =
    [
        (@"^PK\x03\x04.*data\.pkl", "PyTorch's own format, by torch.save", SaveInPython),
        (@"^\x80[\x02-\x05]", "a Python pickle, as older versions of torch.save write it", SaveInPython),
        (@"^PK\x03\x04", "a zip archive", "Unpack it."),
        (@"^\x1F\x8B", "a gzip archive", "Unpack it."),
        ("^version https://git-lfs", "a Git LFS pointer", "Fetch the file itself with git lfs pull."),
        (@"^(\xEF\xBB\xBF)?\s*<[!?a-z]", "a web page", "Download the file itself and not a page about it."),
    ];

    /// <returns>What says what the file is, for the caller to throw.</returns>
    public static DataFileException CreateRefusal(FileStream file, string expected, string advice)
    {
        byte[] bytes = new byte[100];
        file.Position = 0;
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        string start = Encoding.Latin1.GetString(bytes, 0, length);
        foreach ((string pattern, string name, string better) in Known)
        {
            if (Regex.IsMatch(start, pattern, RegexOptions.IgnoreCase | RegexOptions.Singleline))
                return new DataFileException(file.Name, expected, name, better);
        }

        string found = length == 0 ? "an empty file"
            : Regex.IsMatch(start, @"^[ -~\s]+$") ? $"the text \"{start.Trim().Split('\r', '\n')[0]}\""
            : $"{file.Length:N0} bytes that begin with {Convert.ToHexString(bytes, 0, Math.Min(8, length))}";
        return new DataFileException(file.Name, expected, found, advice);
    }
}

using System.Text;
using System.Text.RegularExpressions;

namespace FashionNotebooks;

/// <summary>Tells from its first bytes what a file is that was taken for another.</summary>
internal static class FileKind
{
    private static readonly (string Start, string Name, string? Advice)[] Known =
    [
        ("^version https://git-lfs", "a Git LFS pointer", "Fetch the file itself with git lfs pull."),
        (@"^(\xEF\xBB\xBF)?\s*(<(\?xml|!--|!DOCTYPE svg).*)?<svg", "a drawing in SVG", null),
        (@"^(\xEF\xBB\xBF)?\s*<[!?a-z]", "a web page", "Download the file itself and not a page about it."),
        (@"^PK\x03\x04.*data\.pkl|^\x80[\x02-\x05]", "a Python pickle, as torch.save writes it", null),
        (@"^PK\x03\x04.{26}[^/]*\.npy|^\x93NUMPY", "arrays of NumPy", null),
        (@"^PK\x03\x04.{26}(metadata|config)\.json|^\x89HDF", "a model of Keras, or other data in HDF5", null),
        (@"^\x08[\x01-\x20][\x12\x3A\x42]", "a model in ONNX", null),
        ("^GG(UF|ML|JT)|^[jl]mgg|^.{4}TFL3", "a model in GGUF or TensorFlow Lite", null),
        ("^.{4}ftyp(he|avi|mif1|msf1)", "a picture in HEIC or AVIF", null),
        (@"^II(\*\x00|R[OS]|U\x00)|^MM\x00\*|^FUJIFILM|^.{4}ftypcrx", "a picture in TIFF or raw format", null),
        (@"^\x00{3}\x0C(JXL|jP) |^\xFF(\x0A|\x4F\xFF\x51)", "a picture in JPEG XL or JPEG 2000", null),
        (@"^\xFF\xD8\xFF|^\x89PNG|^GIF8|^RIFF.{4}WEBP|^BM.{4}\x00{4}", "a picture, or the beginning of one", null),
        ("^.{4}ftyp|^RIFF", "a film", null),
        (@"^%(PDF|!PS)|^8BPS|^\xD0\xCF\x11|^PK\x03\x04.{26}\[Content", "a document in PDF or of Office", null),
        (@"^(PK\x03\x04|\x1F\x8B|7z\xBC|Rar!|BZh|\xFD7zX|\x28\xB5\x2F\xFD)", "a zip or other archive", "Unpack it."),

        // Two counts, of tensors and of letters, the name, its type and rank: other formats may begin like this too.
        (@"^[\x80-\xFF]?[\x01-\x7F]{2}[\w.]+[\x00-\x0F][\x00-\x08]", "TorchSharp's own format, by save", null),
    ];

    /// <summary>Opens a file to read, but none without a length, as a pipe is, which might be waited for.</summary>
    /// <exception cref="DataFileException">It is a folder, an empty file, a device or a pipe.</exception>
    public static FileStream OpenRead(string path, string expected, string advice)
    {
        string? found = Directory.Exists(path) ? "a folder"
            : File.Exists(path) && new FileInfo(WholeFile.FollowLinks(path)).Length == 0 ? "an empty file or a device"
            : null;
        return found is null ? File.OpenRead(path) : throw new DataFileException(path, expected, found, advice);
    }

    /// <returns>What says what the file is, with its path as the caller knows it, for the caller to throw.</returns>
    public static DataFileException CreateRefusal(
        FileStream file, string expected, string advice, string? path = null)
    {
        path ??= file.Name;
        byte[] bytes = new byte[500];
        file.Position = 0;
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        string start = Encoding.Latin1.GetString(bytes, 0, length);
        foreach ((string pattern, string name, string? better) in Known)
        {
            if (Regex.IsMatch(start, pattern, RegexOptions.IgnoreCase | RegexOptions.Singleline))
                return new DataFileException(path, expected, name, better ?? advice);
        }

        Match text = Regex.Match(
            Encoding.UTF8.GetString(bytes, 0, length), @"^\s*([^\p{Cc}\uFFFD]{1,100})([^\p{Cc}\uFFFD]|\s)*\uFFFD?$");
        string found = length == 0 ? "an empty file" : text.Success ? $"the text \"{text.Groups[1]}\""
            : $"{file.Length:N0} bytes that begin with {Convert.ToHexString(bytes, 0, Math.Min(8, length))}";
        return new DataFileException(path, expected, found, advice);
    }
}

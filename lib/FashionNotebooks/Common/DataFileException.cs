namespace FashionNotebooks;

/// <summary>A data file is missing or is not what it should be. The message names the file and what to do.</summary>
public sealed class DataFileException : IOException
{
    internal DataFileException(string path, string expected, string found, string advice, Exception? inner = null)
        : base($"{path}: expected {expected}, found {found}. {advice}", inner) => FilePath = path;

    /// <summary>The file that was read.</summary>
    public string FilePath { get; }
}

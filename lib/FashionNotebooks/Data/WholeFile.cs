namespace FashionNotebooks;

/// <summary>Writes files that are whole at any moment.</summary>
internal static class WholeFile
{
    /// <summary>Writes beside the path and moves the file into place once it is whole and on the disk.</summary>
    /// <param name="path">The file; its folder is made if it is not there.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">Something went wrong; what was at the path is still there.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        string temporary = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            using (FileStream file = File.Create(temporary))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}

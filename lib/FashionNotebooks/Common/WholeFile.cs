using System.Text.RegularExpressions;

namespace FashionNotebooks;

/// <summary>Writes files that are whole at any moment.</summary>
internal static class WholeFile
{
    /// <summary>Writes beside the path and moves the file into place once it is whole and on the disk.</summary>
    /// <exception cref="IOException">Something went wrong; what was at the path is still there.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        string temporary = TemporaryOf(path);
        try
        {
            Directory.CreateDirectory(FolderOf(path));
            using (FileStream file = File.Create(temporary))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path}: {e.Message}", e);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    /// <summary>Tries to write there, before anything of worth is made.</summary>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    public static void ThrowIfNotWritable(string path)
    {
        try
        {
            if (Directory.Exists(path))
                throw new IOException("it is a folder");

            Directory.CreateDirectory(FolderOf(path));
            File.Create(TemporaryOf(path), bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: nothing can be written there ({e.Message}). Choose another path.", e);
        }
    }

    /// <summary>Removes what was left where a process was killed while it wrote.</summary>
    public static void RemoveLeftovers(string path)
    {
        if (!Directory.Exists(FolderOf(path)))
            return;

        var own = new Regex($"^{Regex.Escape(Path.GetFileName(path))}\\.[0-9a-f]{{32}}\\.part$");
        foreach (FileInfo file in new DirectoryInfo(FolderOf(path)).GetFiles().Where(file => own.IsMatch(file.Name)))
            file.Delete();
    }

    private static string TemporaryOf(string path) => $"{path}.{Guid.NewGuid():N}.part";

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;
}

namespace FashionNotebooks;

/// <summary>Writes files that are whole at any moment.</summary>
internal static class WholeFile
{
    /// <summary>
    /// Writes beside the path and moves the file into place once it is whole and on the disk. A link stays a link.
    /// </summary>
    /// <exception cref="IOException">Something went wrong; what was at the path is still there.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        var given = new FileInfo(path);
        string target = given.LinkTarget is null ? path : given.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        string temporary = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            using (FileStream file = File.Create(temporary))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
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
}

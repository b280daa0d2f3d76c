using Microsoft.Win32.SafeHandles;

#if RUNNER
namespace FashionNotebooks.Runner;
#else
namespace FashionNotebooks;
#endif

/// <summary>Writes files that are whole at any moment. Compiled into the library and into the runner.</summary>
internal static class WholeFile
{
    /// <summary>
    /// Writes beside the path and moves the file into place once it is whole and on the disk. A link stays a link, and
    /// a file keeps its permissions.
    /// </summary>
    /// <exception cref="IOException">Something went wrong, and what was at the path is still there.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        string target = FollowLinks(path);
        string folder = Path.GetDirectoryName(target) ?? target;
        string temporary = Path.Combine(folder, $"{Guid.NewGuid():N}.part");
        try
        {
            Directory.CreateDirectory(folder);
            bool isThere = Path.Exists(target);
            if (isThere)
            {
                // A device or a pipe cannot be given a length; opened for writing alone, a pipe makes one wait.
                using SafeFileHandle old = File.OpenHandle(target, access: FileAccess.ReadWrite);
                RandomAccess.SetLength(old, RandomAccess.GetLength(old));
            }

            using (FileStream file = File.Create(temporary))
            {
                if (isThere && !OperatingSystem.IsWindows())
                    File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));

                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or NotSupportedException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be written ({e.Message}). Is it a file, and may it be changed?", e);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    /// <returns>Where the path leads; ResolveLinkTarget goes astray if a folder on the way is a link.</returns>
    public static string FollowLinks(string path, int most = 40)
    {
        path = Path.GetFullPath(path);
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;

        string folder = FollowLinks(parent, most);
        path = Path.Combine(folder, Path.GetFileName(path));
        return new FileInfo(path).LinkTarget is not { } target ? path
            : most > 0 ? FollowLinks(Path.Combine(folder, target), most - 1)
            : throw new IOException($"{path} is a link that leads to itself.");
    }
}

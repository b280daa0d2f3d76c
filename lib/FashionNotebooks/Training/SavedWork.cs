namespace FashionNotebooks;

/// <summary>Long work in pieces, each of which leaves a file when it is complete.</summary>
public static class SavedWork
{
    // What Windows, Linux and macOS say of a file that another process keeps to itself.
    private static readonly int[] InUse = [32, 33, 11, 35];

    /// <summary>
    /// Does the pieces whose file is missing. Several processes may do so at the same time: each piece is done by one
    /// of them, and one that is killed loses no more than the piece that it was doing.
    /// </summary>
    /// <typeparam name="T">What tells one piece from another.</typeparam>
    /// <param name="pieces">The pieces in the order in which they are returned.</param>
    /// <param name="file">The file that a piece leaves; <c>.busy</c> beside it marks work under way.</param>
    /// <param name="work">Does a piece; it writes the file at its end.</param>
    /// <returns>Each piece as soon as it is complete, and all before it.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="InvalidOperationException">A piece was done and has left no file.</exception>
    public static IEnumerable<T> InOrder<T>(IReadOnlyList<T> pieces, Func<T, string> file, Action<T> work)
    {
        foreach (T piece in pieces)
        {
            while (!File.Exists(file(piece)))
            {
                // The first one that nobody does. If others do all that are left, there is nothing to do but wait.
                if (!pieces.Any(each => TryDo(file(each), () => work(each))))
                    Thread.Sleep(500);
            }

            yield return piece;
        }
    }

    /// <returns>Whether the piece has been done here.</returns>
    private static bool TryDo(string file, Action work)
    {
        if (File.Exists(file))
            return false;

        using FileStream? mark = TryMark(file + ".busy");
        if (mark is null || File.Exists(file))
            return false;

        work();
        return File.Exists(file) ? true : throw new InvalidOperationException($"{file} was not written.");
    }

    /// <returns>What keeps others away until it is disposed, or its process ends; null if another has it.</returns>
    private static FileStream? TryMark(string path)
    {
        try
        {
            return new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (InUse.Contains(e.HResult & 0xFFFF))
        {
            return null;
        }
    }
}

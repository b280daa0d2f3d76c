namespace FashionNotebooks.Runner;

/// <summary>What would go wrong in a run, found before its first notebook starts.</summary>
internal static class RunChecks
{
    /// <exception cref="RunnerException">A notebook cannot be run, or none has a variable for one of the parameters.
    /// </exception>
    public static void VerifyNotebooks(IReadOnlyList<string> paths, IReadOnlyList<NotebookParameter> parameters)
    {
        Notebook[] notebooks = [.. paths.Select(Notebook.LoadToRun)];
        var declared = notebooks.SelectMany(notebook => notebook.FindDeclared(parameters));
        if (parameters.Except(declared).FirstOrDefault() is { } unused)
        {
            throw new RunnerException(
                $"{unused.Option} would change nothing: no notebook declares the variable {unused.Variable} in a cell "
                + "tagged 'parameters'. Leave the option out, or declare the variable there.");
        }
    }

    /// <summary>Creates the output folder.</summary>
    /// <exception cref="RunnerException">Nothing can be written there, or a notebook would be overwritten.</exception>
    public static void PrepareOutput(string output, IReadOnlyList<string> paths)
    {
        // Names that differ only in case are one file on Windows and macOS.
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (paths.FirstOrDefault(path => !names.Add(Path.GetFileName(path))) is { } same)
        {
            throw new RunnerException($"{same}: Another notebook has the same file name. "
                + "Run them one after the other, with different --output.");
        }

        string probe = $"{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(output);
            File.WriteAllText(Path.Combine(output, probe), "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunnerException($"{output}: nothing can be written there ({e.Message}) Choose another --output.");
        }

        // Links can make two paths of one folder, so that comparing paths is not enough.
        string? source = paths.FirstOrDefault(path => File.Exists(Path.Combine(Path.GetDirectoryName(path)!, probe)));
        File.Delete(Path.Combine(output, probe));
        if (source is not null)
        {
            throw new RunnerException(
                $"{source}: The executed notebook would overwrite it. Choose another --output, or use --in-place.");
        }
    }
}

namespace FashionNotebooks.Runner;

/// <summary>A notebook that has been run, and the places where it goes.</summary>
/// <param name="Source">The notebook as it was read.</param>
/// <param name="Executed">The same with its outputs.</param>
internal sealed record ExecutedNotebook(Notebook Source, Notebook Executed)
{
    private string Folder => Path.GetDirectoryName(Source.Path)!;

    private string FileName => Path.GetFileName(Source.Path);

    /// <summary>Writes the notebook into a folder, with the pictures that it shows from beside it, and its translation,
    /// if there is one, with the same code and outputs.</summary>
    public void SaveTo(string folder)
    {
        Executed.Save(Path.Combine(folder, FileName));
        string translated = Path.Combine(Translation.Folder, FileName);
        string translation = Path.Combine(Folder, translated);
        if (File.Exists(translation))
        {
            string target = Path.Combine(folder, translated);
            Translation.Apply(Executed, Notebook.Load(translation), target).Save(target);
        }

        CopyPictures(folder);
    }

    private void CopyPictures(string folder)
    {
        try
        {
            // Writing the page copies them.
            NotebookPage.Create(Executed, FileName, folder, new PageLinks([], Folder, folder));
        }
        catch (Exception)
        {
            // The notebook is saved; why it has no page is told when the pages are written.
        }
    }

    /// <summary>Replaces the source, its translation and its pictures, unless the source has been changed since it was
    /// read.</summary>
    /// <returns>Whether the source was as it was read.</returns>
    public bool TryReplaceSource()
    {
        if (File.ReadAllText(Source.Path) != Source.Text)
            return false;

        SaveTo(Folder);
        SavePictures();
        return true;
    }

    /// <summary>Writes pictures as files, for pages that cannot show those inside a notebook.</summary>
    private void SavePictures()
    {
        foreach (NotebookCell cell in Executed.CodeCells.Where(cell => cell.HasTag("picture")))
        {
            if (cell.Picture is { } picture)
            {
                string pictures = Directory.CreateDirectory(Path.Combine(Folder, "pictures")).FullName;
                File.WriteAllBytes(Path.Combine(pictures, $"{Source.Name}-{cell.Id}.png"), picture);
            }
        }
    }
}

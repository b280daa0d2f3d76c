namespace FashionNotebooks;

/// <summary>Fetches an archive from the public mirrors of Fashion-MNIST.</summary>
internal static class FashionMnistDownload
{
    private static readonly string[] Mirrors =
    [
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    ];

    /// <summary>Puts the verified archive at <paramref name="path"/>; until then nothing stands there.</summary>
    /// <exception cref="DataFileException">No mirror delivered the file; the message says what each answered.</exception>
    public static void Fetch(string path, FashionMnistFile file, IReadOnlyList<string>? mirrors = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string temporary = $"{path}.{Guid.NewGuid():N}.part";
        var failures = new List<string>();
        using var client = new HttpClient();
        try
        {
            foreach (string mirror in mirrors ?? Mirrors)
            {
                try
                {
                    FetchOne(client, mirror + file.Name, temporary);
                    IdxFile.Read(temporary, file);
                    File.Move(temporary, path, overwrite: true);
                    return;
                }
                catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
                {
                    failures.Add($"{mirror}: {e.Message}");
                }
            }
        }
        finally
        {
            File.Delete(temporary);
        }

        throw new DataFileException(path, "a download", string.Join("; ", failures),
            "Check the network, or put the file there by hand.");
    }

    private static void FetchOne(HttpClient client, string url, string path)
    {
        using HttpResponseMessage response = client.Send(
            new HttpRequestMessage(HttpMethod.Get, url), HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using Stream source = response.Content.ReadAsStream();
        using FileStream target = File.Create(path);
        source.CopyTo(target);
    }
}

namespace FashionNotebooks;

/// <summary>Fetches an archive from the public mirrors of Fashion-MNIST.</summary>
internal static class FashionMnistDownload
{
    private static readonly string[] Mirrors =
    [
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Puts the verified archive at <paramref name="path"/>; until then nothing changes there.</summary>
    /// <remarks>Each mirror may send nothing for as long as the patience lasts; then the next one is asked.</remarks>
    /// <exception cref="DataFileException">No mirror delivered the file; the message says why for each.</exception>
    public static void Fetch(
        string path, FashionMnistFile file, IReadOnlyList<string>? mirrors = null, TimeSpan? patience = null)
    {
        var failures = new List<string>();
        using var client = new HttpClient();
        foreach (string mirror in mirrors ?? Mirrors)
        {
            try
            {
                WholeFile.Write(path, target =>
                {
                    // On another thread: a host that keeps its own to itself could not go on with what is awaited.
                    Task.Run(() => FetchOneAsync(client, mirror + file.Name, target, file.Length, patience ?? Patience))
                        .GetAwaiter().GetResult();
                    target.Position = 0;
                    IdxFile.Read(target, file).Dispose();
                });
                return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException)
            {
                failures.Add($"{mirror}: {e.Message}");
            }
        }

        throw new DataFileException(path, "a download", string.Join("; ", failures),
            "Check the network and that the folder can be written to, or put the file there by hand.");
    }

    // An archive is shorter than its content: what sends more than that sends something else.
    private static async Task FetchOneAsync(
        HttpClient client, string url, FileStream target, int longest, TimeSpan patience)
    {
        using var silence = new CancellationTokenSource(patience);
        try
        {
            using HttpResponseMessage response =
                await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            response.EnsureSuccessStatusCode();
            await using Stream source = await response.Content.ReadAsStreamAsync(silence.Token);
            var buffer = new byte[81_920];
            int count;
            while ((count = await source.ReadAsync(buffer, silence.Token)) > 0)
            {
                silence.CancelAfter(patience);
                await target.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None);
                if (target.Length > longest)
                    throw new IOException($"more than {longest:N0} bytes.");
            }
        }
        catch (OperationCanceledException e)
        {
            throw new IOException($"nothing came for {patience.TotalSeconds:0} seconds.", e);
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace FashionNotebooks.Tests;

public sealed class FashionMnistDownloadTests : IDisposable
{
    private static readonly string Worker = Path.Combine(AppContext.BaseDirectory, "Worker.dll");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-download-");
    private readonly Dictionary<string, byte[]> pages = [];
    private readonly Dictionary<string, Func<HttpListenerResponse, Task>> answers = [];
    private readonly HttpListener server = new();
    private readonly string url;
    private readonly TaskCompletionSource closed = new();

    public FashionMnistDownloadTests()
    {
        using (var port = new TcpListener(IPAddress.Loopback, 0))
        {
            port.Start();
            url = $"http://localhost:{((IPEndPoint)port.LocalEndpoint).Port}/";
        }

        server.Prefixes.Add(url);
        server.Start();
        _ = ServeAsync();
    }

    private static byte[] Archive { get; } = File.ReadAllBytes(Path.Combine(Repository.Data, Labels.Name));

    private static FashionMnistFile Labels => FashionMnistFile.TestLabels;

    private string Target => Path.Combine(folder.FullName, "new", Labels.Name);

    public void Dispose()
    {
        closed.SetResult();
        server.Close();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_verified_archive_is_put_in_place()
    {
        pages["/good/" + Labels.Name] = Archive;

        FashionMnistDownload.Fetch(Target, Labels, [url + "good/"]);

        Assert.Equal(Archive, File.ReadAllBytes(Target));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void The_next_mirror_is_asked_when_one_fails()
    {
        pages["/altered/" + Labels.Name] = [1, 2, 3];
        pages["/good/" + Labels.Name] = Archive;

        FashionMnistDownload.Fetch(Target, Labels, [url + "missing/", url + "altered/", url + "good/"]);

        Assert.Equal(Archive, File.ReadAllBytes(Target));
    }

    [Fact]
    public void What_is_missing_is_fetched_once()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        pages["/good/" + Labels.Name] = Archive;
        string root = Path.GetDirectoryName(Target)!;

        Assert.Equal([10_000], FashionMnist.Read(root, Labels, download: true, [url + "good/"]).shape);
        Assert.Equal([10_000], FashionMnist.Read(root, Labels, download: true, [url + "missing/"]).shape);
    }

    [Theory]
    [InlineData("nowhere.gz")]
    [InlineData("no/where.gz")]
    public void A_link_to_nothing_is_replaced_by_the_archive(string target)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        pages["/good/" + Labels.Name] = Archive;
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.CreateSymbolicLink(Target, target);

        FashionMnist.Read(Path.GetDirectoryName(Target)!, Labels, download: true, [url + "good/"]);

        Assert.Equal(Archive, File.ReadAllBytes(Target));
        Assert.Null(new FileInfo(Target).LinkTarget);
    }

    [Fact]
    public void A_damaged_archive_is_kept_and_told()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllBytes(Target, Archive[..100]);

        var e = Assert.Throws<DataFileException>(() => FashionMnist.Read(
            Path.GetDirectoryName(Target)!, Labels, download: true, [url + "good/"]));

        Assert.Contains("Delete it", e.Message);
        Assert.Equal(Archive[..100], File.ReadAllBytes(Target));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "new"), "");

        var e = Assert.Throws<DataFileException>(() => FashionMnistDownload.Fetch(Target, Labels, [url + "good/"]));

        Assert.Contains("that the folder can be written to", e.Message);
    }

    [Fact]
    public void When_all_mirrors_fail_the_message_tells_and_no_file_is_left()
    {
        pages["/altered/" + Labels.Name] = [1, 2, 3];

        var exception = Assert.Throws<DataFileException>(
            () => FashionMnistDownload.Fetch(Target, Labels, [url + "missing/", url + "altered/"]));

        Assert.Contains(Target, exception.Message);
        Assert.Contains("404", exception.Message);
        Assert.Contains("expected a gzip archive", exception.Message);
        AssertNothingIsLeft();
    }

    [Fact]
    public void A_redirection_is_followed()
    {
        pages["/good/" + Labels.Name] = Archive;
        answers["/moved/" + Labels.Name] = response =>
        {
            response.Redirect(url + "good/" + Labels.Name);
            return Task.CompletedTask;
        };

        FashionMnistDownload.Fetch(Target, Labels, [url + "moved/"]);

        Assert.Equal(Archive, File.ReadAllBytes(Target));
    }

    [Fact]
    public void A_redirection_to_itself_is_given_up() => AssertRefused("302", response =>
    {
        response.Redirect(url + "bad/" + Labels.Name);
        return Task.CompletedTask;
    });

    [Fact]
    public void A_connection_that_breaks_leaves_nothing() => AssertRefused("prematurely", async response =>
    {
        response.ContentLength64 = Archive.Length;
        await response.OutputStream.WriteAsync(Archive.AsMemory(0, Archive.Length / 2));
        await response.OutputStream.FlushAsync();
        response.Abort();
    });

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(0)]
    [InlineData(1000)]
    public void A_server_that_falls_silent_is_given_up(int bytes) => AssertRefused(
        "nothing came for 1 seconds",
        async response =>
        {
            response.ContentLength64 = Archive.Length;
            if (bytes > 0)
            {
                await response.OutputStream.WriteAsync(Archive.AsMemory(0, bytes));
                await response.OutputStream.FlushAsync();
            }

            await closed.Task;
        });

    [Fact]
    public void A_server_that_never_stops_is_given_up() => AssertRefused("more than 10,008 bytes", async response =>
    {
        response.SendChunked = true;
        while (!closed.Task.IsCompleted)
            await response.OutputStream.WriteAsync(Archive);
    });

    [Fact]
    public void A_full_disk_is_told_and_leaves_nothing()
    {
        // A disk of one page, in a namespace of its own.
        const string Mount = "mount -t tmpfs -o size=4k none \"$0\"";
        string disk = folder.CreateSubdirectory("disk").FullName;
        Assert.SkipUnless(ToolProcess.CanRun("unshare", "-rm", "sh", "-c", Mount, disk), "Needs unshare and mount.");
        pages["/good/" + Labels.Name] = Archive;

        (int exitCode, string text) = ToolProcess.Run(
            "unshare", "-rm", "sh", "-c",
            Mount + " && dotnet \"$1\" download \"$2\" \"$0/$3\"; echo \"left: $(ls -A \"$0\")\"",
            disk, Worker, url + "good/", Labels.Name);

        Assert.Equal(0, exitCode);
        Assert.Contains(nameof(DataFileException), text);
        Assert.Contains("No space left on device", text);
        Assert.Contains("left: \n", text);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Two_processes_at_once_both_get_the_file()
    {
        pages["/good/" + Labels.Name] = Archive;

        (int ExitCode, string Text)[] runs = await Task.WhenAll(Enumerable.Range(0, 2).Select(
            _ => Task.Run(() => ToolProcess.Run("dotnet", Worker, "download", url + "good/", Target))));

        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Text));
        Assert.Equal(Archive, File.ReadAllBytes(Target));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    private void AssertRefused(string message, Func<HttpListenerResponse, Task> answer)
    {
        answers["/bad/" + Labels.Name] = answer;

        var exception = Assert.Throws<DataFileException>(
            () => FashionMnistDownload.Fetch(Target, Labels, [url + "bad/"], patience: TimeSpan.FromSeconds(1)));

        Assert.Contains(message, exception.Message);
        AssertNothingIsLeft();
    }

    private void AssertNothingIsLeft() => Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Target)!));

    private async Task ServeAsync()
    {
        while (server.IsListening)
        {
            try
            {
                HttpListenerContext context = await server.GetContextAsync();
                _ = AnswerAsync(context.Request.Url!.AbsolutePath, context.Response);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(string path, HttpListenerResponse response)
    {
        try
        {
            if (answers.TryGetValue(path, out Func<HttpListenerResponse, Task>? answer))
            {
                await answer(response);
                response.Close();
                return;
            }

            byte[]? page = pages.GetValueOrDefault(path);
            response.StatusCode = page is null ? 404 : 200;
            response.Close(page ?? [], willBlock: true);
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client has gone.
        }
    }
}

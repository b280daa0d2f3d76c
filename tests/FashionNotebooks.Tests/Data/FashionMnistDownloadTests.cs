using System.Net;
using System.Net.Sockets;

namespace FashionNotebooks.Tests;

public sealed class FashionMnistDownloadTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-download-");
    private readonly Dictionary<string, byte[]> pages = [];
    private readonly HttpListener server = new();
    private readonly string url;

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

    private static FashionMnistFile Labels => FashionMnistFile.TestLabels;

    private string Target => Path.Combine(folder.FullName, "new", Labels.Name);

    public void Dispose()
    {
        server.Close();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_verified_archive_is_put_in_place()
    {
        byte[] archive = File.ReadAllBytes(Path.Combine(Repository.Data, Labels.Name));
        pages["/good/" + Labels.Name] = archive;

        FashionMnistDownload.Fetch(Target, Labels, [url + "good/"]);

        Assert.Equal(archive, File.ReadAllBytes(Target));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void The_next_mirror_is_asked_when_one_fails()
    {
        pages["/altered/" + Labels.Name] = [1, 2, 3];
        pages["/good/" + Labels.Name] = File.ReadAllBytes(Path.Combine(Repository.Data, Labels.Name));

        FashionMnistDownload.Fetch(Target, Labels, [url + "missing/", url + "altered/", url + "good/"]);

        Assert.Equal(10_000, IdxFile.Read(Target, Labels).Length);
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
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    private async Task ServeAsync()
    {
        while (server.IsListening)
        {
            try
            {
                HttpListenerContext context = await server.GetContextAsync();
                byte[]? page = pages.GetValueOrDefault(context.Request.Url!.AbsolutePath);
                context.Response.StatusCode = page is null ? 404 : 200;
                context.Response.Close(page ?? [], willBlock: true);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}

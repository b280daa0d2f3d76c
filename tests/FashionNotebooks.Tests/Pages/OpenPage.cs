using PuppeteerSharp;

namespace FashionNotebooks.Tests;

/// <summary>A page in the browser, and what it has asked for and complained of.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    public OpenPage(IPage page)
    {
        Page = page;
        page.Request += (_, request) => Requests.Add(request.Request.Url);
        page.RequestFailed += (_, request) => Complaints.Add($"{request.Request.Url} failed");
        page.PageError += (_, error) => Complaints.Add(error.Message);
        page.Console += (_, line) =>
        {
            if (line.Message.Type is ConsoleType.Error or ConsoleType.Warning)
                Complaints.Add(line.Message.Text);
        };
    }

    public IPage Page { get; }

    public List<string> Requests { get; } = [];

    public List<string> Complaints { get; } = [];

    /// <summary>Goes through the page as a reader does, until every figure is drawn.</summary>
    public async Task ReadAsync()
    {
        await Page.EvaluateFunctionAsync(
            """
            async () => {
                document.querySelectorAll("details").forEach(details => { details.open = true; });
                for (const chart of document.querySelectorAll(".chart")) {
                    chart.scrollIntoView();
                    for (let waits = 0; chart.dataset.drawn !== "done" && waits < 400; waits++)
                        await new Promise(resolve => setTimeout(resolve, 25));
                }
            }
            """);
    }

    public ValueTask DisposeAsync() => Page.DisposeAsync();
}

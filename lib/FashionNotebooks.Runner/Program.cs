using System.CommandLine;
using System.Text;
using FashionNotebooks.Runner;
using Spectre.Console;

Console.OutputEncoding = Encoding.UTF8;

// A file or a pipe has no width; a table needs one.
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Width = 120;

var notebooks = new Argument<string[]>("notebooks")
{
    Description = "Notebooks to run: files, or names such as 3-train-and-predict. By default, all but "
        + $"{string.Join(" and ", NotebookFolder.LongNotebooks)}.",
    Arity = ArgumentArity.ZeroOrMore,
};
Option<int> epochs = Number("--epochs", "Train for N epochs, in place of each notebook's numEpochs.", 1);
Option<int> seed = Number("--seed", "Start from seed N, in place of each notebook's seed.", int.MinValue);
string seedsDescription = "Train the three networks with N seeds and show how the accuracies vary: "
    + $"runs {NotebookFolder.SeedsNotebook}, if no other is named.";
Option<int> seeds = Number("--seeds", seedsDescription, 1);
Option<int> timeout = Number("--timeout", "Give up a notebook when one of its cells takes longer than N seconds.", 1);
Option<string?> output = Named<string?>(
    "--output", "Put the executed notebooks there. [default: artifacts/notebooks]", "DIR");
Option<bool> inPlace = Named<bool>(
    "--in-place", "Also replace the notebooks by the executed ones, if all their cells succeed.");
Option<bool> images = Named<bool>(
    "--images", "Save figures as pictures that show without JavaScript. Needs Chromium or Chrome.");
Option<bool> open = Named<bool>("--open", "Open the front page of the pages in a browser.");
Option<bool> pagesOnly = Named<bool>(
    "--pages-only", "Run nothing: write the pages, with outputs that an earlier run has left or the notebooks hold.");
Option<bool> noPages = Named<bool>("--no-pages", "Write no pages.");
notebooks.Validators.Add(result =>
{
    if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } token)
        result.AddError($"There is no option {token.Value}.");
});
output.Validators.Add(result =>
{
    if (result.Tokens is [var token] && string.IsNullOrWhiteSpace(token.Value))
        result.AddError("--output is empty: expected a folder.");
});

var run = new RootCommand("Runs the notebooks without an editor and compares their results with the tutorial's.")
{
    notebooks, epochs, seed, seeds, output, inPlace, images, timeout, open, pagesOnly, noPages,
};
run.SetAction((result, token) => Guard(async () =>
{
    string folder = Path.TrimEndingDirectorySeparator(
        Path.GetFullPath(result.GetValue(output) ?? NotebookFolder.DefaultOutput()));
    NotebookParameter[] parameters =
    [
        .. from option in new[] { epochs, seed, seeds }
           where result.GetResult(option) is { Implicit: false }
           let variable = option == epochs ? "numEpochs" : option.Name[2..]
           select new NotebookParameter(option.Name, variable, $"{result.GetValue(option)}"),
    ];
    string[] names = result.GetValue(notebooks)!;
    if (names is [] && parameters.Any(parameter => parameter.Option == seeds.Name))
        names = [NotebookFolder.SeedsNotebook];

    bool isRun = !result.GetValue(pagesOnly);
    string[] forRuns = [.. names, .. parameters.Select(parameter => parameter.Option)];
    if (!isRun && forRuns is [var first, ..])
        throw new RunnerException($"--pages-only runs no notebook: leave out {first}.");

    string? browser = result.GetValue(images) ? FigurePictures.FindBrowser() : null;
    var runner = new NotebookRunner(
        parameters, folder, result.GetValue(inPlace),
        [browser ?? "", $"{(result.GetResult(timeout) is { Implicit: false } ? result.GetValue(timeout) : -1)}"]);
    int exitCode = isRun ? await runner.RunAsync(NotebookFolder.Find(names), token) : 0;
    bool isNothingToShow = isRun && runner.Executed.Count == 0;
    if (exitCode == NotebookRunner.Cancelled || result.GetValue(noPages) || isNothingToShow)
        return exitCode;

    var pages = new PageFolder(folder);
    IReadOnlyList<string> problems = pages.Write(runner.Executed);
    AnsiConsole.MarkupLineInterpolated($"As pages, for any browser: {pages.Front}");
    foreach (string problem in problems)
        AnsiConsole.MarkupLineInterpolated($"[red]No page: {problem}[/]");

    if (result.GetValue(open))
        pages.Open();

    return isRun || problems.Count == 0 ? exitCode : 1;
}));

// Threads that a stopped cell has left behind do not keep the process alive.
Environment.Exit(args is [NotebookRunner.ExecuteCommand, var target, var workingFolder, var browser, var seconds]
    ? await Guard(() => ExecuteAsync(target, workingFolder, browser, int.Parse(seconds)))
    : await run.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) }));

static Option<T> Named<T>(string name, string description, string? value = null) =>
    new(name) { Description = description, HelpName = value };

static Option<int> Number(string name, string description, int lowest)
{
    const int Highest = 1_000_000;
    Option<int> option = Named<int>(name, description, "N");
    option.Validators.Add(result =>
    {
        if (result.Tokens is not [var token] || !int.TryParse(token.Value, out int number))
            return;

        if (number < lowest)
            result.AddError($"{name} is {number}: expected {lowest} or more.");
        else if (number > Highest && lowest == 1)
            result.AddError($"{name} is {number}: expected {Highest} or less.");
    });
    return option;
}

static async Task<int> ExecuteAsync(string target, string folder, string browser, int seconds)
{
    // Ctrl+C reaches this process too, but it is for the one that started it to decide: it closes the input.
    Console.CancelKeyPress += (_, press) => press.Cancel = true;
    using var stop = new CancellationTokenSource();
    Stream input = Console.OpenStandardInput();
    Console.SetIn(TextReader.Null);
    _ = Task.Run(() =>
    {
        while (input.ReadByte() >= 0)
        {
        }

        stop.Cancel();
    });

    await using FigurePictures? figures = browser == "" ? null : await FigurePictures.StartAsync(browser);
    TimeSpan? limit = seconds < 0 ? null : TimeSpan.FromSeconds(seconds);
    return await new NotebookExecution(Notebook.Load(target), folder, figures, limit).RunAsync(stop.Token) ? 0 : 1;
}

static async Task<int> Guard(Func<Task<int>> action)
{
    try
    {
        return await action();
    }
    catch (Exception e) when (e is RunnerException or IOException or UnauthorizedAccessException)
    {
        // The process that runs a notebook tells it to the one that waits for it.
        Console.Error.WriteLine(e.Message);
        return 1;
    }
}

using System.CommandLine;
using System.Text;
using FashionNotebooks.Runner;
using Spectre.Console;

const int LongestTimeout = 1_000_000;

Console.OutputEncoding = Encoding.UTF8;

// A file or a pipe has no width; a table needs one.
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Width = 120;

var notebooks = new Argument<string[]>("notebooks")
{
    Description = "Notebooks to run: files, or names such as 3-train-and-predict. 1 to 6 by default.",
    Arity = ArgumentArity.ZeroOrMore,
};
var epochs = new Option<int>("--epochs")
{
    Description = "Train for N epochs, in place of each notebook's numEpochs.",
    HelpName = "N",
};
var seed = new Option<int>("--seed")
{
    Description = "Start from seed N, in place of each notebook's seed.",
    HelpName = "N",
};
var seeds = new Option<int>("--seeds")
{
    Description = "Train both networks with N seeds and show how the accuracies vary: "
        + $"runs {NotebookFolder.SeedsNotebook}, if no other is named.",
    HelpName = "N",
};
var output = new Option<string?>("--output")
{
    Description = "Put the executed notebooks there. [default: artifacts/notebooks]",
    HelpName = "DIR",
};
var inPlace = new Option<bool>("--in-place")
{
    Description = "Also replace the notebooks by the executed ones, if all their cells succeed.",
};
var images = new Option<bool>("--images")
{
    Description = "Save figures as pictures that show without JavaScript. Needs Chromium or Chrome.",
};
var timeout = new Option<int>("--timeout")
{
    Description = "Give up a notebook when one of its cells takes longer than N seconds.",
    HelpName = "N",
};
notebooks.Validators.Add(result =>
{
    if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } token)
        result.AddError($"There is no option {token.Value}.");
});
timeout.Validators.Add(result =>
{
    if (result.Tokens is [var token] && int.TryParse(token.Value, out int number) && number > LongestTimeout)
        result.AddError($"--timeout is {number}: expected {LongestTimeout} or less.");
});
output.Validators.Add(result =>
{
    if (result.Tokens is [var token] && string.IsNullOrWhiteSpace(token.Value))
        result.AddError("--output is empty: expected a folder.");
});
foreach (Option<int> count in new[] { epochs, seeds, timeout })
{
    count.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, out int number) && number < 1)
            result.AddError($"{count.Name} is {number}: expected 1 or more.");
    });
}

var run = new RootCommand("Runs the notebooks without an editor and compares their results with the tutorial's.")
{
    notebooks, epochs, seed, seeds, output, inPlace, images, timeout,
};
run.SetAction((result, token) => Guard(() =>
{
    NotebookParameter[] parameters =
    [
        .. from entry in new[] { (epochs, "numEpochs"), (seed, "seed"), (seeds, "seeds") }
           let option = entry.Item1
           where result.GetResult(option) is { Implicit: false }
           select new NotebookParameter(option.Name, entry.Item2, $"{result.GetValue(option)}"),
    ];
    string[] names = result.GetValue(notebooks)!;
    if (names is [] && parameters.Any(parameter => parameter.Option == seeds.Name))
        names = [NotebookFolder.SeedsNotebook];

    bool withImages = result.GetValue(images);
    if (withImages)
        FigurePictures.FindBrowser();

    string folder = Path.GetFullPath(result.GetValue(output) ?? NotebookFolder.DefaultOutput());
    IReadOnlyList<string> paths = NotebookFolder.Find(names);
    int? seconds = result.GetResult(timeout) is { Implicit: false } ? result.GetValue(timeout) : null;
    var options = new RunOptions(
        parameters, Path.TrimEndingDirectorySeparator(folder), result.GetValue(inPlace), withImages, seconds);
    return NotebookRunner.RunAsync(paths, options, token);
}));

var target = new Argument<string>("target");
var workingFolder = new Argument<string>("folder");
var execute = new Command(NotebookRunner.ExecuteCommand, "Runs one prepared notebook in this process.")
{
    target, workingFolder, images, timeout,
};
execute.Hidden = true;
execute.SetAction((result, token) => Guard(async () =>
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

    await using FigurePictures? figures = result.GetValue(images)
        ? await FigurePictures.StartAsync(FigurePictures.FindBrowser())
        : null;
    Notebook notebook = Notebook.Load(Path.GetFullPath(result.GetValue(target)!));
    TimeSpan? limit = result.GetResult(timeout) is { Implicit: false }
        ? TimeSpan.FromSeconds(result.GetValue(timeout))
        : null;
    var execution = new NotebookExecution(notebook, result.GetValue(workingFolder)!, figures, limit);
    return await execution.RunAsync(stop.Token) ? 0 : 1;
}));
run.Add(execute);

// Ctrl+C cancels the run, which then takes care of the process that executes a notebook; that one waits to be told.
TimeSpan? timeToEnd = args is [NotebookRunner.ExecuteCommand, ..] ? null : TimeSpan.FromSeconds(10);
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = timeToEnd };

// Threads that a stopped cell has left behind do not keep the process alive.
Environment.Exit(await run.Parse(args).InvokeAsync(configuration));

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

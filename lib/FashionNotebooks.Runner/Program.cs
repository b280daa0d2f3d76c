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
    Description = "Notebooks to run: files, or names such as 3-train-and-predict. 1 to 6 by default.",
    Arity = ArgumentArity.ZeroOrMore,
};
var epochs = new Option<int>("--epochs") { Description = "Train for N epochs, in place of each notebook's numEpochs.", HelpName = "N" };
var seed = new Option<int>("--seed") { Description = "Start from seed N, in place of each notebook's seed.", HelpName = "N" };
var seeds = new Option<int>("--seeds")
{
    Description = $"Train both networks with N seeds and show how the accuracies vary: runs {NotebookFolder.SeedsNotebook}, if no other is named.",
    HelpName = "N",
};
var output = new Option<string?>("--output") { Description = "Put the executed notebooks there. [default: artifacts/notebooks]", HelpName = "DIR" };
var inPlace = new Option<bool>("--in-place") { Description = "Also replace the notebooks by the executed ones, if all their cells succeed." };
var images = new Option<bool>("--images") { Description = "Save figures as pictures that show without JavaScript. Needs Chromium or Chrome." };
notebooks.Validators.Add(result =>
{
    if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } token)
        result.AddError($"There is no option {token.Value}.");
});
foreach (Option<int> count in new[] { epochs, seeds })
{
    count.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, out int number) && number < 1)
            result.AddError($"{count.Name} is {number}: expected 1 or more.");
    });
}

var run = new RootCommand("Runs the notebooks without an editor and compares their results with the tutorial's.")
{
    notebooks, epochs, seed, seeds, output, inPlace, images,
};
run.SetAction((result, token) => Guard(() =>
{
    var parameters = new Dictionary<string, string>();
    if (result.GetResult(epochs) is { Implicit: false })
        parameters["numEpochs"] = $"{result.GetValue(epochs)}";

    if (result.GetResult(seed) is { Implicit: false })
        parameters["seed"] = $"{result.GetValue(seed)}";

    string[] names = result.GetValue(notebooks)!;
    if (result.GetResult(seeds) is { Implicit: false })
    {
        parameters["seeds"] = $"{result.GetValue(seeds)}";
        names = names is [] ? [NotebookFolder.SeedsNotebook] : names;
    }

    bool withImages = result.GetValue(images);
    if (withImages)
        FigurePictures.FindBrowser();

    string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(result.GetValue(output) ?? NotebookFolder.DefaultOutput()));
    IReadOnlyList<string> paths = NotebookFolder.Find(names);
    return NotebookRunner.RunAsync(paths, new RunOptions(parameters, folder, result.GetValue(inPlace), withImages), token);
}));

var target = new Argument<string>("target");
var workingFolder = new Argument<string>("folder");
var execute = new Command(NotebookRunner.ExecuteCommand, "Runs one prepared notebook in this process.") { target, workingFolder, images };
execute.Hidden = true;
execute.SetAction((result, _) => Guard(async () =>
{
    await using FigurePictures? figures = result.GetValue(images) ? await FigurePictures.StartAsync(FigurePictures.FindBrowser()) : null;
    Notebook notebook = Notebook.Load(Path.GetFullPath(result.GetValue(target)!));
    return await new NotebookExecution(notebook, result.GetValue(workingFolder)!, figures).RunAsync() ? 0 : 1;
}));
run.Add(execute);

return await run.Parse(args).InvokeAsync();

static async Task<int> Guard(Func<Task<int>> action)
{
    try
    {
        return await action();
    }
    catch (Exception e) when (e is RunnerException or IOException or UnauthorizedAccessException)
    {
        AnsiConsole.MarkupLineInterpolated($"[red]{e.Message}[/]");
        return 1;
    }
}

using System.CommandLine;
using FashionNotebooks.Runner;
using Spectre.Console;

// A file or a pipe has no width; a table needs one.
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Width = 120;

var notebooks = new Argument<string[]>("notebooks")
{
    Description = "Notebooks to run: files, or names such as 3-train-and-predict. All of them by default.",
    Arity = ArgumentArity.ZeroOrMore,
};
var epochs = new Option<int>("--epochs") { Description = "Train for N epochs, in place of each notebook's numEpochs.", HelpName = "N" };
var seed = new Option<int>("--seed") { Description = "Start from seed N, in place of each notebook's seed.", HelpName = "N" };
var output = new Option<string?>("--output") { Description = "Put the executed notebooks there. [default: artifacts/notebooks]", HelpName = "DIR" };
var inPlace = new Option<bool>("--in-place") { Description = "Also replace the notebooks by the executed ones, if all their cells succeed." };
var images = new Option<bool>("--images") { Description = "Save figures as pictures that show without JavaScript. Needs Chromium or Chrome." };
notebooks.Validators.Add(result =>
{
    if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } token)
        result.AddError($"There is no option {token.Value}.");
});
epochs.Validators.Add(result =>
{
    if (result.Tokens is [var token] && int.TryParse(token.Value, out int number) && number < 1)
        result.AddError($"--epochs is {number}: expected 1 or more.");
});

var run = new RootCommand("Runs the notebooks without an editor and compares their results with the tutorial's.")
{
    notebooks, epochs, seed, output, inPlace, images,
};
run.SetAction(result => Guard(() =>
{
    var parameters = new Dictionary<string, string>();
    if (result.GetResult(epochs) is { Implicit: false })
        parameters["numEpochs"] = $"{result.GetValue(epochs)}";

    if (result.GetResult(seed) is { Implicit: false })
        parameters["seed"] = $"{result.GetValue(seed)}";

    bool withImages = result.GetValue(images);
    if (withImages && FigurePictures.FindBrowser() is null)
    {
        throw new InvalidOperationException("--images needs Chromium, Chrome or Edge, and none was found on PATH. "
            + "Install one, or name it in the environment variable CHROME_PATH.");
    }

    string folder = Path.GetFullPath(result.GetValue(output) ?? NotebookFolder.DefaultOutput());
    IReadOnlyList<string> paths = NotebookFolder.Find(result.GetValue(notebooks)!);
    return NotebookRunner.Run(paths, new RunOptions(parameters, folder, result.GetValue(inPlace), withImages));
}));

var source = new Argument<string>("source");
var target = new Argument<string>("target");
var assignments = new Argument<string[]>("assignments") { Arity = ArgumentArity.ZeroOrMore };
var execute = new Command(NotebookRunner.ExecuteCommand, "Runs one notebook in this process.") { source, target, assignments, images };
execute.Hidden = true;
execute.SetAction(async (result, _) =>
{
    Notebook notebook = Notebook.Load(result.GetValue(source)!);
    notebook.Clear();
    notebook.Inject(result.GetValue(assignments)!.Select(text => text.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));
    await using FigurePictures? figures = result.GetValue(images) ? await FigurePictures.StartAsync(FigurePictures.FindBrowser()!) : null;
    return await new NotebookExecution(notebook, result.GetValue(target)!, figures).RunAsync() ? 0 : 1;
});
run.Add(execute);

return await run.Parse(args).InvokeAsync();

static int Guard(Func<int> action)
{
    try
    {
        return action();
    }
    catch (Exception e) when (e is NotebookException or InvalidOperationException or IOException or UnauthorizedAccessException)
    {
        AnsiConsole.MarkupLineInterpolated($"[red]{e.Message}[/]");
        return 1;
    }
}

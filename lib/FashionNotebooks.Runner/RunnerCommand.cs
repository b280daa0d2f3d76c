using System.CommandLine;

namespace FashionNotebooks.Runner;

/// <summary>The command line: its options, and what they make it do.</summary>
internal sealed class RunnerCommand : RootCommand
{
    private readonly Argument<string[]> notebooks = new("notebooks")
    {
        Description = "Notebooks to run: files, or names such as 3-train-and-predict. By default, all but "
            + $"{string.Join(" and ", CourseNotebooks.LongNotebooks)}.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<int?> epochs = CreateCount(
        "--epochs", "Train for N epochs, in place of each notebook's numEpochs.");
    private readonly Option<int?> seed = Create<int?>(
        "--seed", "Start from seed N, in place of each notebook's seed.", "N");
    private readonly Option<int?> seeds = CreateCount(
        "--seeds", "Train the three networks with N seeds and show how the accuracies vary: "
            + $"runs {CourseNotebooks.SeedsNotebook}, if no other is named.");
    private readonly Option<int?> threads = CreateCount(
        "--threads", "Compute with N threads, in place of each notebook's 2: other digits, as with another seed.");
    private readonly Option<int?> processes = CreateCount(
        "--processes", "Let N processes share the trainings of a long notebook: the same digits. "
            + "[default: as many as there are processors for their threads, at most 8]");
    private readonly Option<DirectoryInfo?> output = Create<DirectoryInfo?>(
        "--output", "Put the executed notebooks there. [default: artifacts/notebooks]", "DIR");
    private readonly Option<bool> inPlace = Create<bool>(
        "--in-place", "Also replace the notebooks by the executed ones, if all their cells succeed.");
    private readonly Option<bool> images = Create<bool>(
        "--images", "Save figures as pictures that show without JavaScript. Needs Chromium or Chrome.");
    private readonly Option<int?> timeout = CreateCount(
        "--timeout", "Give up a notebook when one of its cells takes longer than N seconds.");
    private readonly Option<bool> pagesOnly = Create<bool>(
        "--pages-only",
        "Run nothing: write the pages, with outputs that an earlier run has left or the notebooks hold.");
    private readonly Option<bool> noPages = Create<bool>("--no-pages", "Write no pages.");

    public RunnerCommand()
        : base("Runs the notebooks without an editor and compares their results with the tutorial's.")
    {
        Add(notebooks);
        Option[] options =
            [epochs, seed, seeds, threads, processes, output, inPlace, images, timeout, pagesOnly, noPages];
        options.ToList().ForEach(Add);
        SetAction(RunAsync);
    }

    private static Option<T> Create<T>(string name, string description, string? value = null) =>
        new(name) { Description = description, HelpName = value };

    private static Option<int?> CreateCount(string name, string description)
    {
        const int Highest = 1_000_000;
        Option<int?> option = Create<int?>(name, description, "N");
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out int number) && number is < 1 or > Highest)
                result.AddError($"{name} is {number}: expected 1 to {Highest}.");
        });
        return option;
    }

    /// <returns>The exit code: 0 if all went well, 1 if not, 130 if the run was cancelled.</returns>
    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        string folder = Path.TrimEndingDirectorySeparator(
            result.GetValue(output)?.FullName ?? CourseNotebooks.DefaultOutput());
        (Option<int?> Option, string Variable)[] variables =
            [(epochs, "numEpochs"), (seed, "seed"), (seeds, "seeds"), (threads, "threads")];
        NotebookParameter[] parameters =
        [
            .. from variable in variables
               let value = result.GetValue(variable.Option)
               where value is not null
               select new NotebookParameter(variable.Option.Name, variable.Variable, $"{value}"),
        ];
        string[] names = result.GetValue(notebooks)!;
        if (result.GetValue(pagesOnly))
        {
            Option[] ofRuns = [epochs, seed, seeds, threads, processes, images, inPlace, timeout, noPages];
            IEnumerable<string> given = ofRuns.Where(option => result.GetResult(option) is { Implicit: false })
                .Select(option => option.Name);
            if (names.Concat(given).FirstOrDefault() is { } unused)
                throw new RunnerException($"--pages-only runs no notebook: leave out {unused}.");

            return WritePages(folder, []) ? 0 : 1;
        }

        if (names is [] && result.GetValue(seeds) is not null)
            names = [CourseNotebooks.SeedsNotebook];

        IReadOnlyList<string> paths = CourseNotebooks.Find(names);
        if (result.GetValue(processes) is not null && !paths.Any(CourseNotebooks.IsLong))
            throw new RunnerException("--processes would change nothing: no long notebook is named. Leave it out.");

        string? browser = result.GetValue(images) ? FigurePictures.FindBrowser() : null;
        int count = result.GetValue(processes)
            ?? Math.Clamp(Environment.ProcessorCount / (result.GetValue(threads) ?? 2), 1, 8);
        var runner = new NotebookRunner(
            parameters, folder, result.GetValue(inPlace), browser, result.GetValue(timeout), count);
        IReadOnlyList<RunReport> reports = await runner.RunAsync(paths, cancellationToken);
        RunReport.Print(reports);
        AnsiConsole.MarkupLineInterpolated($"The executed notebooks are in {folder}");
        if (cancellationToken.IsCancellationRequested)
            return 130;

        string[] executed = [.. reports.Where(report => report.Executed is not null).Select(report => report.Name)];
        bool isShown = executed.Length == 0 || result.GetValue(noPages) || WritePages(folder, executed);
        return isShown && reports.All(report => report.Failure is null) ? 0 : 1;
    }

    /// <returns>Whether every notebook has its page.</returns>
    private static bool WritePages(string folder, string[] executed)
    {
        var pages = new PageFolder(folder);
        IReadOnlyList<string> problems = pages.Write(executed);
        AnsiConsole.MarkupLineInterpolated($"As pages, for any browser: {pages.Front}");
        foreach (string problem in problems)
            AnsiConsole.MarkupLineInterpolated($"[red]No page: {problem}[/]");

        foreach (string picture in pages.MissingPictures)
            AnsiConsole.MarkupLineInterpolated(
                $"[yellow]Not shown: {picture}. A page shows pictures in the folder of its notebook and below.[/]");

        return problems.Count == 0;
    }
}

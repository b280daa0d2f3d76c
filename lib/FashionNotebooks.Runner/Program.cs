using System.CommandLine;
using System.Globalization;
using FashionNotebooks.Runner;

// Numbers look alike on all machines, and in the cells too. These may ask for another culture.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = Encoding.UTF8;

// A file or a pipe has no width; a table needs one.
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Width = 120;

int exitCode;
try
{
    exitCode = args is [NotebookProcess.Command, var argument]
        ? await NotebookProcess.ExecuteAsync(argument)
        : await new RunnerCommand().Parse(args).InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
        });
}
catch (Exception e) when (e is RunnerException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    exitCode = 1;
}

// The code of a stopped cell may still run, and would keep the process alive.
Environment.Exit(exitCode);

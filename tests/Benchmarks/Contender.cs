using System.Diagnostics;
using System.Globalization;

namespace FashionNotebooks.Benchmarks;

/// <summary>A process that does its work once whenever it is told to, so that several can take turns.</summary>
internal sealed class Contender : IDisposable
{
    /// <summary>The argument with which this program starts itself for <see cref="Work.Run"/>.</summary>
    public const string Command = "work";

    private readonly Process process;

    private Contender(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        if (process.StandardOutput.ReadLine() is not { } line || !line.StartsWith("ready", StringComparison.Ordinal))
        {
            Dispose();
            throw new InvalidOperationException(
                $"{start.FileName} {string.Join(' ', start.ArgumentList)} did not start.");
        }

        Version = line["ready".Length..].Trim();
    }

    /// <summary>The processor time that it has taken.</summary>
    public TimeSpan ProcessorTime => process.TotalProcessorTime;

    /// <summary>What the process said of itself when it started.</summary>
    public string Version { get; }

    /// <summary>This program again, see <see cref="Work.Run"/>.</summary>
    public static Contender StartOwn(params string[] arguments) =>
        new(new ProcessStartInfo("dotnet", [typeof(Contender).Assembly.Location, Command, .. arguments]));

    /// <summary>The tutorial in Python, if a Python with torch and torchvision is there.</summary>
    public static Contender? StartPython(string network)
    {
        string script = Path.Combine(Repository.Root, "tests", "PyTorch", "tutorial.py");
        foreach (string python in new[] { "python3", "/usr/bin/python3", "python" })
        {
            try
            {
                return new Contender(new ProcessStartInfo(python, [script, network]));
            }
            catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
            {
                // Not there, or without the packages: the next one.
            }
        }

        return null;
    }

    /// <summary>Does the work once.</summary>
    /// <returns>What the process printed: seconds, live tensors, and the peak of its memory in MB.</returns>
    public double[] Run()
    {
        process.StandardInput.WriteLine();
        process.StandardInput.Flush();
        string line = process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("A process of the benchmark ended early.");
        return [.. line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}

// The first cell of each notebook imports this file, which makes the folder of the notebooks the current one, compiles
// the library if its sources have changed since it was compiled last, and has the cell call Library.Verify. It belongs
// to no project: it is C# as notebooks have it.
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

static class Library
{
    // Relative to the folder of the notebooks, which is the current one.
    const string Output = "../lib/bin/Release/";

    const string Website = "https://dotnet.microsoft.com/download";

    static Task build;

    // Kernels tell nothing of an exception in a file that is imported: the task keeps it for Verify.
    public static void Build() => (build = new Task(CompileIfChanged)).RunSynchronously();

    public static void Verify()
    {
        build.GetAwaiter().GetResult();
        Console.WriteLine("The library is ready.");
    }

    static void CompileIfChanged()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (Environment.Version.Major < 10)
            throw new Exception($"This kernel runs on .NET {Environment.Version}: install the .NET 10 SDK, {Website}.");

        string root = Directory.GetCurrentDirectory();
        while (!File.Exists(Path.Combine(root, "FashionNotebooks.sln")))
        {
            root = Path.GetDirectoryName(root)
                ?? throw new Exception("Open this notebook in a clone of FashionNotebooks.");
        }

        Directory.SetCurrentDirectory(Path.Combine(root, "notebooks"));

        string[] sources = ListSources();
        string loaded = Path.GetFullPath(Output);
        if (AppDomain.CurrentDomain.GetData(loaded) is string[] old && !old.SequenceEqual(sources))
            throw new Exception("The library has changed, and this kernel holds the old one: restart the kernel.");

        for (bool isFirst = true; !IsCurrent(sources); isFirst = false)
        {
            using FileStream turn = TakeTurn();
            if (turn != null)
            {
                if (!IsCurrent(sources))
                    Compile();
                break;
            }

            if (isFirst)
                Console.WriteLine("Another notebook of this clone is compiling the library: waiting for it.");
            Thread.Sleep(200);
        }

        AppDomain.CurrentDomain.SetData(loaded, sources);
    }

    // What FashionNotebooks.csproj lists when a compilation begins: a change meanwhile is compiled by the next one.
    static string[] ListSources()
    {
        string[] leftOut = { "bin", "obj", "FashionNotebooks.Runner" };
        return Directory.GetFiles("../lib", "*", SearchOption.AllDirectories)
            .Where(path => !path.Split('/', '\\').Intersect(leftOut).Any())
            .Concat(Directory.GetFiles("..", "Directory.*.props"))
            .Select(path => $"{Path.GetFullPath(path)} {File.GetLastWriteTime(path):yyyy-MM-dd HH:mm:ss.fffffff}")
            .Append($"TorchSharpPackage={Environment.GetEnvironmentVariable("TorchSharpPackage")}").Order().ToArray();
    }

    static bool IsCurrent(string[] sources) => File.Exists(Output + "Load.cs") && File.Exists(Output + "sources.txt")
        && File.ReadAllLines(Output + "sources.txt").Order().SequenceEqual(sources);

    // One notebook of a clone at a time, since two compilations would write the same files; null if another has it.
    static FileStream TakeTurn()
    {
        try
        {
            Directory.CreateDirectory(Output);
            return new FileStream(Output + "build.lock", FileMode.Create, FileAccess.Write, FileShare.None);
        }
        catch (IOException e) when ((e.HResult & 0xFFFF) is 32 or 33 or 11 or 35)
        {
            // These are what Windows, Linux and macOS say of a file that another process keeps to itself.
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Exception($"The library has to be compiled, and its folder cannot be written: {e.Message}");
        }
    }

    static void Compile()
    {
        Console.WriteLine("Compiling the library: 15 to 20 seconds, longer if packages must be downloaded.");

        // Some hosts go on after an error: they are not to load the old library.
        File.Delete(Output + "Load.cs");

        const string Command = "build ../lib/FashionNotebooks -c Release -v quiet --disable-build-servers";
        var start = new ProcessStartInfo(FindDotnet(), Command)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process dotnet = Process.Start(start);
        Task<string> errors = dotnet.StandardError.ReadToEndAsync();
        string log = dotnet.StandardOutput.ReadToEnd() + errors.Result;
        dotnet.WaitForExit();
        if (dotnet.ExitCode != 0)
        {
            throw new Exception(log.Contains("MSB302") && log.Contains("used by another process")
                ? "The library has changed, and a running notebook holds it: restart all kernels."
                : $"The library does not compile:\n{log}");
        }
    }

    // The dotnet that runs this kernel, or if it came without an SDK, that of the PATH.
    static string FindDotnet()
    {
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string own = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string folders = Directory.Exists(Path.Combine(own, "sdk")) ? own : Environment.GetEnvironmentVariable("PATH");
        return (folders ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new Exception($"The .NET 10 SDK was not found: install it, {Website}.");
    }
}

Library.Build();

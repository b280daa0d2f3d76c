// The first cell of each notebook imports this file, which compiles the library if its sources have changed since it
// was compiled last; the second calls Library.Verify. It belongs to no project: it is C# as notebooks have it.
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

static class Library
{
    const string Website = "https://dotnet.microsoft.com/download";

    static string root, output;

    static Task build;

    // Kernels tell nothing of an exception in a file that is imported: the task keeps it for Verify.
    public static void Build() => (build = new Task(CompileIfChanged)).RunSynchronously();

    // Paths in cells begin in the notebook's own folder. Most hosts start there; for the others it is named.
    public static void Verify(string folder = "notebooks")
    {
        build.GetAwaiter().GetResult();
        Directory.SetCurrentDirectory(Path.Combine(root, folder));
        Console.WriteLine("The library is ready.");
    }

    static void CompileIfChanged()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (Environment.Version.Major < 10)
            throw new Exception($"This kernel runs on .NET {Environment.Version}: install the .NET 10 SDK, {Website}.");

        root = Directory.GetCurrentDirectory();
        while (!File.Exists(Path.Combine(root, "FashionNotebooks.sln")))
        {
            root = Path.GetDirectoryName(root)
                ?? throw new Exception("Open this notebook in a clone of FashionNotebooks.");
        }

        output = Path.Combine(root, "lib", "bin", "Release") + Path.DirectorySeparatorChar;
        string[] sources = ListSources();
        if (AppDomain.CurrentDomain.GetData(output) is string[] old && !old.SequenceEqual(sources))
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

        AppDomain.CurrentDomain.SetData(output, sources);
    }

    // What FashionNotebooks.csproj lists when a compilation begins: a change meanwhile is compiled by the next one.
    static string[] ListSources()
    {
        string[] leftOut = { "bin", "obj", "FashionNotebooks.Runner" };
        string library = Path.Combine(root, "lib");
        return Directory.GetFiles(library, "*", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(library, path).Split('/', '\\').Intersect(leftOut).Any())
            .Concat(Directory.GetFiles(root, "Directory.*.props"))
            .Select(path => $"{path} {File.GetLastWriteTime(path):yyyy-MM-dd HH:mm:ss.fffffff}")
            .Append($"TorchSharpPackage={Environment.GetEnvironmentVariable("TorchSharpPackage")}").Order().ToArray();
    }

    static bool IsCurrent(string[] sources) => File.Exists(output + "Load.cs") && File.Exists(output + "sources.txt")
        && File.ReadAllLines(output + "sources.txt").Order().SequenceEqual(sources);

    // One notebook of a clone at a time, since two compilations would write the same files; null if another has it.
    static FileStream TakeTurn()
    {
        try
        {
            Directory.CreateDirectory(output);
            return new FileStream(output + "build.lock", FileMode.Create, FileAccess.Write, FileShare.None);
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
        File.Delete(output + "Load.cs");

        const string Command = "build lib/FashionNotebooks -c Release -v quiet --disable-build-servers";
        var start = new ProcessStartInfo(FindDotnet(), Command)
        {
            WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true,
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

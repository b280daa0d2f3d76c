// The first cell of each notebook imports this file, which compiles the library if that has changed since it was
// compiled last, and then calls Library.Verify. It is not part of a project, but C# as notebooks have it.
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

static class Library
{
    const string Website = "https://dotnet.microsoft.com/download";

    static Exception failure;

    // Kernels tell nothing of an exception in a file that is imported, so that Verify has to throw it.
    public static void Build()
    {
        try
        {
            CompileIfChanged();
        }
        catch (Exception e)
        {
            failure = e;
        }
    }

    public static void Verify()
    {
        if (failure != null)
            throw failure;

        Console.WriteLine("The library is ready.");
    }

    static void CompileIfChanged()
    {
        if (Environment.Version.Major < 10)
            throw new Exception($"This kernel runs on .NET {Environment.Version}: install the .NET 10 SDK, {Website}.");

        string root = Directory.GetCurrentDirectory();
        while (!File.Exists(Path.Combine(root, "FashionNotebooks.sln")))
        {
            root = Path.GetDirectoryName(root)
                ?? throw new Exception("Open this notebook in a clone of FashionNotebooks.");
        }

        Directory.SetCurrentDirectory(Path.Combine(root, "notebooks"));
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        string lib = Path.Combine(root, "lib");
        if (!IsCurrent(lib))
        {
            using (WaitForTurn(lib))
            {
                if (!IsCurrent(lib))
                    Compile(lib);
            }
        }

        ThrowIfReplaced(Output(lib, "FashionNotebooks.dll"));
    }

    static string Output(string lib, string name) => Path.Combine(lib, "bin", "Release", name);

    // Each compilation ends by writing Load.cs. Folders count too: their time changes when a file is deleted.
    static bool IsCurrent(string lib)
    {
        string load = Output(lib, "Load.cs");
        string reference = Output(lib, "FashionNotebooks.dll");
        if (!File.Exists(load) || !File.ReadAllText(load).Contains(reference, StringComparison.OrdinalIgnoreCase))
            return false;

        IEnumerable<FileSystemInfo> inputs = new DirectoryInfo(Path.Combine(lib, "..")).GetFiles("Directory.*.props");
        foreach (DirectoryInfo project in new DirectoryInfo(lib).GetDirectories("FashionNotebooks*"))
        {
            if (project.Name == "FashionNotebooks.Runner")
                continue;

            var sources = project.GetDirectories().Where(source => source.Name is not ("bin" or "obj"));
            inputs = inputs.Append(project).Concat(project.GetFiles()).Concat(sources)
                .Concat(sources.SelectMany(source => source.GetFileSystemInfos("*", SearchOption.AllDirectories)));
        }

        DateTime compiled = File.GetLastWriteTimeUtc(load);
        return inputs.All(input => input.LastWriteTimeUtc <= compiled);
    }

    // One notebook of a clone at a time: two compilations at once would write the same files.
    static FileStream WaitForTurn(string lib)
    {
        string path = Path.Combine(lib, "bin", "build.lock");
        var clock = Stopwatch.StartNew();
        for (bool isFirst = true; ; isFirst = false)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path));
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception e) when (e is UnauthorizedAccessException || e is IOException && !IsHeld(e))
            {
                throw new Exception($"The library has to be compiled, and its folder cannot be written: {e.Message}");
            }
            catch (IOException) when (clock.Elapsed.TotalMinutes > 10)
            {
                throw new Exception(
                    $"Another notebook has been compiling for ten minutes and holds {path}: restart its kernel.");
            }
            catch (IOException)
            {
                if (isFirst)
                    Console.WriteLine("Another notebook of this clone is compiling the library: waiting for it.");

                Thread.Sleep(200);
            }
        }
    }

    // What Windows, Linux and macOS say of a file that another process has opened for itself.
    static bool IsHeld(Exception e) => (e.HResult & 0xFFFF) is 32 or 33 or 11 or 35;

    static void Compile(string lib)
    {
        Console.WriteLine("Compiling the library; the first time takes half a minute.");

        // Some hosts go on after an error: they are not to load the old library.
        if (File.Exists(Output(lib, "Load.cs")))
            File.Delete(Output(lib, "Load.cs"));

        string command = "build FashionNotebooks -c Release -v quiet --disable-build-servers";
        var start = new ProcessStartInfo(FindDotnet(), command)
        {
            WorkingDirectory = lib,
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        Process build = Process.Start(start);
        build.StandardInput.Close();
        Task<string> errors = build.StandardError.ReadToEndAsync();
        string log = build.StandardOutput.ReadToEnd() + errors.Result;
        build.WaitForExit();
        if (build.ExitCode == 0)
            return;

        if (log.Contains("MSB302") && log.Contains("used by another process"))
            throw new Exception("The library has changed, and a running notebook holds it: restart all kernels.");

        string reasons = string.Join('\n', log.Split('\n').Where(line => line.Contains("error ")).Distinct());
        throw new Exception("The library does not compile:\n" + (reasons == "" ? log : reasons));
    }

    // An editor may run the kernel without dotnet on its PATH.
    static string FindDotnet()
    {
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string runtime = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..");
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        foreach (string path in folders.Append(Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "").Append(runtime)
            .Select(folder => Path.GetFullPath(Path.Combine(folder, name), runtime))
            .Prepend(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")))
        {
            if (File.Exists(path) && HasSdk(new FileInfo(path)))
                return path;
        }

        throw new Exception($"The .NET 10 SDK was not found: install it, {Website}, or put its folder on the PATH.");
    }

    static bool HasSdk(FileInfo dotnet)
    {
        string path = dotnet.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? dotnet.FullName;
        return Directory.Exists(Path.Combine(Path.GetDirectoryName(path), "sdk"));
    }

    // A kernel goes on with the code that it has loaded first.
    static void ThrowIfReplaced(string library)
    {
        bool isLoaded = AppDomain.CurrentDomain.GetAssemblies()
            .Any(assembly => !assembly.IsDynamic && assembly.Location == library);
        DateTime compiled = File.GetLastWriteTimeUtc(library);
        if (isLoaded && AppDomain.CurrentDomain.GetData(library) is DateTime loaded && loaded != compiled)
            throw new Exception("The library has changed, and this kernel holds the old one: restart the kernel.");

        AppDomain.CurrentDomain.SetData(library, compiled);
    }
}

Library.Build();

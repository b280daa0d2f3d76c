namespace FashionNotebooks.Tests;

/// <summary>Console projects outside of the clone that use the library, with what may go wrong there.</summary>
[Trait("Category", "Slow")]
public sealed class ConsumerTests : IDisposable
{
    private const string Program = """
        using FashionNotebooks;
        using static TorchSharp.torch;

        Tensor labels = tensor(new long[] { 0, 1, 1 });
        var confusion = new ConfusionMatrix(labels, labels, ["cat", "dog"]);
        System.Console.WriteLine("sum " + labels.sum().item<long>());
        System.Console.WriteLine(Figures.ConfusionHeatmap(confusion).Specification);
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-consumer-");

    // A build takes it for the version.
    private readonly string? version = Environment.GetEnvironmentVariable("VERSION");

    /// <summary>Copies the library's sources, so that a build of it disturbs no other.</summary>
    public ConsumerTests()
    {
        Environment.SetEnvironmentVariable("VERSION", "v1.0-beta_3");
        Copy("Directory.Build.props", "a&b");
        Copy("Directory.Packages.props", "a&b");
        foreach (string project in new[] { "FashionNotebooks", "FashionNotebooks.Figures" })
        {
            string source = Path.Combine(Repository.Root, "lib", project);
            foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            {
                string path = Path.GetRelativePath(Repository.Root, file);
                if (!path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
                    Copy(path, "a&b");
            }
        }
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("VERSION", version);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_project_that_references_the_library_computes_and_draws()
    {
        // The versions that the clone's restore has brought to this machine.
        Copy("Directory.Packages.props", "consumer");
        RunConsumer(
            "", """<ProjectReference Include="../a&amp;b/lib/FashionNotebooks/FashionNotebooks.csproj" />""");
    }

    [Fact]
    public void A_project_that_references_the_package_computes_and_draws()
    {
        string library = Path.Combine(folder.FullName, "a&b", "lib", "FashionNotebooks");
        Dotnet("pack", library, "-o", Path.Combine(folder.FullName, "feed"));

        // The package goes into a cache of its own; all others are in the user's. One system's libtorch is enough.
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        RunConsumer(
            $"""
            <UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>
            <RestoreAdditionalProjectSources>../feed</RestoreAdditionalProjectSources>
            <RestorePackagesPath>../packages</RestorePackagesPath>
            <RestoreFallbackFolders>{cache}</RestoreFallbackFolders>
            """,
            """<PackageReference Include="FashionNotebooks" Version="1.0.0" />""");
    }

    private static string Dotnet(params string[] arguments)
    {
        (int exitCode, string text) = ToolProcess.Run("dotnet", arguments);
        Assert.True(exitCode == 0, text);
        return text;
    }

    private void RunConsumer(string properties, string reference)
    {
        DirectoryInfo consumer = folder.CreateSubdirectory("consumer");
        File.WriteAllText(Path.Combine(consumer.FullName, "Program.cs"), Program);
        File.WriteAllText(Path.Combine(consumer.FullName, "consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Version>1.0.0</Version>
                {properties}
              </PropertyGroup>
              <ItemGroup>{reference}</ItemGroup>
            </Project>
            """);

        string built = Dotnet("run", "--project", consumer.FullName);
        Assert.Contains("sum 2", built);
        Assert.Contains("\"heatmap\"", built);

        string published = Path.Combine(folder.FullName, "published");
        Dotnet("publish", consumer.FullName, "--no-build", "-c", "Debug", "-o", published);
        Assert.Contains("\"heatmap\"", Dotnet(Path.Combine(published, "consumer.dll")));

        string figures = Path.Combine(published, "figures");
        Directory.Delete(figures, recursive: true);
        (_, string error) = ToolProcess.Run("dotnet", Path.Combine(published, "consumer.dll"));
        Assert.Contains($"Figures need {figures}", error);
    }

    private void Copy(string path, string place)
    {
        string copy = Path.Combine(folder.FullName, place, path);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(Path.Combine(Repository.Root, path), copy);
    }
}

namespace FashionNotebooks.Tests;

/// <summary>A console project outside of the clone that references the library by its path.</summary>
[Trait("Category", "Slow")]
public class ConsumerTests : ScratchTests
{
    private const string Program = """
        using FashionNotebooks;
        using static TorchSharp.torch;

        Tensor labels = tensor(new long[] { 0, 1, 1 });
        var confusion = new ConfusionMatrix(labels, labels, ["cat", "dog"]);
        System.Console.WriteLine("sum " + labels.sum().item<long>());
        System.Console.WriteLine(Figures.ConfusionHeatmap(confusion).Specification);
        """;

    private string Consumer => PathOf("consumer");

    private string Published => PathOf("published");

    [Fact]
    public void It_computes_and_draws_when_run_and_when_published()
    {
        Directory.CreateDirectory(Consumer);

        // The versions that the clone's restore has brought to this machine.
        const string Versions = "Directory.Packages.props";
        File.Copy(Path.Combine(Repository.Root, Versions), Path.Combine(Consumer, Versions));
        File.WriteAllText(Path.Combine(Consumer, "Program.cs"), Program);
        File.WriteAllText(Path.Combine(Consumer, "consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="{Repository.LibraryProject}" />
              </ItemGroup>
            </Project>
            """);

        // The library has been built for these tests: to build it again would only take time.
        string built = Dotnet("run", "--project", Consumer, "-p:BuildProjectReferences=false");
        Assert.Contains("sum 2", built);
        Assert.Contains("\"heatmap\"", built);

        Dotnet("publish", Consumer, "--no-build", "-c", "Debug", "-o", Published);
        string program = Path.Combine(Published, "consumer.dll");
        Assert.Contains("\"heatmap\"", Dotnet(program));

        string figures = Path.Combine(Published, "figures");
        Directory.Delete(figures, recursive: true);
        Assert.Contains($"Figures need {figures}", ToolProcess.Run("dotnet", program).Text);
    }

    private static string Dotnet(params string[] arguments)
    {
        (int exitCode, string text) = ToolProcess.Run("dotnet", arguments);
        Assert.True(exitCode == 0, text);
        return text;
    }
}

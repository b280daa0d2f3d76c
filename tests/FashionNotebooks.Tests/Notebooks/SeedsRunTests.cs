using System.Globalization;
using System.Text.RegularExpressions;
using FashionNotebooks.Runner;

namespace FashionNotebooks.Tests;

/// <summary>Runs the notebook that trains with many seeds for two of them and one epoch.</summary>
[Trait("Category", "Slow")]
public sealed partial class SeedsRunTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-seeds-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Seeds_are_trained_and_summed_up_in_a_table_and_a_strip_plot()
    {
        (int exitCode, string text) = RunnerProcess.Run("--seeds", "2", "--epochs", "1", "--output", folder.FullName);

        Assert.True(exitCode == 0, text);
        Assert.Equal([NotebookFolder.SeedsNotebook + ".ipynb"], folder.GetFiles().Select(file => file.Name));
        Notebook notebook = Notebook.Load(folder.GetFiles().Single().FullName);
        string Text(string cell) => notebook.CodeCells.Single(candidate => candidate.Id == cell).Text;

        double[][] seeds =
        [
            .. SeedLine().Matches(Text("train"))
                .Select(match => match.Groups.Values.Skip(1).Select(group => Parse(group.Value)).ToArray()),
        ];
        Assert.Equal([42, 43], seeds.Select(line => line[0]));
        Assert.All(seeds, line => Assert.InRange(line[1], 0.7, 0.85));
        string[] plain = Text("show-summary").Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("ConvNet", plain[0]);
        Assert.Equal((seeds[0][1] + seeds[1][1]) / 2, Parse(plain[1]), 1e-4);
        Assert.Equal(Math.Abs(seeds[0][1] - seeds[1][1]) / Math.Sqrt(2), Parse(plain[2]), 1e-4);
        Assert.Equal("0.9073", plain[^1]);
        Assert.Contains("PaddedDilatedNet: 2 seeds, mean ", Text("show-strip"));
        int ahead = seeds.Count(line => line[1] > line[2]);
        Assert.Matches($"ConvNet - DilatedConvNet: .* ahead with {ahead} of 2 seeds", Text("compare-means"));
        Assert.False(Directory.Exists(Path.Combine(Repository.Root, "artifacts", "seeds-epochs1-batch64")));
    }

    private static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Seed (\d+): ConvNet ([\d.]+), DilatedConvNet ([\d.]+), PaddedDilatedNet ([\d.]+)")]
    private static partial Regex SeedLine();
}

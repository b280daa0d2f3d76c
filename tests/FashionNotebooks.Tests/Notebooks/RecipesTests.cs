using System.Text.RegularExpressions;
using FashionNotebooks.Runner;
using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>The code of the notebook that makes the network better. As a whole it trains for half an hour.</summary>
public sealed partial class RecipesTests : IDisposable
{
    private static readonly string[] Definitions = ["define-recipe", "define-network", "define-augment"];

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fashion-recipes-");

    public void Dispose()
    {
        scope.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Every_recipe_trains()
    {
        const string FewImages = """
            int seeds = 2, numEpochs = 1, seed = 42, batchSize = 10;
            string device = "cpu";
            var trainLoader = new BatchLoader(rand(100, 1, 28, 28), randint(0, 10, new long[] { 100 }), batchSize);
            BatchLoader few = trainLoader;
            var criterion = nn.CrossEntropyLoss();
            """;
        string[] trainings =
        [
            .. NotebookFiles.Load(NotebookFolder.RecipesNotebook).CodeCells.Select(cell => cell.Id)
                .Where(id => id.StartsWith("train-")),
        ];

        string code = FewImages + Code([.. Definitions, "define-train", "define-measure", .. trainings])
            .Replace("../artifacts", folder.FullName.Replace('\\', '/'));

        var (alone, compared, parameters) = NotebookCodeTests.Run<(AccuracySample[], string, long)>(
            $"{code}\n{Code(["show-alone"])};\n{Code(["show-together"])};",
            """
            (alone.Select(each => each.Sample).ToArray(), Compare(compared, baseline: all).ToString(),
            ModelSummary.Of(all.Networks[0]).Parameters)
            """);

        Assert.Equal(
            ["Tutorial", "Large rate", "One cycle", "Shuffling", "Batch normalisation", "Dropout", "Flips", "Shifts",
            "More channels"],
            alone.Select(sample => sample.Network));
        Assert.All(alone, sample => Assert.Equal(2, sample.Accuracies.Count));
        Assert.Matches(@"All together +5 .*\nWithout the three +5 ", compared);
        Assert.InRange(parameters, 400_000, 1_500_000);
    }

    [Fact]
    public void The_first_recipe_has_the_network_of_the_tutorial()
    {
        manual_seed(1);
        nn.Module<Tensor, Tensor> first = Run<nn.Module<Tensor, Tensor>>(
            """CreateNetwork(new Recipe("first"))""");
        manual_seed(1);
        var tutorial = new ConvNet();
        Tensor images = rand(5, 1, 28, 28);

        Assert.Equal(tutorial.call(images).data<float>(), first.call(images).data<float>());
    }

    [Fact]
    public void A_flip_mirrors_some_of_the_images_and_a_shift_moves_all_alike()
    {
        Tensor images = rand(40, 1, 28, 28);
        var flip = Run<Func<Tensor, Tensor>>(
            """images => Augment(images, new Recipe("flip") { Flip = true })""");
        var shift = Run<Func<Tensor, Tensor>>(
            """images => Augment(images, new Recipe("shift") { Shift = 1 })""");

        Tensor flipped = flip(images);
        bool[] isFlipped = [.. Enumerable.Range(0, 40).Select(index => !flipped[index].Equals(images[index]))];
        Assert.InRange(isFlipped.Count(each => each), 5, 35);
        Assert.All(isFlipped.Index(), each =>
            Assert.Equal(each.Item ? images[each.Index].flip(2) : images[each.Index], flipped[each.Index]));

        Tensor padded = nn.functional.pad(images, [1, 1, 1, 1]);
        Tensor[] places =
        [
            .. Enumerable.Range(0, 9).Select(place => padded.narrow(2, place / 3, 28).narrow(3, place % 3, 28)),
        ];
        int[] found =
        [
            .. Enumerable.Range(0, 100).Select(_ => shift(images))
                .Select(moved => Array.FindIndex(places, place => place.Equals(moved))),
        ];
        Assert.Equal(Enumerable.Range(0, 9), found.Distinct().Order());
    }

    [Fact]
    public void The_ten_seeds_are_those_of_their_notebook()
    {
        string[] expected =
        [
            .. Seed().Matches(Text(NotebookFiles.Load(NotebookFolder.SeedsNotebook), "train"))
                .Select(match => match.Groups[1].Value),
        ];
        string code = NotebookFiles.Load(NotebookFolder.RecipesNotebook).CodeCells
            .Single(cell => cell.Id == "test-together").Source;

        Assert.Equal(10, expected.Length);
        Assert.Equal(expected, TestAccuracy().Matches(code).Select(match => match.Value).Take(10));
    }

    [Fact]
    public void No_cell_before_the_test_knows_the_test_images()
    {
        NotebookCell[] before =
        [
            .. NotebookFiles.Load(NotebookFolder.RecipesNotebook).CodeCells
                .TakeWhile(cell => cell.Id != "test-together"),
        ];

        Assert.True(before.Length > 10);
        Assert.All(before, cell => Assert.DoesNotContain("train: false", cell.Source));
        Assert.All(before, cell => Assert.DoesNotMatch(@"\btest\b", cell.Source));
    }

    private static string Text(Notebook notebook, string cell) =>
        notebook.CodeCells.Single(candidate => candidate.Id == cell).Text;

    private static string Code(string[] cells) => NotebookCodeTests.Code(NotebookFolder.RecipesNotebook, cells);

    private static T Run<T>(string expression) => NotebookCodeTests.Run<T>(Code(Definitions), expression);

    [GeneratedRegex(@"Seed \d+: ConvNet ([\d.]+)")]
    private static partial Regex Seed();

    [GeneratedRegex(@"0\.\d{4}")]
    private static partial Regex TestAccuracy();
}

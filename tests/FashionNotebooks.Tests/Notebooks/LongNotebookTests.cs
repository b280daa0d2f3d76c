using System.Text.RegularExpressions;
using FashionNotebooks.Runner;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>The code of the notebooks that train for half an hour or for hours, with few images.</summary>
[Trait("Category", "Slow")]
public class LongNotebookTests : ScratchTests
{
    private static readonly string[] Definitions = ["define-recipe", "define-network", "define-augment"];

    /// <summary>The loss of the third step of the second training ends the run, as a kill would.</summary>
    [Theory]
    [InlineData(CourseNotebooks.SeedsNotebook, "third-network", "test-accuracy", "train")]
    [InlineData(
        CourseNotebooks.RecipesNotebook, "define-recipe", "define-network", "define-augment", "define-train",
        "define-measure", "train-tutorial")]
    public void A_run_that_was_killed_goes_on_after_its_last_training_to_the_same_digits(
        string notebook, params string[] cells)
    {
        string code = NotebookCodeTests.Code(notebook, cells);
        string expected = RunFew("whole", code);
        Assert.Throws<OperationCanceledException>(() => RunFew("killed", code, steps: 13));
        string table = FindTables("killed").Single();
        string saved = File.ReadAllText(table);
        Assert.Equal(expected, RunFew("killed", code));
        Assert.Equal(saved, File.ReadAllText(table)); // with the seconds of the first time

        // Killed after the weights were saved, and before the table.
        File.Delete(table);
        Assert.Equal(expected, RunFew("killed", code));
        Assert.Equal(FindTables("whole").Count(), FindTables("killed").Count());
    }

    [Fact]
    public void Every_recipe_trains()
    {
        IReadOnlyList<NotebookCell> cells = NotebookFiles.Load(CourseNotebooks.RecipesNotebook).CodeCells;
        string Committed(string id) => cells.Single(cell => cell.Id == id).Text;
        string[] trainings = [.. cells.Select(cell => cell.Id).Where(id => id.StartsWith("train-"))];
        string code = Code([.. Definitions, "define-train", "define-measure", .. trainings]);

        string text = RunFew("recipes", $"""
            {code}
            {Code(["show-alone"])};
            {Code(["show-together"])};
            Console.WriteLine(Compare(alone, baseline: cycle));
            Console.WriteLine(Compare(compared, baseline: all));
            """);

        IEnumerable<string> FirstColumn(string shown) =>
            Regex.Matches(shown, @"(?m)^\p{Lu}[\w ]+?(?=  )").Select(match => match.Value);
        Assert.Equal(FirstColumn(Committed("show-alone") + "\n" + Committed("show-together")), FirstColumn(text));
        Assert.Matches(@"All together +5 .*\nWithout the three +5 ", text);
        Assert.Contains(Committed("train-together").Trim().Split('\n')[^1], text);
    }

    [Fact]
    public void The_first_recipe_has_the_network_of_the_tutorial()
    {
        manual_seed(1);
        var first = NotebookCodeTests.Run<nn.Module<Tensor, Tensor>>(
            Code(Definitions), """CreateNetwork(new Recipe("first"))""");
        manual_seed(1);
        var tutorial = new ConvNet();
        Tensor images = rand(5, 1, 28, 28);

        Assert.Equal(tutorial.call(images).data<float>(), first.call(images).data<float>());
    }

    [Fact]
    public void A_flip_mirrors_some_of_the_images_and_a_shift_moves_all_alike()
    {
        var augment = NotebookCodeTests.Run<Func<Tensor, bool, int, Tensor>>(
            Code(Definitions),
            """(images, flip, shift) => Augment(images, new Recipe("any") { Flip = flip, Shift = shift })""");
        Tensor images = rand(40, 1, 28, 28);
        Tensor mirrored = images.flip(3);
        Tensor padded = nn.functional.pad(images, [1, 1, 1, 1]);

        Tensor flipped = augment(images, true, 0);
        Tensor isMirrored = flipped.eq(mirrored).flatten(1).all(1);
        Assert.InRange(isMirrored.sum().item<long>(), 5, 35);
        Assert.True(flipped.eq(where(isMirrored.reshape(-1, 1, 1, 1), mirrored, images)).all().item<bool>());

        Tensor[] places =
        [
            .. Enumerable.Range(0, 9).Select(place => padded.narrow(2, place / 3, 28).narrow(3, place % 3, 28)),
        ];
        IEnumerable<int> found = Enumerable.Range(0, 100).Select(_ => augment(images, false, 1))
            .Select(moved => Array.FindIndex(places, place => place.Equals(moved)));
        Assert.Equal(Enumerable.Range(0, 9), found.Distinct().Order());
    }

    /// <summary>Runs code with few images, in place of the notebook's first cells.</summary>
    /// <param name="place">Where the code saves, in this test's folder.</param>
    /// <param name="code">The code of cells.</param>
    /// <param name="steps">After so many batches the loss throws.</param>
    /// <returns>What is printed.</returns>
    private string RunFew(string place, string code, int steps = int.MaxValue)
    {
        const string FewImages = """
            class StoppingLoss(int steps) : Loss<Tensor, Tensor, Tensor>(nn.Reduction.Mean)
            {
                private int left = steps;

                public override Tensor forward(Tensor scores, Tensor labels) => left-- > 0
                    ? nn.functional.cross_entropy(scores, labels) : throw new OperationCanceledException();
            }

            int seeds = 2, numEpochs = 1, seed = 42, batchSize = 10, threads = 2;
            string device = "cpu";
            manual_seed(1);
            var trainLoader = new BatchLoader(rand(100, 1, 28, 28), randint(0, 10, new long[] { 100 }), batchSize);
            var few = new BatchLoader(trainLoader[0].Images[..3], trainLoader[0].Labels[..3], 1);
            var test = (Images: rand(50, 1, 28, 28), Labels: randint(0, 10, new long[] { 50 }));
            """;
        using var printed = new CapturedConsole();
        string path = PathOf(place).Replace('\\', '/');
        NotebookCodeTests.Run<object?>(
            $"{FewImages}\nvar criterion = new StoppingLoss({steps});\n{code.Replace("../artifacts", path)}", "null");
        return printed.Text;
    }

    private IEnumerable<string> FindTables(string place) => Directory.GetFiles(
        PathOf(place), "*seed*.csv", SearchOption.AllDirectories);

    private static string Code(string[] cells) => NotebookCodeTests.Code(CourseNotebooks.RecipesNotebook, cells);
}

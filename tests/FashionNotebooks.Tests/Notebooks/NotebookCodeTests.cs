using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>What a reader runs and changes in a cell computes what the library computes.</summary>
public sealed class NotebookCodeTests : IDisposable
{
    private static readonly Lazy<Func<Tensor, Tensor>> Prepare = new(() => Run<Func<Tensor, Tensor>>(
        "8-your-own-picture", ["define-sizes", "define-steps"], "picture => Prepare(picture)"));

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData("2-convolutional-network", nameof(ConvNet))]
    [InlineData("4-dilated-network", nameof(DilatedConvNet))]
    public void The_network_in_a_cell_is_that_of_the_library(string notebook, string name)
    {
        var create = Run<Func<nn.Module<Tensor, Tensor>>>(notebook, ["define-network"], $"() => new {name}()");
        manual_seed(1);
        nn.Module<Tensor, Tensor> ours = create();
        manual_seed(1);
        nn.Module<Tensor, Tensor> theirs = Networks.Create(name);
        Tensor images = rand(5, 1, 28, 28);
        Tensor labels = tensor([0L, 3, 5, 7, 9]);

        Assert.NotEqual(theirs.GetType(), ours.GetType());
        Assert.Equal(theirs.state_dict().Keys, ours.state_dict().Keys);
        Assert.Equal(ModelPrinter.Print(theirs), ModelPrinter.Print(ours));
        Assert.Equal(theirs.call(images).data<float>(), ours.call(images).data<float>());
        foreach (nn.Module<Tensor, Tensor> network in new[] { ours, theirs })
            nn.CrossEntropyLoss().call(network.call(images), labels).backward();

        Assert.All(
            theirs.parameters().Zip(ours.parameters()),
            pair => Assert.Equal(pair.First.grad!.data<float>(), pair.Second.grad!.data<float>()));
    }

    [Fact]
    public void The_steps_in_a_cell_cut_out_what_differs_from_the_ground()
    {
        Tensor picture = 0.9 + (0.05 * rand(1, 3, 224, 150));
        picture[.., .., 40..200, 20..100] = 0.1;

        Tensor image = Prepare.Value(picture);

        Assert.Equal([1, 1, 28, 28], image.shape);
        Assert.All(image[.., .., .., 7..21].data<float>(), value => Assert.InRange(value, 0.9, 1));
        Assert.All(image[.., .., .., ..6].data<float>(), value => Assert.Equal(0, value));
        Assert.All(image[.., .., .., 22..].data<float>(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void The_steps_in_a_cell_do_the_same_with_light_on_dark_and_with_colours()
    {
        Tensor Draw(float[] ground, float[] garment)
        {
            Tensor picture = tensor(ground).reshape(1, 3, 1, 1).expand(1, 3, 200, 300).clone();
            picture[.., .., 60..140, 50..250] = tensor(garment).reshape(1, 3, 1, 1);
            return Prepare.Value(picture);
        }

        Tensor expected = Draw([1, 1, 1], [0, 0, 0]);
        Assert.Equal(expected.data<float>(), Draw([0, 0, 0], [1, 1, 1]).data<float>());
        Assert.Equal(expected.data<float>(), Draw([0.5f, 0.5f, 0], [0.5f, 0.5f, 1]).data<float>());
    }

    /// <summary>Runs code as cells are run, and gives what an expression is then.</summary>
    internal static T Run<T>(string code, string expression)
    {
        ScriptOptions options = ScriptOptions.Default
            .WithReferences(typeof(Trainer).Assembly, typeof(torch).Assembly, typeof(Enumerable).Assembly)
            .WithImports(
                "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Diagnostics",
                "FashionNotebooks", "TorchSharp", "TorchSharp.torch");
        Script<object> defined = CSharpScript.Create(code, options);

        // Not awaited: what goes on in another thread is outside the dispose scope of this one.
        return defined.ContinueWith<T>(expression).RunAsync().GetAwaiter().GetResult().ReturnValue;
    }

    /// <summary>The code of some cells, one after the other.</summary>
    internal static string Code(string notebook, IEnumerable<string> cells) => string.Join('\n', cells.Select(id =>
        NotebookFiles.Load(notebook).CodeCells.Single(cell => cell.Id == id).Source));

    private static T Run<T>(string notebook, string[] cells, string expression) =>
        Run<T>(Code(notebook, cells), expression);
}

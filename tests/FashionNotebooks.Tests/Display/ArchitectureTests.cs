using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class ArchitectureTests
{
    [Fact]
    public void Describes_the_stages_with_their_shapes()
    {
        using var model = new DilatedConvNet();

        Assert.Equal(
            "Architecture: Input (1×28×28) → Conv 3×3, dilation 2, ReLU (16×26×26) → Average pool 2×2 (16×13×13) → "
            + "Conv 3×3, dilation 2, ReLU (32×9×9) → Average pool 2×2 (32×4×4) → Flatten (512) → Linear, ReLU (256) → "
            + "Linear, ReLU (128) → Linear (10).",
            Figures.Architecture(model).Description);
    }

    [Fact]
    public void Blocks_of_a_large_network_stand_apart_and_within_the_drawing()
    {
        nn.Module<Tensor, Tensor>[] networks =
        [
            nn.Sequential(
                nn.Conv2d(1, 512, 3), nn.ReLU(), nn.Conv2d(512, 512, 3, stride: 2), nn.ReLU(), nn.Flatten(),
                nn.Linear(512 * 12 * 12, 512), nn.ReLU(), nn.Linear(512, 10)),
            nn.Sequential(nn.Flatten(), nn.Linear(784, 100_000), nn.Linear(100_000, 1), nn.Flatten(0)),
            nn.Sequential([.. Enumerable.Range(1, 20).Select(layer => nn.Conv2d(layer, layer + 1, 3, padding: 1))]),
        ];
        Assert.All(networks, AssertApart);
    }

    [Fact]
    public void Of_two_networks_what_differs_stands_out()
    {
        using var plain = new ConvNet();
        using var dilated = new DilatedConvNet();

        PlotlyFigure figure = Figures.Architecture(plain, dilated);

        JsonArray labels = JsonNode.Parse(figure.Specification)!["layout"]!["annotations"]!.AsArray();
        IEnumerable<string> orange = labels.Where(label => (string?)label!["font"]?["color"] == "#a84300")
            .Select(label => (string)label!["text"]!).Where(text => text.StartsWith("<b>"));
        Assert.Equal(
            ["16×28×28", "16×14×14", "32×12×12", "32×6×6", "1152", "16×26×26", "16×13×13", "32×9×9", "32×4×4", "512"],
            orange.Select(text => text[3..^4]));
        Assert.StartsWith("Architectures. ConvNet: Input (1×28×28) → ", figure.Description);
        Assert.Contains(" DilatedConvNet: Input (1×28×28) → ", figure.Description);
    }

    [Fact]
    public void Back_flows_what_torch_computes()
    {
        using var model = new ConvNet();
        using Tensor loss = model.call(zeros(1, 1, 28, 28)).sum();
        loss.backward();

        PlotlyFigure figure = Figures.ForwardAndBackward(model);

        JsonArray labels = JsonNode.Parse(figure.Specification)!["layout"]!["annotations"]!.AsArray();
        string[] texts = [.. labels.Select(label => (string?)label!["text"]).OfType<string>()];
        string[] gradients = [.. model.named_parameters().Where(each => each.name.EndsWith("weight"))
            .Select(each => string.Join("×", each.parameter.grad!.shape))];
        Assert.Equal(5, gradients.Length);
        Assert.All(gradients, shape => Assert.Contains(shape, texts));
        Assert.Equal(2, texts.Count(text => text == "16×28×28"));
        Assert.Single(texts, "1×28×28");
    }

    private static void AssertApart(nn.Module<Tensor, Tensor> model)
    {
        JsonNode chart = JsonNode.Parse(Figures.Architecture(model).Specification)!;
        double[] Numbers(JsonNode? array) => [.. array!.AsArray().Select(number => (double)number!)];
        (double Left, double Right)[] blocks = [.. chart["data"]!.AsArray()
            .GroupBy(face => (string)face!["text"]!, face => Numbers(face!["x"]))
            .Select(faces => (faces.Min(x => x.Min()), faces.Max(x => x.Max())))];

        Assert.All(blocks.Zip(blocks.Skip(1)), pair => Assert.True(pair.First.Right + 10 < pair.Second.Left));
        Assert.InRange(blocks[^1].Right, 0, (double)chart["layout"]!["width"]!);
        Assert.All(chart["data"]!.AsArray().SelectMany(face => Numbers(face!["y"])), y => Assert.InRange(y, -75, 75));
    }
}

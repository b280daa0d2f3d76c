using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class ArchitectureTests
{
    public static TheoryData<Func<nn.Module<Tensor, Tensor>>, string[]> Networks => new()
    {
        {
            () => new ConvNet(),
            [
                "Input: 1×28×28", "Conv 3×3, ReLU: 16×28×28", "Average pool 2×2: 16×14×14", "Conv 3×3, ReLU: 32×12×12",
                "Average pool 2×2: 32×6×6", "Flatten: 1152", "Linear, ReLU: 256", "Linear, ReLU: 128", "Linear: 10",
            ]
        },
        {
            () => new DilatedConvNet(),
            [
                "Input: 1×28×28", "Conv 3×3, dilation 2, ReLU: 16×26×26", "Average pool 2×2: 16×13×13",
                "Conv 3×3, dilation 2, ReLU: 32×9×9", "Average pool 2×2: 32×4×4", "Flatten: 512", "Linear, ReLU: 256",
                "Linear, ReLU: 128", "Linear: 10",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Draws_a_block_for_each_stage_from_left_to_right(Func<nn.Module<Tensor, Tensor>> create, string[] stages)
    {
        JsonNode chart = Draw(create);

        IGrouping<string, JsonNode?>[] blocks = [.. chart["data"]!.AsArray().GroupBy(face => (string)face!["text"]!)];
        double[] limits = [.. blocks.SelectMany(block => Extent(block.SelectMany(face => Numbers(face!["x"]!))))];
        Assert.Equal(stages, blocks.Select(block => block.Key));
        Assert.Equal(limits.Order(), limits);
        Assert.InRange(limits[0], 0, limits[^1]);
        Assert.InRange(limits[^1], 0, (double)chart["layout"]!["width"]!);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Writes_operation_and_shape_at_each_block_with_arrows_between(
        Func<nn.Module<Tensor, Tensor>> create, string[] stages)
    {
        JsonNode[] annotations = [.. Draw(create)["layout"]!["annotations"]!.AsArray()!];

        IEnumerable<string> labels = annotations
            .Where(annotation => (string)annotation["text"]! != "")
            .GroupBy(annotation => (double)annotation["x"]!)
            .Select(pair => string.Join(": ", pair.OrderByDescending(label => (double)label["y"]!).Select(PlainText)));
        Assert.Equal(stages, labels);
        Assert.Equal(stages.Length - 1, annotations.Count(annotation => (bool)annotation["showarrow"]!));
    }

    [Fact]
    public void Describes_the_stages()
    {
        using var model = new ConvNet();

        Assert.StartsWith(
            "Architecture: Input (1×28×28) → Conv 3×3, ReLU (16×28×28) → ", Figures.Architecture(model).Description);
    }

    private static JsonNode Draw(Func<nn.Module<Tensor, Tensor>> create)
    {
        using nn.Module<Tensor, Tensor> model = create();
        return JsonNode.Parse(Figures.Architecture(model).Specification)!;
    }

    private static string PlainText(JsonNode label) =>
        ((string)label["text"]!).Replace("Average<br>", "Average ").Replace("<br>", ", ")
            .Replace("<b>", "").Replace("</b>", "");

    private static double[] Extent(IEnumerable<double> values) => [values.Min(), values.Max()];

    private static IEnumerable<double> Numbers(JsonNode array) => array.AsArray().Select(value => (double)value!);
}

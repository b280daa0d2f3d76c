using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class ConvolutionTests : IDisposable
{
    private const int Row = 2;

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor image;
    private readonly Tensor kernel;

    public ConvolutionTests()
    {
        manual_seed(1);
        image = rand(1, 1, 8, 9);
        kernel = randn(1, 1, 3, 3);
    }

    public void Dispose() => scope.Dispose();

    [Fact]
    public void The_map_is_that_of_torch()
    {
        JsonNode chart = Draw();

        Tensor map = nn.functional.conv2d(image, kernel)[0, 0];
        Assert.Equal([6L, 7], map.shape);
        AssertClose(map, chart["data"]![1]!["z"]!);
        AssertClose(image[0, 0], chart["data"]![0]!["z"]!);
        AssertClose(kernel[0, 0], chart["data"]![3]!["z"]!);
    }

    [Fact]
    public void Image_and_map_fill_their_frames()
    {
        JsonNode layout = Draw()["layout"]!;

        Assert.Equal("[-0.5,8.5]", layout["xaxis"]!["range"]!.ToJsonString());
        Assert.Equal("[7.5,-0.5]", layout["yaxis"]!["range"]!.ToJsonString());
        Assert.Equal("[-0.5,6.5]", layout["xaxis2"]!["range"]!.ToJsonString());
        Assert.Equal("[5.5,-0.5]", layout["yaxis2"]!["range"]!.ToJsonString());
    }

    [Fact]
    public void The_slider_has_a_step_for_each_place_with_its_window_products_and_sum()
    {
        JsonNode slider = Draw()["layout"]!["sliders"]![0]!;

        JsonArray steps = slider["steps"]!.AsArray();
        Assert.Equal(7, steps.Count);
        Assert.Equal(4, (int)slider["active"]!);
        for (int column = 0; column < 7; column++)
        {
            JsonNode args = steps[column]!["args"]!;
            Tensor window = image[0, 0, Row..(Row + 3), column..(column + 3)];
            AssertClose(window, args[0]!["z"]![0]!);
            AssertClose(window * kernel[0, 0], args[0]!["z"]![1]!);
            Assert.Equal("[2,4]", args[2]!.ToJsonString());
            double sum = (window * kernel[0, 0]).sum().item<float>();
            string shown = (string)args[1]!["annotations[0].text"]!;
            Assert.Equal(sum, double.Parse(shown[3..^4], System.Globalization.CultureInfo.InvariantCulture), 0.006);
            double Edge(string name) => (double)args[1]![name]!;
            Assert.Equal((column - 0.5, column + 2.5), (Edge("shapes[0].x0"), Edge("shapes[0].x1")));
            Assert.Equal(column + 0.5, Edge("shapes[1].x0"));
            Assert.Equal((column - 0.5, column + 0.5), (Edge("shapes[3].x0"), Edge("shapes[3].x1")));
        }
    }

    [Fact]
    public void At_first_the_window_stands_at_the_given_column()
    {
        JsonNode chart = Draw();

        AssertClose(image[0, 0, Row..(Row + 3), 4..7], chart["data"]![2]!["z"]!);
        Assert.Equal([3.5, 1.5, 6.5, 4.5], Corners(chart["layout"]!["shapes"]![0]!));
    }

    [Fact]
    public void What_the_kernel_has_not_reached_is_covered()
    {
        JsonArray shapes = Draw()["layout"]!["shapes"]!.AsArray();

        // The rest of the row, and the rows below; pixel 0 reaches from -0.5 to 0.5.
        Assert.Equal([4.5, 1.5, 6.5, 2.5], Corners(shapes[1]!));
        Assert.Equal([-0.5, 2.5, 6.5, 5.5], Corners(shapes[2]!));
        Assert.Equal([3.5, 1.5, 4.5, 2.5], Corners(shapes[3]!));
    }

    [Fact]
    public void Images_kernels_and_places_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Figures.Convolution(image, kernel, row: 6, column: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Figures.Convolution(image, kernel, row: -1, column: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Figures.Convolution(image, kernel, row: 0, column: 7));
        AssertRefused("[8, 9] Float32", () => Figures.Convolution(image[0, 0], kernel, 0, 0));
        AssertRefused("[2, 1, 3, 3]", () => Figures.Convolution(image, rand(2, 1, 3, 3), 0, 0));
        AssertRefused("[1, 1, 9, 9]", () => Figures.Convolution(image, rand(1, 1, 9, 9), 0, 0));
        AssertRefused("[1, 1, 2, 3]", () => Figures.Convolution(image, rand(1, 1, 2, 3), 0, 0));
        AssertRefused("Int64", () => Figures.Convolution(image, ones(1, 1, 3, 3, ScalarType.Int64), 0, 0));
        AssertRefused("finite", () => Figures.Convolution(image / 0, kernel, 0, 0));
    }

    private static void AssertRefused(string message, Action action) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(action).Message);

    private static double[] Corners(JsonNode shape) =>
        [.. new[] { "x0", "y0", "x1", "y1" }.Select(corner => (double)shape[corner]!)];

    private static void AssertClose(Tensor expected, JsonNode rows)
    {
        double[] actual = [.. rows.AsArray().SelectMany(row => row!.AsArray()).Select(value => (double)value!)];
        Assert.Equal(expected.numel(), actual.Length);
        Assert.All(
            expected.contiguous().data<float>().Zip(actual),
            pair => Assert.Equal(pair.First, pair.Second, 0.001));
    }

    private JsonNode Draw() => JsonNode.Parse(Figures.Convolution(image, kernel, Row, column: 4).Specification)!;
}

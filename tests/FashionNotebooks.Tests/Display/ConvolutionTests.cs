using System.Globalization;
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

        AssertClose(nn.functional.conv2d(image, kernel)[0, 0], chart["data"]![1]!["z"]!);
    }

    [Fact]
    public void The_slider_has_a_step_for_each_place_with_its_window_products_and_sum()
    {
        JsonArray steps = Draw()["layout"]!["sliders"]![0]!["steps"]!.AsArray();

        Assert.Equal(7, steps.Count);
        foreach ((int column, JsonNode? step) in steps.Index())
        {
            Tensor window = image[0, 0, Row..(Row + 3), column..(column + 3)];
            AssertClose(window, step!["args"]![0]!["z"]![0]!);
            AssertClose(window * kernel[0, 0], step["args"]![0]!["z"]![1]!);
            string sum = (string)step["args"]![1]!["annotations[0].text"]!;
            double shown = double.Parse(sum[3..^4], CultureInfo.InvariantCulture);
            Assert.Equal((window * kernel[0, 0]).sum().item<float>(), shown, tolerance: 0.006);
        }
    }

    [Fact]
    public void Images_kernels_and_places_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Figures.Convolution(image, kernel, row: 6, column: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Figures.Convolution(image, kernel, row: -1, column: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Figures.Convolution(image, kernel, row: 0, column: 7));
        Refused.With("[8, 9] Float32", () => Figures.Convolution(image[0, 0], kernel, 0, 0));
        Refused.With("[2, 1, 3, 3]", () => Figures.Convolution(image, rand(2, 1, 3, 3), 0, 0));
        Refused.With("[1, 1, 9, 9]", () => Figures.Convolution(image, rand(1, 1, 9, 9), 0, 0));
        Refused.With("[1, 1, 2, 3]", () => Figures.Convolution(image, rand(1, 1, 2, 3), 0, 0));
        Refused.With("Int64", () => Figures.Convolution(image, ones(1, 1, 3, 3, ScalarType.Int64), 0, 0));
        Refused.With("finite", () => Figures.Convolution(image / 0, kernel, 0, 0));
    }

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

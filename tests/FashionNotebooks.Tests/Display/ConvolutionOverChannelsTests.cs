using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class ConvolutionOverChannelsTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor maps = randn(1, 3, 8, 9);
    private readonly Tensor weight = randn(3, 3, 3);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void The_sum_is_the_value_that_torch_computes_and_each_channel_says_what_it_brings()
    {
        PlotlyFigure figure = Figures.ConvolutionOverChannels(maps, weight, bias: 0.5, row: 2, column: 4);

        JsonArray texts = JsonNode.Parse(figure.Specification)!["layout"]!["annotations"]!.AsArray();
        double[] shown = [.. texts.SelectMany(text => Regex.Matches((string)text!["text"]!, @"= (?:<b>)?(-?\d+\.\d+)"))
            .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        double value = nn.functional.conv2d(maps, weight.unsqueeze(0))[0, 0, 2, 4].item<float>() + 0.5;
        Assert.Equal(value, shown[0], tolerance: 0.001);
        Assert.Equal(4, shown.Length);
        Assert.Equal(value - 0.5, shown[1..].Sum(), tolerance: 0.003);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $", make {shown[0]:F3}."), figure.Description);
    }

    [Fact]
    public void Maps_kernels_and_places_that_do_not_fit_are_refused()
    {
        void Draw(Tensor maps, Tensor weight, int row = 0, int column = 0) =>
            Figures.ConvolutionOverChannels(maps, weight, bias: 0, row, column);

        Assert.Throws<ArgumentOutOfRangeException>(() => Draw(maps, weight, row: 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => Draw(maps, weight, column: -1));
        Refused.With("[3, 8, 9] Float32", () => Draw(maps[0], weight));
        Refused.With("[1, 17, 8, 8]", () => Draw(zeros(1, 17, 8, 8), zeros(17, 3, 3)));
        Refused.With("weight: [2, 3, 3]", () => Draw(maps, weight[..2]));
        Refused.With("weight: [3, 9, 9]", () => Draw(maps, zeros(3, 9, 9)));
        Refused.With("finite", () => Draw(maps / 0, weight));
    }
}

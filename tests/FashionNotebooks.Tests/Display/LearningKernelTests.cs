using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class LearningKernelTests
{
    [Fact]
    public void The_slider_has_a_step_for_each_frame_with_its_weights_and_its_loss()
    {
        using var scope = NewDisposeScope();
        Tensor[] kernels = [.. Enumerable.Range(1, 3).Select(number => full(2, 2, number / 4f))];

        PlotlyFigure figure = Figures.LearningKernel(kernels, [4, 2, 0.5f], every: 10);

        JsonNode chart = JsonNode.Parse(figure.Specification)!;
        JsonArray frames = chart["frames"]!.AsArray();
        Assert.Equal(["0", "10", "20"], frames.Select(frame => (string)frame!["name"]!));
        Assert.Equal(
            ["0", "10", "20"],
            chart["layout"]!["sliders"]![0]!["steps"]!.AsArray().Select(step => (string)step!["args"]![0]![0]!));
        Assert.Equal("[[0.75,0.75],[0.75,0.75]]", frames[2]!["data"]![0]!["z"]!.ToJsonString());
        Assert.Equal("""{"x":[20],"y":[0.5],"text":["0.5"]}""", frames[2]!["data"]![1]!.ToJsonString());
        Assert.Contains("Loss from 4 to 0.5.", figure.Description);
    }

    [Fact]
    public void Kernels_and_losses_that_cannot_be_drawn_are_refused()
    {
        using var scope = NewDisposeScope();
        Tensor kernel = zeros(3, 3);

        Refused.With("losses: 0 for 0 kernels", () => Figures.LearningKernel([], []));
        Refused.With("losses: 2 for 1 kernels", () => Figures.LearningKernel([kernel], [1, 2]));
        Refused.With("losses: not finite", () => Figures.LearningKernel([kernel], [float.NaN]));
        Refused.With("kernels: [1, 3, 3]", () => Figures.LearningKernel([kernel.unsqueeze(0)], [1]));
        Refused.With("kernels: [2, 2]", () => Figures.LearningKernel([kernel, zeros(2, 2)], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Figures.LearningKernel([kernel], [1], every: 0));
    }
}

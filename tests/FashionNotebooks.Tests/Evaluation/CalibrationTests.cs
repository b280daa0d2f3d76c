using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class CalibrationTests
{
    [Fact]
    public void Bins_hold_answers_of_like_probability_and_the_error_weighs_them_by_their_number()
    {
        // The higher score wins with probability 0.75 four times and with 0.55 once.
        float sure = (float)Math.Log(3), unsure = (float)Math.Log(0.55 / 0.45);
        Tensor logits = tensor(new[,] { { sure, 0 }, { sure, 0 }, { 0, sure }, { 0, sure }, { unsure, 0 } });

        var calibration = new Calibration(tensor([0L, 0, 0, 0, 1]), logits);

        Assert.Equal([(1, 0.55, 0.0), (4, 0.75, 0.5)], calibration.Bins.Select(bin =>
            (bin.Count, Math.Round(bin.Probability, 6), bin.Accuracy)));
        Assert.Equal(((4 * 0.25) + 0.55) / 5, calibration.ExpectedError, 6);
    }

    [Fact]
    public void An_answer_with_probability_1_is_in_the_last_bin()
    {
        var calibration = new Calibration(tensor([0L, 0]), tensor(new[,] { { 1000f, 0 }, { 6, 0 } }), bins: 4);

        Assert.Equal(2, Assert.Single(calibration.Bins).Count);
        Refused.With("Logits are", () => new Calibration(tensor([0L]), tensor([1f])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Calibration(tensor([0L]), zeros(1, 2), bins: 0));
    }

    /// <summary>Wilson's interval of 9 of 10 is 0.5958 to 0.9821.</summary>
    [Fact]
    public void A_dot_has_the_interval_of_its_share()
    {
        Tensor labels = cat([zeros(9, int64), ones(1, int64)]);
        PlotlyFigure figure = Figures.ReliabilityCurve(
            new Calibration(labels, tensor(new[,] { { 1f, 0 } }).expand(10, 2)));

        Assert.Contains("of 10 answers with mean probability 0.731, 0.900 are right", figure.Description);
        JsonNode bars = JsonNode.Parse(figure.Specification)!["data"]![1]!["error_y"]!;
        Assert.Equal((0.0821, 0.3042), (Round(bars["array"]![0]!), Round(bars["arrayminus"]![0]!)));
    }

    [Fact]
    public void The_margin_of_a_mean_is_half_of_Students_interval()
    {
        var sample = new AccuracySample("any", [0.90, 0.91, 0.92, 0.93, 0.94], null);

        Assert.Equal(2.776 * Math.Sqrt(0.00025 / 5), sample.Margin, 6);
        Assert.Equal(double.NaN, new AccuracySample("one", [0.9], null).Margin);
        Assert.InRange(new AccuracySample("many", [.. Enumerable.Repeat(0.9, 50), 0.8], null).Margin, 0.003, 0.006);
    }

    private static double Round(JsonNode length) => Math.Round((double)length, 4);
}

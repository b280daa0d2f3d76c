using System.Text.Json.Nodes;
using Microsoft.Data.Analysis;

namespace FashionNotebooks.Tests;

public class TrainingCurvesTests
{
    private const string Circle = "0";
    private const string Square = "1";

    private static readonly string[] Columns = ["train_loss_all", "val_loss_all", "train_acc_all", "val_acc_all"];

    [Theory]
    [InlineData(0, "Training", new[] { 0.77, 0.55 }, "x", "y", Circle)]
    [InlineData(1, "Validation", new[] { 0.56, 0.61 }, "x", "y", Square)]
    [InlineData(2, "Training", new[] { 0.71, 0.8 }, "x2", "y2", Circle)]
    [InlineData(3, "Validation", new[] { 0.78, 0.75 }, "x2", "y2", Square)]
    public void Draws_each_column_as_a_line_with_markers(
        int index, string name, double[] values, string xAxis, string yAxis, string symbol)
    {
        JsonArray traces = Draw()["data"]!.AsArray();

        Assert.Equal(4, traces.Count);
        JsonNode trace = traces[index]!;
        Assert.Equal(name, (string)trace["name"]!);
        Assert.Equal([0, 1], Numbers(trace["x"]!));
        Assert.Equal(values, Numbers(trace["y"]!));
        Assert.Equal((xAxis, yAxis), ((string)trace["xaxis"]!, (string)trace["yaxis"]!));
        Assert.Equal("lines+markers", (string)trace["mode"]!);
        Assert.Equal(symbol, (string)trace["marker"]!["symbol"]!);
    }

    [Fact]
    public void Training_is_red_and_validation_blue_with_one_legend_for_both()
    {
        JsonArray traces = Draw()["data"]!.AsArray();

        Assert.Equal(["red", "blue", "red", "blue"], traces.Select(trace => ColorName(trace!["marker"]!["color"]!)));
        Assert.Equal(["red", "blue", "red", "blue"], traces.Select(trace => ColorName(trace!["line"]!["color"]!)));
        Assert.Equal([true, true, false, false], traces.Select(trace => (bool?)trace!["showlegend"] ?? true));
    }

    [Theory]
    [InlineData("xaxis", "Epoch")]
    [InlineData("yaxis", "Loss")]
    [InlineData("xaxis2", "Epoch")]
    [InlineData("yaxis2", "Accuracy")]
    public void Names_its_axes(string axis, string title) =>
        Assert.Equal(title, (string)Draw()["layout"]![axis]!["title"]!["text"]!);

    [Fact]
    public void Describes_where_the_curves_begin_and_end() => Assert.Equal(
        "Two line charts over 2 epochs. Loss: training from 0.7700 to 0.5500, validation from 0.5600 to 0.6100. "
        + "Accuracy: training from 0.7100 to 0.8000, validation from 0.7800 to 0.7500.",
        Figures.TrainingCurves(CreateTrainProcess()).Description);

    [Fact]
    public void A_missing_value_is_a_gap()
    {
        const string Csv = """
            epoch,train_loss_all,val_loss_all,train_acc_all,val_acc_all
            0,0.9,0.8,0.7,
            1,0.5,,0.8,
            2,0.4,0.45,0.85,
            """;
        var frame = DataFrame.LoadCsvFromString(Csv);
        DataFrame trainProcess = new([.. frame.Columns.SkipLast(1), new DoubleDataFrameColumn("val_acc_all", 3)]);

        PlotlyFigure figure = Figures.TrainingCurves(trainProcess);

        JsonArray traces = JsonNode.Parse(figure.Specification)!["data"]!.AsArray();
        Assert.Equal([0.8, null, 0.45], Rounded(traces[1]!["y"]!));
        Assert.Equal([null, null, null], Rounded(traces[3]!["y"]!));
        Assert.Equal(
            "Two line charts over 3 epochs. Loss: training from 0.9000 to 0.4000, "
            + "validation from 0.8000 to 0.4500 (1 missing). "
            + "Accuracy: training from 0.7000 to 0.8500, validation without values.",
            figure.Description);
    }

    [Fact]
    public void A_frame_without_rows_or_with_texts_is_refused()
    {
        DataFrame empty = CreateTrainProcess().Head(0);
        DataFrame texts = CreateTrainProcess();
        texts.Columns.Remove("val_acc_all");
        texts.Columns.Add(new StringDataFrameColumn("val_acc_all", ["high", "higher"]));

        Assert.Contains("0 values", Assert.Throws<ArgumentException>(() => Figures.TrainingCurves(empty)).Message);
        Assert.Contains("String", Assert.Throws<ArgumentException>(() => Figures.TrainingCurves(texts)).Message);
    }

    [Theory]
    [InlineData("epoch")]
    [InlineData("val_acc_all")]
    public void A_missing_column_is_refused_by_name(string column)
    {
        DataFrame trainProcess = CreateTrainProcess();
        trainProcess.Columns.Remove(column);

        Assert.Contains(column, Assert.Throws<ArgumentException>(() => Figures.TrainingCurves(trainProcess)).Message);
    }

    private static JsonNode Draw() => JsonNode.Parse(Figures.TrainingCurves(CreateTrainProcess()).Specification)!;

    private static DataFrame CreateTrainProcess()
    {
        double[][] values = [[0.77, 0.55], [0.56, 0.61], [0.71, 0.8], [0.78, 0.75]];
        return new DataFrame(
        [
            new PrimitiveDataFrameColumn<int>("epoch", [0, 1]),
            .. Columns.Zip(values, (name, column) => new PrimitiveDataFrameColumn<double>(name, column)),
        ]);
    }

    private static string ColorName(JsonNode color)
    {
        byte[] rgb = Convert.FromHexString(((string)color!)[1..]);
        return new[] { "red", "green", "blue" }[Array.IndexOf(rgb, rgb.Max())];
    }

    private static IEnumerable<double?> Rounded(JsonNode array) =>
        array.AsArray().Select(value => value is null ? (double?)null : Math.Round((double)value, 6));

    private static IEnumerable<double> Numbers(JsonNode array) => array.AsArray().Select(value => (double)value!);
}

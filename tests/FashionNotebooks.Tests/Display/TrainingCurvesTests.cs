using System.Text.Json.Nodes;
using Microsoft.Data.Analysis;

namespace FashionNotebooks.Tests;

public class TrainingCurvesTests
{
    private readonly DataFrame trainProcess = FigureExamples.CreateTrainProcess();

    [Fact]
    public void Columns_of_any_number_type_are_drawn_and_one_without_values_is_described_so()
    {
        Replace(new SingleDataFrameColumn("train_loss_all", [0.75f, 0.5f]));
        Replace(new DoubleDataFrameColumn("val_acc_all", 2));

        PlotlyFigure figure = Figures.TrainingCurves(trainProcess);

        JsonArray traces = JsonNode.Parse(figure.Specification)!["data"]!.AsArray();
        Assert.Equal("[0.75,0.5]", traces[0]!["y"]!.ToJsonString());
        Assert.Equal("[null,null]", traces[3]!["y"]!.ToJsonString());
        Assert.EndsWith("validation without values (2 missing).", figure.Description);
    }

    [Fact]
    public void What_is_not_finite_is_a_gap_that_is_said_to_be_missing()
    {
        Replace(new DoubleDataFrameColumn("train_loss_all", [double.NaN, double.NaN]));
        Replace(new SingleDataFrameColumn("val_loss_all", [float.PositiveInfinity, 3.5f]));

        PlotlyFigure figure = Figures.TrainingCurves(trainProcess);

        JsonNode chart = JsonNode.Parse(figure.Specification)!;
        Assert.Equal("[null,null]", chart["data"]![0]!["y"]!.ToJsonString());
        Assert.Equal("[null,3.5]", chart["data"]![1]!["y"]!.ToJsonString());
        Assert.All(["xaxis", "yaxis"], axis => Assert.Equal("linear", (string)chart["layout"]![axis]!["type"]!));
        Assert.Contains(
            "Loss: training without values (2 missing), validation from 3.5000 to 3.5000 (1 missing).",
            figure.Description);
    }

    [Fact]
    public void A_frame_without_rows_or_with_texts_or_without_a_column_is_refused_by_name()
    {
        Refused.With("Column epoch: 0 values of type Int32", () => Figures.TrainingCurves(trainProcess.Head(0)));

        Replace(new StringDataFrameColumn("val_acc_all", ["high", "higher"]));
        Refused.With("Column val_acc_all: 2 values of type String", () => Figures.TrainingCurves(trainProcess));

        trainProcess.Columns.Remove("val_acc_all");
        Refused.With("Column val_acc_all: missing, expected numbers.", () => Figures.TrainingCurves(trainProcess));
    }

    private void Replace(DataFrameColumn column)
    {
        trainProcess.Columns.Remove(column.Name);
        trainProcess.Columns.Add(column);
    }
}

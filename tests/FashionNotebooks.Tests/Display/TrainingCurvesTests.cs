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
        Assert.EndsWith("validation without values.", figure.Description);
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

namespace FashionNotebooks;

/// <summary>
/// Draws with Plotly.NET. It is implemented in FashionNotebooks.Figures, which <see cref="PlotlyLoadContext"/> keeps
/// apart: only plain types cross this border. Each method returns a Plotly specification, a JSON object with
/// <c>data</c>, <c>layout</c> and <c>config</c>.
/// </summary>
internal interface IPlotlyCharts
{
    /// <param name="images">Images of one size, as rows of pixels from 0 (black) to 255 (white), top row first.</param>
    /// <param name="titles">A title for each image.</param>
    /// <param name="columns">How many images stand side by side.</param>
    string ImageGrid(IReadOnlyList<byte[][]> images, IReadOnlyList<string> titles, int columns);

    /// <summary>Loss on the left, accuracy on the right; all arrays have one value for each epoch.</summary>
    string TrainingCurves(int[] epochs, double[] trainLoss, double[] valLoss, double[] trainAcc, double[] valAcc);

    /// <param name="counts">Rows are true classes, columns predicted ones.</param>
    /// <param name="classes">The names of the classes, in the order of the rows and columns.</param>
    string ConfusionHeatmap(int[][] counts, IReadOnlyList<string> classes);

    /// <param name="stages">What each stage does and the shape that leaves it: C, H, W or just the number of values.</param>
    string Architecture(IReadOnlyList<(string Operation, int[] Shape)> stages);

    /// <summary>A horizontal bar for each class, the first on top.</summary>
    /// <param name="probabilities">0 to 1, one for each class.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="trueClass">The class whose bar stands out.</param>
    string ClassProbabilities(double[] probabilities, IReadOnlyList<string> classes, int trueClass);

    /// <summary>A horizontal strip for each network, the first on top. All accuracies are 0 to 1.</summary>
    /// <param name="networks">The names of the networks.</param>
    /// <param name="accuracies">For each network one accuracy for each seed.</param>
    /// <param name="means">The mean of each network's accuracies.</param>
    /// <param name="tutorial">What the tutorial reached with each network.</param>
    string AccuracyStrip(IReadOnlyList<string> networks, double[][] accuracies, double[] means, double[] tutorial);

    /// <summary>The plotly.js that Plotly.NET carries, as JavaScript.</summary>
    string ReadPlotlyJs();
}

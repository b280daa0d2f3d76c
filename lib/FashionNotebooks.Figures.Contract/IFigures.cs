namespace FashionNotebooks;

/// <summary>
/// Draws the figures. FashionNotebooks.Figures implements it in a load context of its own, so that only this contract
/// and .NET's own types may cross between the library and there.
/// </summary>
internal interface IFigures
{
    /// <summary>Images on one picture, with a title above each.</summary>
    /// <param name="images">Images of one size, as rows of pixels, top row first: a byte for each channel.</param>
    /// <param name="channels">1: from 0 (black) to 255 (white); 3: red, green and blue.</param>
    /// <param name="titles">A title for each image, of one or more lines.</param>
    /// <param name="columns">How many images stand side by side.</param>
    /// <param name="gridLines">Whether a line separates each pixel from the next.</param>
    IDrawing ImageGrid(byte[][][] images, int channels, string[] titles, int columns, bool gridLines);

    /// <summary>A kernel that slides over a row of an image; a slider chooses the place.</summary>
    /// <param name="image">Rows of pixels from 0 (black) to 1 (white).</param>
    /// <param name="kernel">Rows of weights.</param>
    /// <param name="row">The image's row where the window's upper edge stands.</param>
    /// <param name="column">The column of its left edge at first.</param>
    IDrawing Convolution(double[][] image, double[][] kernel, int row, int column);

    /// <summary>The probabilities that a network gives to the classes for one image, as bars.</summary>
    /// <param name="probabilities">0 to 1, one for each class.</param>
    /// <param name="classes">The names of the classes, the first on top.</param>
    /// <param name="trueClass">The index of the class whose bar stands out.</param>
    IDrawing ClassProbabilities(double[] probabilities, string[] classes, int trueClass);

    /// <summary>One value of a convolution over many channels, as the sum of what each channel brings.</summary>
    /// <param name="maps">For each channel its map, as rows of values.</param>
    /// <param name="weights">For each channel its slice of the kernel, as rows of weights.</param>
    /// <param name="parts">For each channel what it brings.</param>
    /// <param name="bias">What is added to their sum.</param>
    /// <param name="row">The maps' row where the window's upper edge stands.</param>
    /// <param name="column">The column of its left edge.</param>
    IDrawing ConvolutionOverChannels(
        double[][][] maps, double[][][] weights, double[] parts, double bias, int row, int column);

    /// <summary>A kernel while it is trained, beside its loss, as an animation.</summary>
    /// <param name="kernels">Rows of weights, one kernel for each step.</param>
    /// <param name="losses">The loss of each step.</param>
    /// <param name="every">How many steps of training lie between two that are shown.</param>
    IDrawing LearningKernel(double[][][] kernels, double[] losses, int every);

    /// <summary>The loss against one weight, with the tangent at a place and the step from there.</summary>
    /// <param name="weights">Ascending.</param>
    /// <param name="losses">The loss at each of them.</param>
    /// <param name="weight">Where the step begins.</param>
    /// <param name="loss">The loss there.</param>
    /// <param name="slope">The slope there.</param>
    /// <param name="step">What is added to the weight.</param>
    /// <param name="after">The loss after the step; null if it leaves the weights.</param>
    IDrawing LossAlongWeight(
        double[] weights, double[] losses, double weight, double loss, double slope, double step, double? after);

    /// <summary>The losses of trainings against the step.</summary>
    /// <param name="runs">Up to six, each with a name and its losses, of which there may be none.</param>
    /// <param name="top">The loss where the axis ends.</param>
    IDrawing LossCurves(IReadOnlyList<(string Name, float[] Losses)> runs, double top);

    /// <summary>Networks as rows of blocks, one below the other on one scale; what differs stands out.</summary>
    /// <param name="networks">Each with a name, which may be empty, and its stages.</param>
    IDrawing Architecture(IReadOnlyList<(string Name, IReadOnlyList<NetworkStage> Stages)> networks);

    /// <summary>What flows through a network to its loss, and what flows back.</summary>
    /// <param name="stages">The network; its input is the first stage.</param>
    IDrawing ForwardAndBackward(IReadOnlyList<NetworkStage> stages);

    /// <summary>Loss and accuracy over the epochs.</summary>
    /// <remarks>Each array has a value for each epoch; a curve has a gap where its value is null.</remarks>
    IDrawing TrainingCurves(
        double?[] epochs, double?[] trainLoss, double?[] valLoss, double?[] trainAcc, double?[] valAcc);

    /// <summary>A confusion matrix, with the count in each cell that has one.</summary>
    /// <param name="counts">Rows are true classes, columns predicted ones; null is a blank.</param>
    /// <param name="classes">The names of the classes, in the order of the rows and columns.</param>
    IDrawing ConfusionHeatmap(int?[][] counts, string[] classes);

    /// <summary>A dot for each seed, in a strip for each network, with the mean and the tutorial's accuracy.</summary>
    /// <param name="strips">
    /// The networks, the first on top, each with an accuracy for each seed and what the tutorial reached with it; null
    /// where it has none. All accuracies are 0 to 1.
    /// </param>
    /// <param name="title">What has been measured.</param>
    IDrawing AccuracyStrip(
        IReadOnlyList<(string Network, double[] Accuracies, double? Tutorial)> strips, string title);

    /// <summary>The share of right answers against their probability, beside the line where both are equal.</summary>
    /// <param name="bins">Mean probability and accuracy, with the ends of its interval; all 0 to 1.</param>
    IDrawing ReliabilityCurve(
        IReadOnlyList<(double Probability, double Accuracy, double Low, double High)> bins);
}

/// <summary>A figure as <see cref="IFigures"/> has drawn it.</summary>
internal interface IDrawing
{
    /// <summary>The figure as plotly.js takes it: data, layout and config, in JSON.</summary>
    string Specification { get; }

    /// <summary>The figure as a fragment of HTML that needs nothing from a network.</summary>
    /// <param name="description">What the figure shows, in words: for those who cannot see it.</param>
    string ToHtml(string description);
}

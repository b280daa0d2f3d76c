namespace FashionNotebooks;

/// <summary>What a kernel computes at each place of an image.</summary>
/// <param name="Image">Rows of pixels.</param>
/// <param name="Kernel">Rows of weights.</param>
internal sealed record SlidingKernel(double[][] Image, double[][] Kernel)
{
    /// <summary>The feature map: a sum for each place of the kernel's upper left corner.</summary>
    public double[][] Map() =>
    [
        .. Enumerable.Range(0, Image.Length - Kernel.Length + 1).Select(row => (double[])[
            .. Enumerable.Range(0, Image[0].Length - Kernel.Length + 1)
                .Select(column => Products(row, column).Sum(products => products.Sum()))]),
    ];

    /// <summary>The pixels below the kernel.</summary>
    public double[][] Window(int row, int column) =>
        [.. Image[row..(row + Kernel.Length)].Select(pixels => pixels[column..(column + Kernel.Length)])];

    /// <summary>Each of these pixels times its weight, to four digits.</summary>
    public double[][] Products(int row, int column) =>
    [
        .. Window(row, column).Zip(Kernel, (pixels, weights) =>
            (double[])[.. pixels.Zip(weights, (pixel, weight) => Math.Round(pixel * weight, 4))]),
    ];
}

using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>
/// Fashion-MNIST: grey pictures of garments, 28 by 28 pixels, in ten classes; 60,000 for training and 10,000 for
/// testing (Xiao, Rasul and Vollgraf, 2017, https://arxiv.org/abs/1708.07747).
/// </summary>
public sealed class FashionMnist : IDisposable
{
    private FashionMnist(Tensor images, Tensor labels)
    {
        Images = images;
        Labels = labels;
    }

    /// <summary>The names of the ten classes; a label is an index into this list.</summary>
    public static IReadOnlyList<string> Classes { get; } =
    [
        "T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    ];

    /// <summary>The images, <c>[N, 1, 28, 28]</c> float32 from 0 (black) to 1 (white).</summary>
    public Tensor Images { get; }

    /// <summary>The labels, <c>[N]</c> int64 from 0 to 9.</summary>
    public Tensor Labels { get; }

    /// <summary>The number of images, N.</summary>
    public int Count => (int)Images.shape[0];

    /// <summary>Reads the training or the test images and their labels, and verifies that they are the original ones.</summary>
    /// <param name="root">The folder with the four archives, <c>train-images-idx3-ubyte.gz</c> and so on.</param>
    /// <param name="train"><c>true</c> for the 60,000 training images, <c>false</c> for the 10,000 test images.</param>
    /// <param name="download">Whether to fetch the archives that are missing from the public mirrors.</param>
    /// <exception cref="DataFileException">
    /// An archive is missing, damaged, not the original one, or could not be downloaded.
    /// </exception>
    public static FashionMnist Load(string root, bool train, bool download = false)
    {
        byte[] pixels = Read(root, train ? FashionMnistFile.TrainImages : FashionMnistFile.TestImages, download);
        byte[] labels = Read(root, train ? FashionMnistFile.TrainLabels : FashionMnistFile.TestLabels, download);

        using var scope = NewDisposeScope();
        Tensor images = tensor(pixels, [labels.Length, 1, 28, 28]).to(float32).div_(255);
        return new FashionMnist(images.DetachFromDisposeScope(), tensor(labels, ScalarType.Int64).DetachFromDisposeScope());
    }

    /// <summary>The images in batches, always in the same order; the last batch may be smaller.</summary>
    /// <param name="batchSize">Images in a batch, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1.</exception>
    public BatchLoader Batches(int batchSize = 64) => new(Images, Labels, batchSize);

    /// <summary>Frees both tensors, which belong to no dispose scope.</summary>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }

    private static byte[] Read(string root, FashionMnistFile file, bool download)
    {
        string path = Path.GetFullPath(Path.Combine(root, file.Name));
        if (download && !File.Exists(path))
            FashionMnistDownload.Fetch(path, file);

        return IdxFile.Read(path, file);
    }
}

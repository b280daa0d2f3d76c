namespace FashionNotebooks;

/// <summary>
/// Fashion-MNIST: grey pictures of garments, 28 by 28 pixels, in ten classes; 60,000 for training and 10,000 for
/// testing (Xiao, Rasul and Vollgraf, 2017, https://arxiv.org/abs/1708.07747).
/// </summary>
public sealed class FashionMnist : IDisposable
{
    private FashionMnist(Tensor images, Tensor labels) => (Images, Labels) = (images, labels);

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

    /// <summary>Reads the training or the test images and their labels, and verifies that they are genuine.</summary>
    /// <param name="root">
    /// The folder of <c>train-images-idx3-ubyte.gz</c> and so on, also unpacked or with a dot before <c>idx</c>.
    /// </param>
    /// <param name="train"><c>true</c> for the 60,000 training images, <c>false</c> for the 10,000 test images.</param>
    /// <exception cref="DataFileException">
    /// An archive is missing, cannot be read, is damaged or not the original one.
    /// </exception>
    public static FashionMnist Load(string root, bool train)
    {
        using var scope = NewDisposeScope();
        Tensor images = Read(root, train ? FashionMnistFile.TrainImages : FashionMnistFile.TestImages);
        Tensor labels = Read(root, train ? FashionMnistFile.TrainLabels : FashionMnistFile.TestLabels);
        images = images.unsqueeze(1).to(float32).div_(255);
        return new FashionMnist(images.DetachFromDisposeScope(), labels.to(int64).DetachFromDisposeScope());
    }

    /// <summary>The images in batches, always in the same order; the last batch may be smaller.</summary>
    /// <param name="batchSize">Images in a batch, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1.</exception>
    /// <exception cref="ObjectDisposedException">The dataset has been disposed.</exception>
    public BatchLoader Batches(int batchSize = 64) => new(Images, Labels, batchSize);

    /// <summary>Frees both tensors, which belong to no dispose scope.</summary>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }

    private static Tensor Read(string root, FashionMnistFile file)
    {
        string[] paths = [.. file.Names.Select(name => Path.GetFullPath(Path.Combine(root, name)))];
        DataFileException? refusal = null;
        foreach (string path in paths)
        {
            try
            {
                using FileStream stream = FileKind.OpenRead(path, "the archive", file.Advice);
                return IdxFile.Read(stream, file);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Nothing is there, or a link to nothing, which File.Exists takes for a file.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                refusal ??= e as DataFileException
                    ?? new DataFileException(path, "a file that can be read", e.Message, file.Advice, e);
            }
        }

        string found = new FileInfo(paths[0]).LinkTarget is { } target ? $"a link to {target}, which is not there"
            : $"no such file, nor {string.Join(", ", file.Names.Skip(1))}";
        throw refusal ?? new DataFileException(paths[0], "the archive", found, file.Advice);
    }
}

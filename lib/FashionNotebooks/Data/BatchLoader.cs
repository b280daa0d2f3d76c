using System.Collections;

namespace FashionNotebooks;

/// <summary>Some images and their labels: <c>[B, 1, 28, 28]</c> float32 and <c>[B]</c> int64.</summary>
/// <param name="Images">A copy of the dataset's images: what works in place changes the batch alone.</param>
/// <param name="Labels">A copy of the dataset's labels.</param>
public readonly record struct Batch(Tensor Images, Tensor Labels)
{
    /// <summary>The batch on another device; the same tensors if they are there already.</summary>
    public Batch To(Device device) => new(Images.to(device), Labels.to(device));
}

/// <summary>
/// Cuts a dataset into batches in a fixed order. Each is a copy, made anew at each access, and belongs to the caller's
/// dispose scope.
/// </summary>
public sealed class BatchLoader : IReadOnlyList<Batch>
{
    private readonly Tensor images;
    private readonly Tensor labels;
    private readonly int[] order;

    /// <param name="images"><c>[N, ...]</c>: anything that a model takes.</param>
    /// <param name="labels"><c>[N]</c> int64.</param>
    /// <param name="batchSize">Images in a batch, 1 or more.</param>
    /// <exception cref="ArgumentException">
    /// The number of images and of labels differ, there are none, or the labels are not <c>[N]</c> int64.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The images or labels have been disposed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1.</exception>
    public BatchLoader(Tensor images, Tensor labels, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ThrowIfDisposed(images, labels);
        if (labels.dim() != 1 || labels.dtype != ScalarType.Int64)
        {
            throw new ArgumentException(
                $"Labels are {labels.Describe()}: expected [N] Int64, the class of each image.", nameof(labels));
        }

        long count = images.dim() == 0 ? 0 : images.shape[0];
        if (count != labels.shape[0] || count == 0)
            throw new ArgumentException($"{count} images do not go with {labels.shape[0]} labels: expected as many.");

        this.images = images;
        this.labels = labels;
        BatchSize = batchSize;
        Count = (int)((count + batchSize - 1) / batchSize);
        order = [.. Enumerable.Range(0, (int)count)];
    }

    /// <summary>Images in each batch but possibly the last.</summary>
    public int BatchSize { get; }

    /// <summary>The number of batches.</summary>
    public int Count { get; }

    /// <summary>The batch at <paramref name="index"/>, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such batch.</exception>
    /// <exception cref="OperationCanceledException">
    /// The editor's button <i>Stop</i> was pressed: a loop over the batches ends here.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The dataset has been disposed.</exception>
    public Batch this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            ThrowIfDisposed(images, labels);
            RunningCell.Stopped.ThrowIfCancellationRequested();
            int[] chosen = [.. order.Skip(index * BatchSize).Take(BatchSize)];
            using Tensor places = tensor(chosen, device: images.device);
            return new Batch(images.index_select(0, places), labels.index_select(0, places.to(labels.device)));
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Batch> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The same batches, with the images of the first of them in a random order.</summary>
    /// <param name="batches">How many batches exchange their images.</param>
    /// <param name="random">Draws the order.</param>
    internal BatchLoader Shuffle(int batches, Random random)
    {
        var shuffled = new BatchLoader(images, labels, BatchSize);
        random.Shuffle(shuffled.order.AsSpan(0, (int)Math.Min((long)batches * BatchSize, order.Length)));
        return shuffled;
    }

    /// <summary>The lowest and the highest label of the dataset.</summary>
    internal (long Lowest, long Highest) LabelRange()
    {
        using var scope = NewDisposeScope();
        return (labels.min().item<long>(), labels.max().item<long>());
    }

    private static void ThrowIfDisposed(Tensor images, Tensor labels)
    {
        if (images.IsInvalid || labels.IsInvalid)
        {
            throw new ObjectDisposedException(nameof(BatchLoader),
                "The dataset with these images and labels has been disposed: keep it until the training has ended.");
        }
    }
}

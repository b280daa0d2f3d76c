using System.Collections.Concurrent;

namespace FashionNotebooks.Tests;

public class SavedWorkTests : ScratchTests
{
    private static readonly int[] Pieces = [.. Enumerable.Range(0, 40)];

    [Fact]
    public void Each_piece_is_done_once_by_whoever_is_free_and_all_see_them_in_order()
    {
        var done = new ConcurrentBag<int>();
        int[][] seen = [.. Enumerable.Range(0, 4).AsParallel().WithDegreeOfParallelism(4).Select(_ =>
            SavedWork.InOrder(Pieces, FileOf, piece =>
            {
                done.Add(piece);
                Thread.Yield();
                File.WriteAllText(FileOf(piece), "");
            }).ToArray())];

        Assert.All(seen, each => Assert.Equal(Pieces, each));
        Assert.Equal(Pieces, done.Order());
        Assert.Equal(Pieces.Length, Directory.GetFiles(PathOf("")).Length);
    }

    [Fact]
    public void What_another_process_does_is_passed_over_until_that_process_ends()
    {
        var done = new List<int>();
        var other = new FileStream(FileOf(0) + ".busy", FileMode.Create, FileAccess.Write, FileShare.None);
        IEnumerable<int> pieces = SavedWork.InOrder(Pieces[..3], FileOf, piece =>
        {
            done.Add(piece);
            File.WriteAllText(FileOf(piece), "");
            if (done.Count == 2)
                other.Dispose(); // killed: its piece is not complete, and its mark stays as a file
        });

        Assert.Equal(Pieces[..3], pieces);
        Assert.Equal([1, 2, 0], done);
    }

    [Fact]
    public void Work_that_leaves_no_file_is_an_error_and_not_done_for_ever() =>
        Assert.Throws<InvalidOperationException>(() => SavedWork.InOrder(Pieces, FileOf, _ => { }).Count());

    private string FileOf(int piece) => PathOf($"{piece}.csv");
}

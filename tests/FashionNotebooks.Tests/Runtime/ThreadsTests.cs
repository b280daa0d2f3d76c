using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class ThreadsTests : IDisposable
{
    private readonly int before = get_num_threads();

    public void Dispose() => set_num_threads(before);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void As_many_threads_are_used_as_is_said_and_no_more_than_allowed(int atMost)
    {
        int threads = Threads.UseFreeCores(atMost);

        Assert.InRange(threads, 1, atMost);
        Assert.Equal(threads, get_num_threads());
    }

    [Fact]
    public void No_threads_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Threads.UseFreeCores(0));
}

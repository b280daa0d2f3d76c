using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class TorchRuntimeTests : IDisposable
{
    private static readonly string Worker = Path.Combine(AppContext.BaseDirectory, "Worker.dll");

    private readonly int before = get_num_threads();

    public void Dispose() => set_num_threads(before);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void As_many_threads_compute_as_are_asked_for_whatever_else_runs(int threads)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is not null, "OMP_NUM_THREADS is set.");

        Assert.Equal(threads, TorchRuntime.Configure(threads));
        Assert.Equal(threads, get_num_threads());
    }

    [Fact]
    public void No_threads_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => TorchRuntime.Configure(0));

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("threads 2", "GOMP_SPINCOUNT = '1000'")]
    [InlineData("threads 2", "GOMP_SPINCOUNT = '77'", "GOMP_SPINCOUNT=77")]
    [InlineData("threads 2", "OMP_WAIT_POLICY = 'ACTIVE'", "OMP_WAIT_POLICY=ACTIVE")]
    [InlineData("threads 3", "OMP_NUM_THREADS = '3'", "OMP_NUM_THREADS=3")]
    [InlineData("threads 3", "OMP_NUM_THREADS = '3,1'", "OMP_NUM_THREADS=3,1")]
    public void Libgomp_starts_with_a_short_spin_and_the_users_own_settings_win(
        string printed, string seen, params string[] environment)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libgomp is what libtorch computes with on Linux.");

        (int exitCode, string text) = ToolProcess.Run(
            "env", ["OMP_DISPLAY_ENV=VERBOSE", .. environment, "dotnet", Worker, "threads", "2"]);

        Assert.True(exitCode == 0, text);
        Assert.Contains(printed, text);
        Assert.Contains(seen, text);
        if (environment is ["OMP_WAIT_POLICY=ACTIVE"])
            Assert.DoesNotContain("GOMP_SPINCOUNT = '1000'", text);
    }
}

using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public sealed class TorchRuntimeTests : IDisposable
{
    private static readonly string[] Variables = ["OMP_NUM_THREADS", "OMP_WAIT_POLICY"];

    private readonly int threadsBefore = get_num_threads();
    private readonly string? spinBefore = OperatingSystem.IsLinux() ? Read("GOMP_SPINCOUNT") : null;
    private readonly string?[] before = [.. Variables.Select(Environment.GetEnvironmentVariable)];

    public TorchRuntimeTests() => Array.ForEach(Variables, name => Environment.SetEnvironmentVariable(name, null));

    public void Dispose()
    {
        set_num_threads(threadsBefore);
        Variables.Zip(before).ToList().ForEach(pair => Environment.SetEnvironmentVariable(pair.First, pair.Second));
        if (spinBefore is not null)
            _ = SetVariable("GOMP_SPINCOUNT", spinBefore, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void As_many_threads_compute_as_are_asked_for_whatever_else_runs(int threads)
    {
        Assert.Equal(threads, TorchRuntime.Configure(threads));
        Assert.Equal(threads, get_num_threads());
    }

    [Fact]
    public void No_threads_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => TorchRuntime.Configure(0));

    [Theory]
    [InlineData("3", 3)]
    [InlineData("3,1", 3)]
    [InlineData("many", 2)]
    public void The_number_of_threads_in_the_environment_wins(string variable, int expected)
    {
        Environment.SetEnvironmentVariable("OMP_NUM_THREADS", variable);

        Assert.Equal(expected, TorchRuntime.Configure(threads: 2));
    }

    // libgomp reads the environment of the process, which is not the copy that .NET has of it.
    [Theory]
    [InlineData(null, null, "1000")]
    [InlineData("77", null, "77")]
    [InlineData(null, "ACTIVE", null)]
    public void Without_free_cores_threads_soon_sleep_unless_the_user_has_decided(
        string? spin, string? policy, string? told)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libgomp is what libtorch computes with on Linux.");
        _ = spin is null ? RemoveVariable("GOMP_SPINCOUNT") : SetVariable("GOMP_SPINCOUNT", spin, 1);
        Environment.SetEnvironmentVariable("OMP_WAIT_POLICY", policy);

        TorchRuntime.Configure(threads: 10 * Environment.ProcessorCount);

        Assert.Equal(told, Read("GOMP_SPINCOUNT"));
    }

    [Theory]
    [InlineData(true, "too late to share the cores")]
    [InlineData(false, "")]
    public void A_reader_whose_cells_used_Torch_first_is_told(bool isTooLate, string told)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libgomp is what libtorch computes with on Linux.");
        using var printed = new CapturedConsole();

        TorchRuntime.SpinShortly(isTooLate);

        Assert.Contains(told, printed.Text);
        Assert.Equal(isTooLate, printed.Text != "");
        Assert.True(TorchRuntime.IsTorchLoaded());
    }

    private static string? Read(string name) => Marshal.PtrToStringUTF8(ReadVariable(name));

    [DllImport("libc", EntryPoint = "getenv", CharSet = CharSet.Ansi)]
    private static extern IntPtr ReadVariable(string name);

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi)]
    private static extern int SetVariable(string name, string value, int overwrite);

    [DllImport("libc", EntryPoint = "unsetenv", CharSet = CharSet.Ansi)]
    private static extern int RemoveVariable(string name);
}

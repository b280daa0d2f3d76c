using FashionNotebooks.Runner;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;

namespace FashionNotebooks.Tests;

/// <summary>What the editor's button Stop does: it sends the kernel a command to cancel what runs.</summary>
[Trait("Category", "Slow")]
public sealed class StopTests
{
    private const string Batch = nameof(StopTests);

    private static readonly string Setup = $$"""
        #r "{{Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll")}}"
        #r "{{Path.Combine(AppContext.BaseDirectory, "FashionNotebooks.dll")}}"
        using FashionNotebooks;
        using TorchSharp;
        using static TorchSharp.torch;
        var loader = new BatchLoader(rand(20, 1, 28, 28), zeros(20, int64), 1);
        var model = new ConvNet();
        void Tell(object now) => AppDomain.CurrentDomain.SetData("{{Batch}}", now);
        class Progress : IProgress<EpochMetrics>
        {
            public void Report(EpochMetrics value) => AppDomain.CurrentDomain.SetData("{{Batch}}", value);
        }
        """;

    [Theory]
    [InlineData("for (int step = 0; ; step++) Tell(loader[step % loader.Count]);")]
    [InlineData("for (int step = 0; ; step++) { await System.Threading.Tasks.Task.Yield(); Tell(loader[step % 20]); }")]
    [InlineData("""
        Trainer.TrainModel(
            model, loader, nn.CrossEntropyLoss(), optim.SGD(model.parameters(), 0.1),
            new TrainOptions { NumEpochs = 1_000_000 }, new Progress());
        """)]
    public async Task Stop_ends_a_training_and_the_next_cell_runs_at_once(string training)
    {
        using CompositeKernel kernel = await KernelSetup.CreateAsync();
        await kernel.SendAsync(new SubmitCode(Setup), CancellationToken.None);
        AppDomain.CurrentDomain.SetData(Batch, null);

        Task<KernelCommandResult> cell = kernel.SendAsync(new SubmitCode(training), CancellationToken.None);
        Assert.True(SpinWait.SpinUntil(() => Now() is not null, TimeSpan.FromMinutes(1)), "The cell does not train.");
        await kernel.SendAsync(new Cancel(), CancellationToken.None);
        await kernel.SendAsync(new SubmitCode("int after = 1;"), CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);

        await cell;
        object? then = Now();
        await Task.Delay(300, CancellationToken.None);
        Assert.Same(then, Now());
    }

    private static object? Now() => AppDomain.CurrentDomain.GetData(Batch);
}

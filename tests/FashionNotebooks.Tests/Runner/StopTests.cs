using FashionNotebooks.Runner;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;

namespace FashionNotebooks.Tests;

/// <summary>What the editor's button Stop does: it sends the kernel a command to cancel what runs.</summary>
[Trait("Category", "Slow")]
public sealed class StopTests
{
    private const string Batch = nameof(StopTests);

    private const string Training = """
        Trainer.TrainModel(
            model, loader, nn.CrossEntropyLoss(), optim.SGD(model.parameters(), 0.1),
            new TrainOptions { NumEpochs = 1_000_000 }, new Progress());
        """;

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
    [InlineData(Training)]
    [InlineData("for (; ; Tell(new object())) Evaluator.Predict(model, zeros(2, 1, 28, 28)).Dispose();")]
    public async Task Stop_ends_a_training_and_the_next_cell_runs_at_once(string endless)
    {
        using CompositeKernel kernel = await KernelSetup.CreateAsync();
        await kernel.SendAsync(new SubmitCode(Setup), CancellationToken.None);

        await RunAndStopAsync(kernel, endless);

        object? then = Now();
        await Task.Delay(300, CancellationToken.None);
        Assert.Same(then, Now());
    }

    [Fact]
    public async Task Epochs_that_were_complete_are_kept_and_not_saved_as_if_they_were_all()
    {
        using CompositeKernel kernel = await KernelSetup.CreateAsync();
        await kernel.SendAsync(new SubmitCode(Setup), CancellationToken.None);

        await RunAndStopAsync(kernel, $$"""
            TrainResult result = {{Training}}
            bool hasGoneOn = false;
            {
                Weights.Save(model, "stopped.safetensors");
                hasGoneOn = true;
            }
            """);
        await kernel.SendAsync(
            new SubmitCode("Tell((result.Epochs.Count > 0, model.training, hasGoneOn));"), CancellationToken.None);

        Assert.Equal((true, false, false), Now());
    }

    private static async Task RunAndStopAsync(CompositeKernel kernel, string code)
    {
        AppDomain.CurrentDomain.SetData(Batch, null);
        Task<KernelCommandResult> cell = kernel.SendAsync(new SubmitCode(code), CancellationToken.None);
        Assert.True(SpinWait.SpinUntil(() => Now() is not null, TimeSpan.FromMinutes(1)), "The cell does not train.");
        await kernel.SendAsync(new Cancel(), CancellationToken.None);
        await kernel.SendAsync(new SubmitCode("int after = 1;"), CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
        await cell;
    }

    private static object? Now() => AppDomain.CurrentDomain.GetData(Batch);
}

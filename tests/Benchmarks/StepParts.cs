using System.Diagnostics;
using static TorchSharp.torch;

namespace FashionNotebooks.Benchmarks;

/// <summary>Where the time of a training step goes.</summary>
internal static class StepParts
{
    private const int WarmUpSteps = 50;
    private const int Steps = 400;

    /// <returns>For each part of a step its share of the time, 0 to 1.</returns>
    public static IReadOnlyList<(string Part, double Share)> Measure(string network, FashionMnist train)
    {
        using var scope = NewDisposeScope();
        nn.Module<Tensor, Tensor> model = Networks.Create(network).ToChannelsLast();
        nn.Module<Tensor, Tensor>[] stages = [.. model.children().Cast<nn.Module<Tensor, Tensor>>()];
        string[] names =
        [
            .. model.named_children().Select(child => $"forward: {child.name}"),
            "loss", "zero_grad", "backward", "Adam", "metrics",
        ];
        using var optimizer = optim.Adam(model.parameters(), lr: 0.0003);
        using var criterion = nn.CrossEntropyLoss();
        BatchLoader loader = train.Batches();
        long[] ticks = new long[names.Length];

        for (int step = 0; step < WarmUpSteps + Steps; step++)
        {
            if (step == WarmUpSteps)
                Array.Clear(ticks);

            using var stepScope = NewDisposeScope();
            int part = 0;
            Batch batch = loader[step];
            Tensor output = batch.Images;
            foreach (nn.Module<Tensor, Tensor> stage in stages)
            {
                Tensor input = part == stages.Length - 1 ? output.flatten(1) : output;
                output = Time(ref ticks[part++], () => stage.forward(input));
            }

            Tensor loss = Time(ref ticks[part++], () => criterion.forward(output, batch.Labels));
            Time(ref ticks[part++], optimizer.zero_grad);
            Time(ref ticks[part++], () => loss.backward());
            Time(ref ticks[part++], () => optimizer.step());
            Time(ref ticks[part++], () =>
            {
                loss.item<float>();
                output.argmax(1).eq(batch.Labels).sum().item<long>();
            });
        }

        return [.. names.Zip(ticks, (name, time) => (name, (double)time / ticks.Sum()))];
    }

    private static void Time(ref long ticks, Action action) => Time(ref ticks, () =>
    {
        action();
        return 0;
    });

    private static T Time<T>(ref long ticks, Func<T> function)
    {
        long start = Stopwatch.GetTimestamp();
        T result = function();
        ticks += Stopwatch.GetTimestamp() - start;
        return result;
    }
}

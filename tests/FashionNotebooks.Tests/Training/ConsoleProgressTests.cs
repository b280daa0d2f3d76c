namespace FashionNotebooks.Tests;

public class ConsoleProgressTests
{
    [Theory]
    [InlineData(1, "Epoch 0/0: validation accuracy 0.7500, 0m 0s")]
    [InlineData(3, "Epoch 0/2: validation accuracy 0.7500, 0m 0s", "Epoch 2/2: validation accuracy 0.7500, 1m 22s")]
    [InlineData(7,
        "Epoch 0/6: validation accuracy 0.7500, 0m 0s", "Epoch 5/6: validation accuracy 0.7500, 3m 25s",
        "Epoch 6/6: validation accuracy 0.7500, 4m 6s")]
    public void Prints_the_first_every_fifth_and_the_last_epoch(int epochs, params string[] expected)
    {
        using var printed = new CapturedConsole();
        var progress = new ConsoleProgress();
        for (int epoch = 0; epoch < epochs; epoch++)
            progress.Report(new EpochMetrics(epoch, epochs, 1, 0.5, 1, 0.75, TimeSpan.FromSeconds(41 * epoch)));

        Assert.Equal(expected, printed.Text.TrimEnd().Split('\n'));
    }
}

namespace FashionNotebooks.Tests;

public sealed class TrainResultTests : IDisposable
{
    private const string Names = "epoch,train_loss_all,val_loss_all,train_acc_all,val_acc_all,seconds";

    private readonly string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");

    private readonly TrainResult result = new(
    [
        new EpochMetrics(0, 2, 0.5, 0.25, 0.625, 0.75, TimeSpan.FromSeconds(13.25)),
        new EpochMetrics(1, 2, 1.0 / 3, 0.875, 0.1 + 0.2, 1, TimeSpan.FromSeconds(600.5)),
    ]);

    public void Dispose() => File.Delete(path);

    [Fact]
    public void A_result_of_no_epochs_is_refused() =>
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => new TrainResult([])).Message);

    [Fact]
    public void The_epochs_are_saved_as_csv()
    {
        result.SaveCsv(path);

        Assert.Equal(
            [Names, "0,0.5,0.625,0.25,0.75,13.25", "1,0.33333333333333331,0.30000000000000004,0.875,1,600.5"],
            File.ReadAllLines(path));
        Assert.Equal(5, result.TrainProcess.Columns.Count);
    }

    [Fact]
    public void What_is_saved_is_loaded_to_the_last_digit()
    {
        result.SaveCsv(path);

        Assert.Equal(result.Epochs, TrainResult.LoadCsv(path).Epochs);
    }

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData(Names, Names)]
    [InlineData("epoch,train_loss_all,val_loss_all,train_acc_all,val_acc_all\n0,1,1,1,1", "val_acc_all\"")]
    [InlineData(Names + "\n0,1,1,1,1,1\n1,1,one,1,1,1", "1,1,one,1,1,1")]
    [InlineData(Names + "\n0,1,1,1,1", "\"0,1,1,1,1\"")]
    public void A_file_of_something_else_is_refused(string text, string found)
    {
        File.WriteAllText(path, text);

        var error = Assert.Throws<DataFileException>(() => TrainResult.LoadCsv(path));
        Assert.Contains(path, error.Message);
        Assert.Contains(found, error.Message);
        Assert.Contains("SaveCsv", error.Message);
    }
}

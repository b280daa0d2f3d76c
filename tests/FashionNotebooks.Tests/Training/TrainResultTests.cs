namespace FashionNotebooks.Tests;

public class TrainResultTests : ScratchTests
{
    private const string Names = "epoch,train_loss_all,val_loss_all,train_acc_all,val_acc_all,seconds";

    private readonly TrainResult result = new(
    [
        new EpochMetrics(0, 2, 0.5, 0.25, 0.625, 0.75, TimeSpan.FromSeconds(13.25)),
        new EpochMetrics(1, 2, 1.0 / 3, 0.875, 0.1 + 0.2, 1, TimeSpan.FromSeconds(600.5)),
    ]);

    private string FilePath => PathOf("train.csv");

    [Fact]
    public void A_result_of_no_epochs_is_refused() =>
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => new TrainResult([])).Message);

    [Fact]
    public void The_epochs_are_saved_as_csv_and_loaded_to_the_last_digit()
    {
        result.SaveCsv(FilePath);

        Assert.Equal(
            [Names, "0,0.5,0.625,0.25,0.75,13.25", "1,0.33333333333333331,0.30000000000000004,0.875,1,600.5"],
            File.ReadAllLines(FilePath));
        Assert.Equal(result.Epochs, TrainResult.LoadCsv(FilePath).Epochs);
    }

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData(Names, Names)]
    [InlineData("epoch,train_loss_all,val_loss_all,train_acc_all,val_acc_all\n0,1,1,1,1", "val_acc_all\"")]
    [InlineData(Names + "\n0,1,1,1,1,1\n1,1,one,1,1,1", "1,1,one,1,1,1")]
    [InlineData(Names + "\n0,1,1,1,1", "\"0,1,1,1,1\"")]
    public void A_file_of_something_else_is_refused(string text, string found)
    {
        File.WriteAllText(FilePath, text);

        string message = Assert.Throws<DataFileException>(() => TrainResult.LoadCsv(FilePath)).Message;
        Assert.Contains(FilePath, message);
        Assert.Contains(found, message);
        Assert.Contains("SaveCsv", message);
    }
}

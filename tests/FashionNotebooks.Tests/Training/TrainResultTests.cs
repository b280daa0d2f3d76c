namespace FashionNotebooks.Tests;

public class TrainResultTests : ScratchTests
{
    private const string Columns = "epoch,train_loss_all,val_loss_all,train_acc_all,val_acc_all";
    private const string Names = Columns + ",seconds";

    private readonly TrainResult result = new(
    [
        new EpochMetrics(0, 2, 0.5, 0.25, 0.625, 0.75, TimeSpan.FromSeconds(13.25)),
        new EpochMetrics(1, 2, 1.0 / 3, 0.875, 0.1 + 0.2, 1, TimeSpan.FromSeconds(600.5)),
    ]);

    private string FilePath => PathOf("train.csv");

    [Fact]
    public void Where_the_first_epoch_was_stopped_the_reader_is_told_what_to_do()
    {
        var stopped = new TrainResult([]);

        Assert.All<Func<object>>([() => stopped.Epochs[0], () => stopped.Best, () => stopped.TrainProcess], ask =>
            Assert.Contains("Run its cell again", Assert.Throws<InvalidOperationException>(ask).Message));
        Assert.Throws<InvalidOperationException>(() => stopped.SaveCsv(FilePath));
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void The_epochs_are_saved_as_csv_and_loaded_to_the_last_digit()
    {
        result.SaveCsv(FilePath);

        Assert.Equal(
            [Names, "0,0.5,0.625,0.25,0.75,13.25", "1,0.33333333333333331,0.30000000000000004,0.875,1,600.5"],
            File.ReadAllLines(FilePath));
        Assert.Equal(result.Epochs, TrainResult.LoadCsv(FilePath).Epochs);
    }

    [Fact]
    public void What_has_diverged_or_was_stopped_early_is_loaded_as_it_was_saved()
    {
        var stopped = new TrainResult(
        [
            new EpochMetrics(0, 25, double.NaN, 0.1, double.PositiveInfinity, 0.1, TimeSpan.Zero),
            new EpochMetrics(1, 25, double.NegativeInfinity, 0.1, 2, 0.1, TimeSpan.FromSeconds(9)),
        ]);

        stopped.SaveCsv(FilePath);

        Assert.Equal(stopped.Epochs, TrainResult.LoadCsv(FilePath).Epochs);
    }

    [Theory]
    [InlineData("\"epoch\",\"train_loss_all\",\"val_loss_all\",train_acc_all,val_acc_all,seconds"
        + "|\"0\",\"0.5\",\"0.625\",\"0.25\",\"\",\"13.25\"||")]
    [InlineData("," + Names + ",note|7,0,0.5,0.625,0.25,,13.25,good|")]
    [InlineData("seconds,val_acc_all,train_acc_all,val_loss_all,train_loss_all,epoch|13.25,NA,.25,.625,.5,0.0")]
    [InlineData("\uFEFFepoch;train_loss_all;val_loss_all;train_acc_all;val_acc_all;seconds|0;,5;,625;,25;;13,25|;;;;;")]
    [InlineData("epoch\ttrain_loss_all\tval_loss_all\ttrain_acc_all\tval_acc_all\tseconds|0\t.5\t.625\t.25\t\t13,25")]
    public void A_table_of_another_program_is_loaded(string text)
    {
        File.WriteAllText(FilePath, text.Replace("|", "\r\n"));

        Assert.Equal(
            [new EpochMetrics(0, 1, 0.5, 0.25, 0.625, double.NaN, TimeSpan.FromSeconds(13.25))],
            TrainResult.LoadCsv(FilePath).Epochs);
    }

    [Fact]
    public void A_table_without_times_is_loaded()
    {
        File.WriteAllText(FilePath, Columns + "\n0,1,2,0.5,inf");

        Assert.Equal(
            new EpochMetrics(0, 1, 1, 0.5, 2, double.PositiveInfinity, TimeSpan.Zero),
            Assert.Single(TrainResult.LoadCsv(FilePath).Epochs));
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData(Names, "no epoch")]
    [InlineData("epoch,loss,accuracy\n0,1,1", "the text \"epoch,loss,accuracy\". TrainResult.SaveCsv writes")]
    [InlineData("PK\u0003\u0004 is how Excel's own files begin", "a zip or other archive")]
    [InlineData("epoch,train_loss_all,val_loss_all,val_acc_all\n0,1,1,1", "'train_acc_all' does not exist")]
    [InlineData(Names + "\n0,1,1,1,1,1\n1,1,one,1,1,1", "'one'")]
    [InlineData(Names + "\n0,1,1,1,1,1\n1,1,1,1,1", "A row ends before seconds.")]
    [InlineData(Names + "\n0,1,1,1,1,1e300", "too long")]
    [InlineData(Names + "\nNaN,1,1,1,1,1", "overflow")]
    [InlineData(Names + "\n0,1,1,1,1,1,1", "A row is longer than the first.")]
    public void A_file_of_something_else_is_refused(string text, string found)
    {
        File.WriteAllText(FilePath, text);

        string message = Assert.Throws<DataFileException>(() => TrainResult.LoadCsv(FilePath)).Message;
        Assert.Contains(FilePath, message);
        Assert.Contains(found, message);
    }
}

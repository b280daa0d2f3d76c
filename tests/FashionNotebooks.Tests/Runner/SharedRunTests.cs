using FashionNotebooks.Runner;
using static FashionNotebooks.Tests.TemporaryNotebooks;

namespace FashionNotebooks.Tests;

/// <summary>Long notebooks, whose trainings several processes share.</summary>
[Trait("Category", "Slow")]
public sealed class SharedRunTests : IDisposable
{
    private readonly TemporaryNotebooks notebooks = new();

    public void Dispose() => notebooks.Dispose();

    [Fact]
    public void As_many_processes_as_asked_for_work_and_one_of_them_is_seen()
    {
        string source = notebooks.Write($"{CourseNotebooks.SeedsNotebook}.ipynb", CreateCode("meet", """
            using System.IO;
            File.WriteAllText($"{Environment.ProcessId}.pid", "");
            var clock = System.Diagnostics.Stopwatch.StartNew();
            while (Directory.GetFiles(".", "*.pid").Length < 3 && clock.Elapsed.TotalSeconds < 60)
                System.Threading.Thread.Sleep(20);
            Console.WriteLine($"{Directory.GetFiles(".", "*.pid").Length} processes");
            """));

        (int exitCode, string text) = RunnerProcess.Run(source, "--processes", "3", "--output", notebooks.Output);

        Assert.Equal(0, exitCode);
        Notebook executed = Notebook.Load(source.Replace(notebooks.Folder, notebooks.Output));
        Assert.Equal("3 processes\n", executed.CodeCells[0].Text);
        Assert.Single(text.Split('\n'), line => line.Trim() == "3 processes");
        Assert.Contains($"3 processes share the trainings of {CourseNotebooks.SeedsNotebook}", text);
    }
}

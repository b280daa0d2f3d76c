using FashionNotebooks.Runner;
using Snapshooter.Xunit3;

namespace FashionNotebooks.Tests;

/// <summary>What a user gets from one call of the runner.</summary>
[Trait("Category", "Slow")]
public sealed class SmallRunTests(SmallRun run) : IClassFixture<SmallRun>
{
    [Fact]
    public void The_executed_notebook_holds_all_that_its_cells_printed_and_showed() =>
        Snapshot.Match(run.ReadOutput("good.ipynb"));

    [Fact]
    public void The_table_sets_results_beside_the_tutorials()
    {
        Assert.Matches(@"│ good │ 4/4 │ \d:\d\d │ Test accuracy │ 0\.9 │ 0\.9073 │", run.Text);
        Assert.Matches(@"│ failing │ 1/3 │ \d:\d\d │ │ failed │", run.Text);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public void A_program_that_a_cell_has_left_behind_does_not_hold_the_run_up() =>
        Assert.Matches("│ failing │ 1/3 │ 0:", run.Text); // It sleeps for 1:40.

    [Fact]
    public void Cells_are_announced_and_what_they_print_is_seen()
    {
        Assert.Matches(@"\d:\d\d good, code cell 3 of 4 ", run.Text);
        Assert.Contains("no enda warning", run.Text);
    }

    [Fact]
    public void In_place_replaces_the_source_with_the_executed_notebook() =>
        Assert.Equal(run.ReadOutput("good.ipynb"), run.ReadSource("good"));

    [Fact]
    public void A_translation_gets_the_same_code_and_outputs_and_keeps_its_text() =>
        Assert.All([run.Notebooks.Folder, run.Notebooks.Output], folder =>
        {
            Notebook translation = Notebook.Load(Path.Combine(folder, "zh", "good.ipynb"));
            Assert.Equal("中文。", translation.Cells[0].Source);
            Assert.Equal("12345678", (string?)translation.Cells[0].Metadata["translates"]);
            Assert.Equal("$\"{numEpochs} epochs, seed {seed}\"", translation.CodeCells[^1].Source);
            Assert.Equal("3 epochs, seed -7", translation.CodeCells[^1].Text);
        });

    [Fact]
    public void A_cell_that_fails_ends_its_notebook_and_leaves_the_source()
    {
        IReadOnlyList<NotebookCell> cells = run.LoadExecuted("failing");

        Assert.Contains("failing: cell broken failed: No cat.", run.Text);
        Assert.Equal([null, "No cat.", null], cells.Select(cell => cell.Error));
        Assert.Equal([true, true, false], cells.Select(cell => cell.HasRun));
        Assert.Equal("so far\n", cells[1].Text);
        Assert.True(run.IsSourceAsBefore("failing"));
    }

    [Fact]
    public void A_cell_that_ends_the_process_counts_as_failed_and_older_output_is_not_taken_for_new()
    {
        Assert.Contains("exiting: the process ended with code 0 in cell exit.", run.Text);
        Assert.Equal([true, false], run.LoadExecuted("exiting").Select(cell => cell.HasRun));
        Assert.Equal("work done\n", run.LoadExecuted("exiting")[1].Text);
        Assert.True(run.IsSourceAsBefore("exiting"));
    }

    [Fact]
    public void A_crash_harms_no_other_notebook()
    {
        Assert.Matches(@"crashing: the process ended with code -?\d+ in cell crash\.", run.Text);
        Assert.False(Assert.Single(run.LoadExecuted("crashing")).HasRun);
        Assert.True(run.IsSourceAsBefore("crashing"));
    }

    [Fact]
    public void A_cell_whose_process_crashes_keeps_what_it_printed_and_showed_and_says_why()
    {
        NotebookCell crash = Assert.Single(run.LoadExecuted("crashing"));
        NotebookCell overflow = Assert.Single(run.LoadExecuted("overflowing"));

        Assert.Equal("<b>updated</b>\n2%", crash.Text);
        Assert.Contains("Process terminated. Out of order.", crash.Error);
        Assert.Equal("before\n", overflow.Text);
        Assert.EndsWith("in cell deep. Stack overflow.", overflow.Error);
    }

    [Fact]
    public void A_cell_that_is_meant_to_fail_ends_nothing_and_counts_as_run()
    {
        Assert.Matches("│ intended │ 2/2 │", run.Text);
        Assert.Equal("on purpose", (string?)run.LoadExecuted("intended")[0].Outputs.Single()["evalue"]);
        Assert.False(run.IsSourceAsBefore("intended"));
    }

    [Fact]
    public void Cells_have_cultures_and_numbers_without_one_look_alike_everywhere()
    {
        Assert.Equal("1234.5 1.234,50\n2026年1月2日星期五", run.LoadExecuted("intended")[1].Text);
    }

    [Fact]
    public void A_line_without_an_end_is_closed_before_the_runner_prints() =>
        Assert.Contains(run.Lines, line => line.TrimEnd() == "2026年1月2日星期五");

    [Fact]
    public void Pages_are_written_beside_the_executed_notebooks()
    {
        Assert.Contains(Path.Combine(run.Notebooks.Output, "index.html"), run.Text);
        Assert.Contains("3 epochs, seed -7", run.ReadOutput("good.html"));
    }
}

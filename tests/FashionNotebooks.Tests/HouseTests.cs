using System.Text.RegularExpressions;

namespace FashionNotebooks.Tests;

/// <summary>Files are short enough to be read, and lines as long as .editorconfig says.</summary>
public class HouseTests
{
    private const int LongestFile = 150;

    [Fact]
    public void No_line_of_code_is_longer_than_editorconfig_allows()
    {
        string config = File.ReadAllText(Path.Combine(Repository.Root, ".editorconfig"));
        int longest = int.Parse(Regex.Match(config, @"max_line_length = (\d+)").Groups[1].Value);

        Assert.Empty(
            from file in CodeFiles("lib").Concat(CodeFiles("tests"))
            from line in File.ReadLines(file).Index()
            where line.Item.Length > longest
            select $"{file}, line {line.Index + 1}");
    }

    [Fact]
    public void No_file_of_the_library_is_longer_than_a_reader_likes() =>
        Assert.All(
            CodeFiles("lib/FashionNotebooks"), file => Assert.InRange(File.ReadLines(file).Count(), 0, LongestFile));

    private static IEnumerable<string> CodeFiles(string folder) =>
        Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Regex.IsMatch(file, @"[/\\](bin|obj)[/\\]"));
}

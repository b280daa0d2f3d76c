namespace FashionNotebooks.Runner;

/// <summary>The formulas of a Markdown text. As in Jupyter they are taken out before the text is read as Markdown, and
/// put back behind it, so that nothing in them is emphasis, a list, a table or an escape.</summary>
internal sealed class Formulas
{
    // Code hides formulas, and a backslash hides a dollar. What reads like money ($5-$6) or like variables of a shell
    // ($HOME/$USER) is no formula.
    private static readonly Regex Parts = new(
        """
        (?<fence>`{3,}|~{3,}) [^`\n]*\n .*? (?:^[ \t>]*\k<fence>|\z)                        # a block of code
        | (?<!`)(?<ticks>`+)(?!`) (?:(?!\n\s*\n).)+? (?<!`)\k<ticks>(?!`)                   # code in a line
        | \$\$ (?<display>.+?) \$\$
        | (?<display> \\begin\{(?<name>[a-zA-Z]+\*?)\} .*? \\end\{\k<name>\} )
        | \\\\\[ (?<display>.+?) \\\\\]
        | \\\\\( (?<inline>.+?) \\\\\)
        | (?<inline> \\(?:eq)?ref\{[^}\n]+\} )
        | \\.                                                                               # an escape
        | \$(?![\s,;)，。；、）]) (?<inline> (?:\\.|[^$`\\\n<]|<(?!/)|\n(?!\s*\n))+? ) (?<!\s)\$
          (?! (?<=\$\d[^$]*\$) \d | (?<=[^$][/:,(=-]\$) [\w({] )                            # money, paths
        | \$[ \t]*(?!\d) (?<inline> [^$`"\n]*?(?:\\[a-zA-Z]|\^)[^$`"\n]*? ) [ \t]*\$         # $ \hat y $
        | \$[ \t] (?<inline> [a-zA-Z] | [^$`\n]*_[^$`\n]* ) [ \t]\$                         # $ x_1 $
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.Multiline
            | RegexOptions.ExplicitCapture);

    private static readonly Regex QuoteMarks = new("(?<=\n)[ \t]*> ?");

    private static readonly Regex Places = new(@"Zformula(\d+)Z");

    private readonly List<(string Source, string Html)> found = [];

    /// <returns>The text with a word in the place of each formula.</returns>
    public string Take(string markdown) => Parts.Replace(markdown, part =>
    {
        (Group display, Group inline) = (part.Groups["display"], part.Groups["inline"]);
        if (!display.Success && !inline.Success)
            return part.Value;

        string line = markdown[..part.Index].Split('\n')[^1];
        string tex = display.Success ? $@"\[{display.Value}\]" : $@"\({inline.Value}\)";
        if (line.TrimStart().StartsWith('>'))
            tex = QuoteMarks.Replace(tex, "");

        found.Add((part.Value, $"""<span class="math">{HtmlEncode(tex)}</span>"""));
        return $"Zformula{found.Count - 1}Z";
    });

    /// <summary>Puts the formulas back: where HTML is code or an attribute, as they were written.</summary>
    public void PutBack(IHtmlDocument document)
    {
        string Restore(string text, Func<(string Source, string Html), string> write) => Places.Replace(text, place =>
            int.TryParse(place.Groups[1].Value, out int index) && index < found.Count
                ? write(found[index]) : place.Value);

        foreach (IAttr attribute in document.All.SelectMany(element => element.Attributes))
            attribute.Value = Restore(attribute.Value, formula => formula.Source);

        foreach (IText text in document.Body!.Descendants<IText>().Where(text => Places.IsMatch(text.Data)).ToList())
        {
            if (text.ParentElement!.Closest("code, pre, script, style, svg") is not null)
            {
                text.Data = Restore(text.Data, formula => formula.Source);
                continue;
            }

            IElement words = document.CreateElement("span");
            words.InnerHtml = Restore(HtmlEncode(text.Data), formula => formula.Html);
            text.Replace([.. words.ChildNodes]);
        }
    }
}

namespace FashionNotebooks.Runner;

/// <summary>A language of the course: where it is, and the words of its pages.</summary>
internal sealed record Edition
{
    public static readonly Edition English = new()
    {
        Language = "en",
        Folder = "",
        Readme = "README.md",
        Name = "English",
        Skip = "Skip to the text",
        Contents = "Contents",
        Dark = "Dark",
        Light = "Light",
        Copy = "Copy",
        Copied = "Copied",
        Download = "Download this notebook",
        Turn = "Previous and next",
        Start = "Start: ",
        Previous = "Previous",
        Next = "Next",
        Counterpart = "Tutorial: ",
        Footer = "Text and code are under the MIT licence. Fashion-MNIST is by Han Xiao, Kashif Rasul and Roland "
            + "Vollgraf. Charts are drawn by plotly.js, formulas by KaTeX.",
        Results = "Results",
        ResultColumns = ["Notebook", "Result", "Here", "In the tutorial"],
    };

    public static readonly Edition Chinese = new()
    {
        Language = "zh-CN",
        Folder = Translation.Folder + "/",
        Readme = "README.zh-CN.md",
        Name = "中文",
        Skip = "跳到正文",
        Contents = "目录",
        Dark = "深色",
        Light = "浅色",
        Copy = "复制",
        Copied = "已复制",
        Download = "下载本笔记本",
        Turn = "上一篇与下一篇",
        Start = "从这里开始：",
        Previous = "上一篇",
        Next = "下一篇",
        Counterpart = "原教程：",
        Footer = "文字和代码采用 MIT 许可证。Fashion-MNIST 的作者是 Han Xiao、Kashif Rasul 和 Roland Vollgraf。"
            + "图表由 plotly.js 绘制，公式由 KaTeX 排版。",
        Results = "结果",
        ResultColumns = ["笔记本", "项目", "本课程", "原教程"],
    };

    /// <summary>Whether a paragraph only names what stands there in the tutorial.</summary>
    public static bool IsCounterpart(string paragraph) =>
        paragraph.StartsWith(English.Counterpart, StringComparison.Ordinal)
        || paragraph.StartsWith(Chinese.Counterpart, StringComparison.Ordinal);

    /// <summary>Whether a paragraph holds only the name of a language.</summary>
    public static bool IsName(string paragraph) =>
        new[] { English.Name, Chinese.Name }.Contains(paragraph.Trim());

    /// <summary>As HTML names it.</summary>
    public required string Language { get; init; }

    /// <summary>Where its notebooks and pages are, below those of the course; ends with a slash if not empty.</summary>
    public required string Folder { get; init; }

    /// <summary>The name of its README, in the clone's folder.</summary>
    public required string Readme { get; init; }

    /// <summary>What it is called in its own language.</summary>
    public required string Name { get; init; }

    public required string Skip { get; init; }

    public required string Contents { get; init; }

    public required string Dark { get; init; }

    public required string Light { get; init; }

    public required string Copy { get; init; }

    public required string Copied { get; init; }

    public required string Download { get; init; }

    public required string Turn { get; init; }

    /// <summary>What stands before the title of the first notebook on the front page.</summary>
    public required string Start { get; init; }

    public required string Previous { get; init; }

    public required string Next { get; init; }

    /// <summary>How a line begins that names the tutorial's output or figure.</summary>
    public required string Counterpart { get; init; }

    public required string Footer { get; init; }

    public required string Results { get; init; }

    public required string[] ResultColumns { get; init; }
}

namespace FashionNotebooks.Runner;

/// <summary>A notebook that cannot be run. The message names the notebook, what is wrong and what to do.</summary>
internal sealed class NotebookException(string path, string problem, string advice, Exception? inner = null)
    : RunnerException($"{path}: {problem} {advice}", inner);

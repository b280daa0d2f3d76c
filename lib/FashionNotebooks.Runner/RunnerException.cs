namespace FashionNotebooks.Runner;

/// <summary>Something that the user can put right. The message says what happened and what to do.</summary>
internal class RunnerException(string message, Exception? inner = null) : Exception(message, inner);

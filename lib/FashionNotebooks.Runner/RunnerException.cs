namespace FashionNotebooks.Runner;

/// <summary>Something that the user can put right. The message says what happened and what to do.</summary>
internal sealed class RunnerException(string message) : Exception(message);

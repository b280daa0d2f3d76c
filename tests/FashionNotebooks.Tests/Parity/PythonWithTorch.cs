namespace FashionNotebooks.Tests;

/// <summary>A Python that has PyTorch, if this machine has one.</summary>
internal static class PythonWithTorch
{
    /// <returns>The program to start; null if there is none.</returns>
    public static string? Find() => new[] { "python3", "/usr/bin/python3", "python" }.FirstOrDefault(HasTorch);

    private static bool HasTorch(string python)
    {
        try
        {
            return ToolProcess.Run(python, "-c", "import torch").ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

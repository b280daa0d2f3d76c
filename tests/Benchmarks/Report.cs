using System.Globalization;

namespace FashionNotebooks.Benchmarks;

/// <summary>Tables of ratios.</summary>
internal static class Report
{
    public static void Print(string[] headers, string[][] rows) => Console.WriteLine(new TextTable(headers, rows));

    /// <summary>Each round's ratio of two times: median, lowest and highest, and the median time itself.</summary>
    public static string[] Ratios(string name, IEnumerable<double> times, IEnumerable<double> reference)
    {
        double[] ratios = [.. times.Zip(reference, (time, unit) => time / unit)];
        string seconds = Median(times).ToString("F1", CultureInfo.InvariantCulture);
        return [name, Format(Median(ratios)), Format(ratios.Min()), Format(ratios.Max()), seconds];
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public static string Format(double ratio) => ratio.ToString("F2", CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>What a figure was measured on, and how it is printed.</summary>
internal static class Machine
{
    public static void Introduce(string what) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}; {Environment.ProcessorCount} cores of {Processor()}, {Environment.OSVersion.Platform}, .NET {Environment.Version}, {DateTimeOffset.UtcNow:d MMMM yyyy HH:mm} UTC"));

    public static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public static void Row(FormattableString row) => Console.WriteLine(row.ToString(CultureInfo.InvariantCulture));

    private static string Processor()
    {
        const string Told = "/proc/cpuinfo";
        return (File.Exists(Told) ? File.ReadLines(Told).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null)?.Split(':', 2)[1].Trim() ?? "an unknown processor";
    }
}

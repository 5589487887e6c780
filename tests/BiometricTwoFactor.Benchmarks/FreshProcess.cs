using System.Diagnostics;
using System.Globalization;
using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// What cannot be measured in a process that has run before: loading, the first comparison, and the peak working set.
/// <c>fresh</c> starts a process for each size, <c>fresh SIZE</c> is such a process.
/// </summary>
internal static class FreshProcess
{
    public const string Command = "fresh";

    private static readonly string[] Sizes = ["250", "480x640", "4000x3000"];

    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (!Photos.AreThere)
        {
            Console.WriteLine("The photographs are not there: peers/prepare makes them.");
            return 1;
        }

        if (arguments is [var size])
        {
            Measure(size);
            return 0;
        }

        Console.WriteLine("| Photographs | Load, ms | First comparison, ms | Fastest of the next ten, ms | Peak working set, MB |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var each in Sizes)
        {
            using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!) { ArgumentList = { Command, each } })!;
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                return process.ExitCode;
            }
        }

        return 0;
    }

    private static void Measure(string size)
    {
        var a = Peers.Photo(size, "a")!;
        var b = Peers.Photo(size, "b")!;
        var start = Stopwatch.GetTimestamp();
        var matcher = new FaceMatcher();
        var load = Stopwatch.GetElapsedTime(start);

        start = Stopwatch.GetTimestamp();
        Photos.Compare(matcher, a, b);
        var first = Stopwatch.GetElapsedTime(start);

        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < 10; i++)
        {
            start = Stopwatch.GetTimestamp();
            Photos.Compare(matcher, a, b);
            var took = Stopwatch.GetElapsedTime(start);
            fastest = took < fastest ? took : fastest;
        }

        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {size} | {load.TotalMilliseconds:0} | {first.TotalMilliseconds:0} | {fastest.TotalMilliseconds:0.0} | {self.PeakWorkingSet64 / 1e6:0} |"));
    }
}

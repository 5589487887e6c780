using System.Diagnostics;
using System.Globalization;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// The same comparisons as <see cref="Enforcement"/> and <see cref="Bystander"/>, in short turns: on a machine that has others,
/// what is measured a minute later is measured on another machine. <c>-- requests [rounds] [requests a turn]</c>.
/// </summary>
internal static class RequestFigures
{
    public const string Command = "requests";

    private const int WarmUps = 30;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (rounds, count) = (Number(0, 101), Number(1, 2000));
        Machine.Introduce(string.Create(CultureInfo.InvariantCulture, $"{rounds} rounds of {count} requests each, in turns, one after the other"));
        using var with = await ProtectedApplication.StartAsync(withStepUp: true);
        using var without = await ProtectedApplication.StartAsync(withStepUp: false);
        Console.WriteLine("| microseconds a request | without | with | ratio | in time of the processor |");
        await CompareAsync("[Authorize], [RequireBiometric] with an approval", () => with.GetAsync("/authorized"), () => with.GetAsync("/face"), rounds, count);
        await CompareAsync("[Authorize] without and with the step-up in the application", () => without.GetAsync("/authorized"), () => with.GetAsync("/authorized"), rounds, count);
        await CompareAsync("anonymous without and with the step-up in the application", () => without.GetAsync("/plain"), () => with.GetAsync("/plain"), rounds, count);
        return 0;

        int Number(int place, int otherwise) => arguments.Length > place && int.TryParse(arguments[place], CultureInfo.InvariantCulture, out var number) ? number : otherwise;
    }

    private static async Task CompareAsync(string what, Func<Task<int>> without, Func<Task<int>> with, int rounds, int count)
    {
        List<double> one = [], other = [], clock = [], processor = [];
        for (var round = -WarmUps; round < rounds; round++)
        {
            var ((wall, cpu), (wallWith, cpuWith)) = round % 2 == 0
                ? (await TurnAsync(without, count), await TurnAsync(with, count))
                : Swap(await TurnAsync(with, count), await TurnAsync(without, count));
            if (round >= 0)
            {
                one.Add(wall);
                other.Add(wallWith);
                clock.Add(wallWith / wall);
                processor.Add(cpuWith / cpu);
            }
        }

        Machine.Row($"| {what} | {Machine.Median(one):0.0} | {Machine.Median(other):0.0} | {Spread(clock)} | {Spread(processor)} |");

        static ((double Wall, double Processor) Without, (double Wall, double Processor) With) Swap((double, double) with, (double, double) without) => (without, with);
    }

    private static async Task<(double Wall, double Processor)> TurnAsync(Func<Task<int>> request, int count)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var begun = Stopwatch.GetTimestamp();
        for (var number = 0; number < count; number++)
        {
            await request();
        }

        return (Stopwatch.GetElapsedTime(begun).TotalMicroseconds / count, (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / count);
    }

    /// <summary>The median, and between which quarters it lies.</summary>
    private static string Spread(List<double> ratios)
    {
        var sorted = ratios.Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{Machine.Median(ratios):0.00} ({sorted[sorted.Length / 4]:0.00} to {sorted[sorted.Length * 3 / 4]:0.00})");
    }
}

using System.Diagnostics;
using System.Globalization;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// The emulator's own figures: how long a start takes beside an empty application's, how many sessions a second are made
/// beside an empty endpoint, and what 10,000 of them weigh. Servers run in processes of their own.
/// </summary>
internal static class EmulatorFigures
{
    public const string Command = "emulator";

    private const string Ours = "ours";
    private const string Empty = "empty";
    private const string ApiKey = "key-of-the-benchmark";
    private const string Workflow = EmulatedWorkflow.LivenessOnlyId;
    private const int Sessions = 10_000;
    private const int Rounds = 5;
    private const int Starts = 40;

    public static async Task<int> RunAsync(string[] arguments)
    {
        switch (arguments)
        {
            case [Ours]:
                await ServeOursAsync();
                return 0;
            case [Empty]:
                await ServeEmptyAsync();
                return 0;
            default:
                await MeasureStartsAsync();
                MeasureSessions();
                return 0;
        }
    }

    private static async Task MeasureStartsAsync()
    {
        List<double> ours = [], empty = [];
        for (var i = 0; i < Starts; i++)
        {
            // In turns, so that whatever else the machine does disturbs both.
            ours.Add(await TimeAsync(async () => await (await BiometricEmulator.StartAsync()).DisposeAsync()));
            empty.Add(await TimeAsync(async () =>
            {
                await using var app = EmptyEndpoint.Build();
                await app.StartAsync();
                await app.StopAsync();
            }));
        }

        // The first few compile.
        Print("start and stop in process, ms", Median(ours[5..]), "an empty application", Median(empty[5..]), "at most 2");
        Print("the first start of a process, ms", ours[0], "an empty application (second)", empty[0], "");
    }

    private static void MeasureSessions()
    {
        using var ours = Start(Ours);
        using var empty = Start(Empty);
        using var oursLoad = new CreateLoad(ours.Port, ApiKey, Workflow);
        using var emptyLoad = new CreateLoad(empty.Port, ApiKey, Workflow);
        List<double> oursRates = [], emptyRates = [];
        for (var round = 0; round < Rounds; round++)
        {
            oursRates.Add(oursLoad.Run(Sessions / Rounds));
            emptyRates.Add(emptyLoad.Run(Sessions / Rounds));
        }

        var weight = ours.ResidentMegabytes();
        // Two rounds more of each, when both have long been compiled.
        for (var round = 0; round < 2; round++)
        {
            oursRates.Add(oursLoad.Run(Sessions));
            emptyRates.Add(emptyLoad.Run(Sessions));
        }

        Print("sessions created a second", Median(oursRates[3..]), "an empty endpoint with the same JSON", Median(emptyRates[3..]), "at least 0.5");
        Print($"resident with {Sessions} sessions, MB", weight, "the empty endpoint", empty.ResidentMegabytes(), "below 150 MB");
    }

    private static async Task ServeOursAsync()
    {
        await using var emulator = await BiometricEmulator.StartAsync(new BiometricEmulatorOptions { ApiKey = ApiKey, RateLimits = EmulatorRateLimits.None });
        await SayPortAsync(emulator.BaseAddress.Port);
    }

    private static async Task ServeEmptyAsync()
    {
        await using var app = EmptyEndpoint.Build();
        await app.StartAsync();
        await SayPortAsync(new Uri(app.Urls.First()).Port);
    }

    /// <summary>Says the port, and serves until the other end of standard input is gone.</summary>
    private static async Task SayPortAsync(int port)
    {
        await Console.Out.WriteLineAsync(port.ToString(CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
    }

    private static Server Start(string which) => new(Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
    {
        ArgumentList = { Command, which },
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!);

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var start = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Print(string what, double ours, string other, double theirs, string bound) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {what} | {ours:0.#} | {other}: {theirs:0.#} | {ours / theirs:0.00} | {bound} |"));

    private sealed class Server(Process process) : IDisposable
    {
        public int Port { get; } = int.Parse(process.StandardOutput.ReadLine()!, NumberStyles.None, CultureInfo.InvariantCulture);

        public double ResidentMegabytes()
        {
            process.Refresh();
            return process.WorkingSet64 / 1e6;
        }

        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

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
    private const string Cold = "cold";
    private const string ApiKey = "key-of-the-benchmark";
    private const string Workflow = EmulatedWorkflow.LivenessOnlyId;
    private const int Sessions = 10_000;
    private const int WarmUp = 30_000;
    private const int Rounds = 7;
    private const int Starts = 40;
    private const int ColdStarts = 9;

    private static readonly DirectoryInfo Folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "biometric-emulator-figures"));

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
            case [Cold, Ours]:
                await Console.Out.WriteLineAsync(Text(await TimeAsync(StartOursAsync)));
                return 0;
            case [Cold, Empty]:
                await Console.Out.WriteLineAsync(Text(await TimeAsync(StartEmptyAsync)));
                return 0;
            default:
                await MeasureStartsAsync();
                MeasureColdStarts();
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
            ours.Add(await TimeAsync(StartOursAsync));
            empty.Add(await TimeAsync(StartEmptyAsync));
        }

        // The first few compile.
        Print("start and stop in process, ms", Median(ours[5..]), "an empty application", Median(empty[5..]), "at most 2");
    }

    private static void MeasureColdStarts()
    {
        List<double> ours = [], empty = [];
        for (var i = 0; i < ColdStarts; i++)
        {
            ours.Add(StartCold(Ours));
            empty.Add(StartCold(Empty));
        }

        Print("the first start of a process, ms", Median(ours), "an empty application", Median(empty), "at most 2");
    }

    private static double StartCold(string which)
    {
        using var process = Run(Cold, which);
        return double.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    private static async Task StartOursAsync() => await (await BiometricEmulator.StartAsync()).DisposeAsync();

    private static async Task StartEmptyAsync()
    {
        // An empty folder: it is watched for settings, and a large one would slow the peer down.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Folder.FullName });
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        await app.StopAsync();
    }

    private static void MeasureSessions()
    {
        using var ours = new Server(Run(Ours));
        using var empty = new Server(Run(Empty));
        using var oursLoad = new CreateLoad(ours.Port, ApiKey, Workflow);
        using var emptyLoad = new CreateLoad(empty.Port, ApiKey, Workflow);
        oursLoad.Run(Sessions);
        emptyLoad.Run(Sessions);
        var weight = ours.ResidentMegabytes();

        // Until both have been compiled for good: before, the compiler takes one of the cores.
        oursLoad.Run(WarmUp);
        emptyLoad.Run(WarmUp);
        List<double> oursRates = [], emptyRates = [];
        for (var round = 0; round < Rounds; round++)
        {
            oursRates.Add(oursLoad.Run(Sessions / 2));
            emptyRates.Add(emptyLoad.Run(Sessions / 2));
        }

        Print("sessions created a second", Median(oursRates), "an empty endpoint with the same JSON", Median(emptyRates), "at least 0.5");
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

    private static Process Run(params IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Command, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

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

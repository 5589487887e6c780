using System.Globalization;
using BiometricTwoFactor.ReferenceMatcher.Fuzzing;

// dotnet run -c Release --project tests/BiometricTwoFactor.ReferenceMatcher.Fuzzing -- --seconds 600 [--seed N] [--keep FOLDER] [--corpus FOLDER]
// dotnet run -c Release --project tests/BiometricTwoFactor.ReferenceMatcher.Fuzzing -- --replay FILE
var (seconds, seed) = (60, 1);
var keep = Path.Combine(Path.GetTempPath(), "reference-matcher-findings");
string? corpus = null;
for (var i = 0; i < args.Length; i += 2)
{
    var value = i + 1 < args.Length ? args[i + 1] : "";
    var understood = args[i] switch
    {
        "--seconds" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seconds),
        "--seed" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seed),
        "--keep" => (keep = value).Length > 0,
        "--corpus" => (corpus = value).Length > 0,
        "--replay" => File.Exists(value),
        _ => false,
    };
    if (!understood)
    {
        await Console.Error.WriteLineAsync("Usage: [--seconds N] [--seed N] [--keep FOLDER] [--corpus FOLDER], or --replay FILE");
        return 2;
    }

    if (args[i] == "--replay")
    {
        Console.WriteLine(FuzzLoop.Replay(await File.ReadAllBytesAsync(value)));
        return 0;
    }
}

var report = FuzzLoop.Run(new FuzzOptions(TimeSpan.FromSeconds(seconds), seed, Hang: TimeSpan.FromSeconds(2), keep, corpus));
foreach (var (outcome, count) in report.Outcomes.OrderByDescending(outcome => outcome.Value))
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,10}  {outcome}"));
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{report.Executions} executions, {report.Corpus} inputs kept, {report.Edges} edges, worst time {report.WorstTime.TotalMilliseconds:F1} ms, worst allocation {report.WorstAllocation} bytes, {report.Findings.Count} findings"));
foreach (var finding in report.Findings)
{
    Console.WriteLine();
    Console.WriteLine(finding);
}

if (report.Findings.Count > 0)
{
    Console.WriteLine($"The inputs are in {keep}");
}

return report.Findings.Count > 0 ? 1 : 0;

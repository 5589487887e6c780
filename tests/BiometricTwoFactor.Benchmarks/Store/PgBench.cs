using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BiometricTwoFactor.EntityFrameworkCore.Tests;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>PostgreSQL's own load: it sends what the store sends, prepared, from a process in C.</summary>
internal sealed partial class PgBench(int port, string database, string script)
{
    /// <summary>One step-up, and the chaining of a batch behind each batch.</summary>
    public static string ScriptOf(StepUpRecording recording)
    {
        var script = new StringBuilder();
        Line($"\\set i :i + 1");
        Line($"\\set number {StepUpNumber.First} + :client_id * {StepUpNumber.PerClient} + :i - 1");
        Line($"\\set customer {StepUpNumber.FirstCustomer} + :client_id * {StepUpNumber.PerClient} + (:i - 1) % {StepUpNumber.Customers}");
        Line($"\\set tick :begun + (:i * 16 + :client_id) * 1000");
        foreach (var operation in recording.StepUp)
        {
            Add(operation);
        }

        Line($"\\if :i % {StepUpNumber.Batch} = 0");
        foreach (var operation in recording.Chain)
        {
            Add(operation);
        }

        Line($"\\endif");
        return script.ToString();

        void Line(FormattableString line) => script.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        void Add(ReplayedOperation operation)
        {
            if (operation.IsTransaction)
            {
                // One chains at a time, as the chainer of a process does; each client has as many drafts waiting as it takes.
                script.Append("BEGIN;\nSELECT pg_advisory_xact_lock(1);\n");
            }

            foreach (var statement in operation.Statements)
            {
                // Npgsql sends them at once and as one transaction, which is what a pipeline is.
                var texts = Parameter().Replace(statement.Text, match => statement.Values[match.Value].Sql).Split("; ");
                script.Append(texts.Length > 1 ? "\\startpipeline\n" : "");
                foreach (var text in texts)
                {
                    script.Append(text).Append(operation.IsTransaction && statement.IsHead ? " \\gset\n" : ";\n");
                }

                script.Append(texts.Length > 1 ? "\\endpipeline\n" : "");
            }

            script.Append(operation.IsTransaction ? "COMMIT;\n" : "");
        }
    }

    /// <summary>Step-ups a second.</summary>
    public async Task<double> RunAsync(int clients, int from, int count)
    {
        string[] arguments =
        [
            "-n", "-h", "127.0.0.1", "-p", Text(port), "-U", "postgres", "-M", "prepared", "-c", Text(clients), "-j", Text(Math.Min(clients, Environment.ProcessorCount)), "-t", Text(count),
            "-D", $"i={Text(from)}", "-D", $"begun={Text(DateTimeOffset.UtcNow.UtcTicks)}", "-f", script, database,
        ];
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(ServerProcess.Programs, "pgbench"), arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var rate = Rate().Match(output);
        return process.ExitCode == 0 && rate.Success && output.Contains("number of failed transactions: 0", StringComparison.Ordinal)
            ? double.Parse(rate.Groups["rate"].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench ended with {process.ExitCode}: {await errors} {output}");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("@[a-z_0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^tps = (?<rate>[0-9.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();
}

using System.Diagnostics;
using System.Globalization;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.Force;

/// <summary>Many attempts at few approvals, over several processes on one database: each approval is used exactly once.</summary>
internal static class ParallelProof
{
    public static async Task<Report> RunAsync(ForceSettings settings)
    {
        await using var fleet = await Fleet.StartAsync(settings);
        var steps = new Steps();
        var payers = await Task.WhenAll(Enumerable.Range(0, settings.Payers).Select(number => Payer.SignedInAsync(fleet, steps, number, settings.Seed)));
        try
        {
            var approved = (await Task.WhenAll(payers.Select((payer, number) => ApproveAsync(payer, number, settings)))).SelectMany(one => one).ToArray();
            var attempts = Enumerable.Range(0, settings.Attempts).Select(number => (Approval: approved[number % approved.Length], Machine: fleet.Machines[number / approved.Length % settings.Machines])).ToArray();
            new Random(settings.Seed).Shuffle(attempts);
            var started = Stopwatch.StartNew();
            await Parallel.ForEachAsync(
                attempts,
                new ParallelOptions { MaxDegreeOfParallelism = settings.Concurrency },
                async (attempt, _) => await attempt.Approval.Payer.TryUseAsync(attempt.Approval.Payment, attempt.Machine.Address));
            var seconds = started.Elapsed.TotalSeconds;

            var audit = await Audit.TakeAsync(fleet.Database);
            var report = new Report($"parallel ({settings.Name})", settings.Seed)
                .Figure("approvals", approved.Length)
                .Figure("attempts", payers.Sum(payer => payer.Attempts))
                .Figure("attempts per second", (long)(settings.Attempts / seconds))
                .Promise("attempts that failed", payers.Sum(payer => payer.Failures))
                .Promise("executions", audit.Executions, settings.Approvals)
                .Promise("doubled", audit.Doubled)
                .Promise("without approval", audit.Unapproved)
                .Promise("approvals used for nothing", audit.UsedForNothing)
                .Promise("confirmed to the payer", approved.Sum(one => one.Payment.Confirmed), settings.Approvals)
                .Promise("approvals not executed", approved.Count(one => !audit.IsExecuted(one.Payment)))
                .Promise("confirmed and not in the ledger", approved.Count(one => audit.IsDenied(one.Payment)));
            report.Logs = report.Holds ? null : fleet.Logs();
            return report;
        }
        finally
        {
            Array.ForEach(payers, payer => payer.Dispose());
        }
    }

    private static async Task<IReadOnlyList<(Payer Payer, Payment Payment)>> ApproveAsync(Payer payer, int number, ForceSettings settings)
    {
        List<(Payer, Payment)> approved = [];
        var wanted = (settings.Approvals / settings.Payers) + (number < settings.Approvals % settings.Payers ? 1 : 0);
        for (var i = 0; i < wanted; i++)
        {
            var payment = payer.NewPayment(string.Create(CultureInfo.InvariantCulture, $"payer {number} payment {i}"));
            if (!await payer.AskAsync(payment)
                || await payer.StartAsync(payment) is not { } session
                || await payer.LookAsync(session, SandboxScenario.Approve) is not { } callback
                || !await payer.ClaimAsync(payment, callback))
            {
                throw new ForceException($"The approval of {payment.Reference} did not come about.");
            }

            approved.Add((payer, payment));
        }

        return approved;
    }
}

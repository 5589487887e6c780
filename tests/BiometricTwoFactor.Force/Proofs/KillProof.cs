using System.Diagnostics;
using System.Globalization;

namespace BiometricTwoFactor.Force;

/// <summary>
/// Machines die by kill -9 at random moments, under load, while webhooks come twice, late, in the wrong order or not at all.
/// No approval is used twice; joined to the transfer none is lost; and everything that was begun ends.
/// </summary>
internal sealed class KillProof
{
    /// <summary>Requests that a round is taken to have, before the first one has been counted.</summary>
    private const long FirstGuess = 60;

    private readonly ForceSettings _settings;
    private readonly Fleet _fleet;
    private readonly Random _chance;
    private readonly Steps _steps = new();
    private readonly TextWriter? _progress;
    private PayerLoad[] _loads = [];
    private int _rounds;
    private int _kills;
    private int _killsUnderLoad;

    private KillProof(ForceSettings settings, Fleet fleet, TextWriter? progress)
    {
        _settings = settings;
        _fleet = fleet;
        _progress = progress;
        _chance = new Random(settings.Seed);
    }

    public static async Task<Report> RunAsync(ForceSettings settings, TextWriter? progress = null)
    {
        await using var fleet = await Fleet.StartAsync(settings);
        return await new KillProof(settings, fleet, progress).RunAsync();
    }

    private async Task<Report> RunAsync()
    {
        var started = Stopwatch.StartNew();
        var payers = await Task.WhenAll(Enumerable.Range(0, _settings.Payers).Select(number => Payer.SignedInAsync(_fleet, _steps, number, _settings.Seed)));
        try
        {
            _loads = [.. payers.Select((payer, number) => new PayerLoad(payer, _fleet, number))];
            var length = FirstGuess;
            while (_rounds < _settings.Rounds && started.Elapsed < _settings.LongestRun)
            {
                length = await RoundAsync(++_rounds, length);
                if (_rounds % 20 == 0)
                {
                    _progress?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {_settings.Name}: round {_rounds}, {started.Elapsed.TotalSeconds:0} s"));
                }
            }

            // Those that survived a kill unused are used now: none of them may be gone.
            _ = _steps.Begin(long.MaxValue);
            await Task.WhenAll(_loads.Select(load => load.UseKeptAsync()));
            var audit = await EndedAsync();
            return await ReportAsync(audit, started.Elapsed);
        }
        finally
        {
            Array.ForEach(payers, payer => payer.Dispose());
        }
    }

    /// <summary>One round: everybody pays, and in the middle of it machines die and come back. The number of requests that it took.</summary>
    private async Task<long> RoundAsync(int round, long length)
    {
        var mark = _chance.NextInt64(1, Math.Max(2, length));
        var moment = _steps.Begin(mark);
        var pause = TimeSpan.FromMilliseconds(_chance.Next(0, 25));
        var victims = _fleet.Machines.Where(_ => _chance.Next(4) == 0).DefaultIfEmpty(_fleet.Machines[_chance.Next(_fleet.Machines.Count)]).ToArray();
        var load = Task.WhenAll(_loads.Select(one => one.PayAsync(round, _settings.PaymentsPerRound)));
        var end = load.ContinueWith(_ => _steps.End(), TaskScheduler.Default);
        await moment;
        _killsUnderLoad += load.IsCompleted ? 0 : victims.Length;

        // Somewhere within that request, and not always at its beginning.
        await Task.Delay(pause);
        await Task.WhenAll(victims.Select(victim => victim.KillAsync()));
        _kills += victims.Length;
        await Task.WhenAll(victims.Select(victim => victim.StartAsync()));
        await load;
        await end;
        return _steps.Taken;
    }

    /// <summary>Waits until everything has ended by itself: what nobody finished has its deadline.</summary>
    private async Task<Audit> EndedAsync()
    {
        var limit = (_settings.Lifetime * 2) + TimeSpan.FromMinutes(1);
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(500))
        {
            var audit = await Audit.TakeAsync(_fleet.Database);
            if (audit.Open == 0 || patience.Elapsed > limit)
            {
                return audit;
            }
        }
    }

    private async Task<Report> ReportAsync(Audit audit, TimeSpan duration)
    {
        var payments = _loads.SelectMany(load => load.Claimed).ToArray();
        var report = new Report($"kill -9 ({_settings.Name})", _settings.Seed)
            .Figure("rounds", _rounds)
            .Figure("kills", _kills)
            .Figure("  while requests were under way", _killsUnderLoad)
            .Figure("requests", _steps.All)
            .Figure("webhooks sent", _fleet.Webhooks.Sent)
            .Figure("  acknowledged", _fleet.Webhooks.Acknowledged)
            .Figure("challenges", audit.Challenges)
            .Figure("approvals claimed", payments.Length)
            .Figure("  kept over a kill before their use", _loads.Sum(load => load.Kept))
            .Figure("attempts to use them", _loads.Sum(load => load.Attempts))
            .Figure("executions", audit.Executions)
            .Figure("  whose answer was lost", payments.Count(payment => payment.Confirmed == 0 && audit.IsExecuted(payment)))
            .Figure("too late for their use", payments.Count(payment => payment.RefusedAt is not null && !audit.IsExecuted(payment) && !audit.IsLost(payment)))
            .Promise("doubled", audit.Doubled + payments.Sum(payment => Math.Max(0, payment.Confirmed - 1)))
            .Promise("without approval", audit.Unapproved)
            .Promise("confirmed and not in the ledger", payments.Count(audit.IsDenied))
            .Promise("not ended", audit.Open);
        var lost = payments.Count(audit.IsLost);
        if (_settings.Joined)
        {
            report.Promise("lost", lost).Promise("approvals used for nothing", audit.UsedForNothing);
        }
        else
        {
            // Used first, and the machine died before the transfer: a new face is asked for (protocol 7.3).
            report.Promise("lost", lost).Figure("used, and died before the transfer", audit.UsedForNothing);
        }

        if (payments.Length == 0 || audit.Executions == 0)
        {
            report.Broken("nothing was approved and carried out: nothing is proved");
        }

        var evidence = await EvidenceAudit.VerifyAsync(_fleet);
        report.Figure("evidence", evidence.Count == 0 ? "verified" : "BROKEN");
        foreach (var violation in evidence)
        {
            report.Broken("evidence: " + violation);
        }

        report.Figure("seconds", (long)duration.TotalSeconds);
        report.Logs = report.Holds ? null : _fleet.Logs();
        return report;
    }
}

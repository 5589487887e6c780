using System.Globalization;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.Force;

/// <summary>What one payer does in round after round, and everything that may become of a payment on its way.</summary>
internal sealed class PayerLoad(Payer payer, Fleet fleet, int number)
{
    private readonly List<Payment> _claimed = [];
    private readonly Queue<Payment> _kept = new();

    /// <summary>Payments whose approval the bank has said to be there.</summary>
    public IReadOnlyList<Payment> Claimed => _claimed;

    /// <summary>Those that were left unused over a kill.</summary>
    public int Kept { get; private set; }

    public int Attempts => payer.Attempts;

    public async Task PayAsync(int round, int payments)
    {
        var kept = _kept.Count;
        for (var i = 0; i < payments; i++)
        {
            await PayAsync(payer.NewPayment(string.Create(CultureInfo.InvariantCulture, $"payer {number} round {round} payment {i}")));
        }

        for (; kept > 0; kept--)
        {
            await payer.UseAsync(_kept.Dequeue());
        }
    }

    public async Task UseKeptAsync()
    {
        while (_kept.TryDequeue(out var payment))
        {
            await payer.UseAsync(payment);
        }
    }

    private async Task PayAsync(Payment payment)
    {
        // Chosen first, so that the same seed chooses the same whatever the machine's timing.
        var (ending, scenario, mishaps, keeps) = (payer.Chance.Next(100), payer.Chance.Next(100), payer.Chance.Next(16), payer.Chance.Next(4) == 0);
        if (!await payer.AskAsync(payment) || ending < 5 || await payer.StartAsync(payment) is not { } session || ending < 10)
        {
            return; // walked away before the camera
        }

        Plan(session, mishaps);
        var callback = await payer.LookAsync(session, scenario < 4 ? SandboxScenario.DeclineFaceMatchLowSimilarity : scenario < 8 ? SandboxScenario.ReviewFaceMatchBorderline : SandboxScenario.Approve);
        if (callback is null || ending < 15 || !await payer.ClaimAsync(payment, callback))
        {
            return; // closed the tab, or was not recognised
        }

        _claimed.Add(payment);
        if (ending < 18)
        {
            return; // has the approval, and never uses it
        }

        if (keeps)
        {
            Kept++;
            _kept.Enqueue(payment);
            return;
        }

        await payer.UseAsync(payment);
    }

    /// <summary>What goes wrong with this session's webhooks.</summary>
    private void Plan(SessionId session, int mishaps)
    {
        foreach (var (bit, kind) in new[]
        {
            (1, EmulatorFaultKind.WebhookDuplicate), (2, EmulatorFaultKind.WebhookReorder), (4, EmulatorFaultKind.WebhookDelay),
        })
        {
            if ((mishaps & bit) != 0)
            {
                fleet.Emulator.Faults.Plan(new EmulatorFault { Kind = kind, SessionId = session, Count = 2, Delay = TimeSpan.FromMilliseconds(300) });
            }
        }

        if (mishaps == 0)
        {
            fleet.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.WebhookDrop, SessionId = session });
        }
    }
}

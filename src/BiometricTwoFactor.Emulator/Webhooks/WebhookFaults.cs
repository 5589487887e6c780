namespace BiometricTwoFactor.Emulator;

/// <summary>
/// Takes the planned faults that strike an event. One use strikes the event at all of its destinations. Of a webhook about
/// <c>In Progress</c> only the order is disturbed: the other faults wait for one that says more, as
/// <see cref="EmulatorFaults.NextWebhookBody"/> does, or a capture in the browser would use them up when it begins.
/// </summary>
internal static class WebhookFaults
{
    private const int DefaultBytes = 8 * 1024 * 1024;

    // Whoever plans more wants to break the emulator, not the receiver.
    private const int MostBytes = 64 * 1024 * 1024;
    private const int MostCopies = 1000;

    private static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DefaultAge = TimeSpan.FromMinutes(10);

    public static WebhookStrike Take(FaultPlan plan, AnnouncedEvent what)
    {
        var says = what.Status != SessionStatus.InProgress;
        if (says && Take(EmulatorFaultKind.WebhookDrop) is not null)
        {
            return new WebhookStrike { Drops = true }; // what is not sent needs no other fault
        }

        var reorders = Take(EmulatorFaultKind.WebhookReorder) is not null;
        return says ? Others(reorders) : reorders ? new WebhookStrike { Reorders = true } : WebhookStrike.None;

        EmulatorFault? Take(EmulatorFaultKind kind) => plan.Take(kind, what.SessionId.ToString());

        WebhookStrike Others(bool reorders)
        {
            var delay = reorders ? null : Take(EmulatorFaultKind.WebhookDelay);
            var copies = Take(EmulatorFaultKind.WebhookDuplicate);
            var age = Take(EmulatorFaultKind.WebhookStaleTimestamp);
            var huge = Take(EmulatorFaultKind.WebhookHuge);
            return new WebhookStrike
            {
                Reorders = reorders,
                Delay = delay is null ? null : delay.Delay ?? DefaultDelay,
                Copies = copies is null ? 0 : Math.Min(copies.Count ?? 1, MostCopies),
                Rotates = Take(EmulatorFaultKind.WebhookRotatedSecret) is not null,
                Secret = Take(EmulatorFaultKind.WebhookWrongSecret) is null ? null : new WebhookSecret(Destination.NewSecret(), label: "nobody's"),
                Age = age is null ? TimeSpan.Zero : age.Delay ?? DefaultAge,
                CutsShort = Take(EmulatorFaultKind.WebhookTruncated) is not null,
                Bytes = huge is null ? null : Math.Min(huge.Count ?? DefaultBytes, MostBytes),
            };
        }
    }
}

namespace BiometricTwoFactor.Emulator;

/// <summary>What the rooms of the emulator share.</summary>
internal sealed class EmulatorCore
{
    public EmulatorCore(EmulatorSettings settings)
    {
        Settings = settings;
        Webhooks = new WebhookDispatcher(settings, Changes);
        Verdicts = new VerdictFaults(settings, Faults.Plans);
        Flips = new VerdictFlips(settings, Store, Faults.Plans);
        Composer = new WebhookComposer(settings, () => BaseAddress, Verdicts);
        Flow = new SessionFlow(settings, Store, Composer, Webhooks, Changes, Flips);
        Pictures = new PictureCapture(settings, Store, Flow);
        Standalone = new StandaloneJudge(settings);
        Handoffs = new HandoffCodes(settings.Clock);
        RateLimiter = new RateLimiter(settings);
        IsOutOfCredits = settings.Options.IsOutOfCredits;
        Faults.Plans.Struck = NoteFault;
    }

    public EmulatorSettings Settings { get; }

    /// <summary>Wakes whoever waits for a session or watches the console.</summary>
    public ChangeFeed Changes { get; } = new();

    public SessionStore Store { get; } = new();

    public WebhookDispatcher Webhooks { get; }

    public WebhookComposer Composer { get; }

    public SessionFlow Flow { get; }

    public VerdictFaults Verdicts { get; }

    public VerdictFlips Flips { get; }

    public PictureCapture Pictures { get; }

    public StandaloneJudge Standalone { get; }

    public HandoffCodes Handoffs { get; }

    public RateLimiter RateLimiter { get; }

    /// <summary>Whether what costs credits is refused. May change at any time.</summary>
    public bool IsOutOfCredits { get; set; }

    public EmulatorFaults Faults => Webhooks.Faults;

    /// <summary>Known once the port is: set before the first request can arrive.</summary>
    public Uri BaseAddress { get; set; } = new("http://127.0.0.1/");

    /// <summary>A session that is not deleted, after what is overdue has ended.</summary>
    public SessionRecord? Find(string id)
    {
        lock (Store.Gate)
        {
            return Current(Store.Find(id));
        }
    }

    /// <summary>The same by the hosted page's token.</summary>
    public SessionRecord? FindByToken(string token)
    {
        lock (Store.Gate)
        {
            return Current(Store.FindByToken(token));
        }
    }

    public EmulatedSession Snapshot(SessionRecord session)
    {
        lock (Store.Gate)
        {
            return Store.Snapshot(session, BaseAddress);
        }
    }

    /// <summary>Sends a webhook's bytes once more, and notes it.</summary>
    public Task<WebhookDelivery> RedeliverAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var sent = Webhooks.RedeliverAsync(delivery, cancellationToken); // throws at once when there is nowhere to send it
        lock (Store.Gate)
        {
            if (Store.Find(delivery.SessionId.ToString()) is { } session)
            {
                Flow.Note(session, "replayed", delivery.Status.ToWire());
            }
        }

        return sent;
    }

    /// <summary>A fault that struck is seen on the timeline of its session, and gone from the plan.</summary>
    private void NoteFault(EmulatorFault fault, string? sessionId)
    {
        // Who takes a fault may hold locks of its own: the store's is then not waited for.
        if (Store.Gate.IsHeldByCurrentThread)
        {
            Note();
        }
        else
        {
            _ = Task.Run(Note);
        }

        void Note()
        {
            lock (Store.Gate)
            {
                if (sessionId is not null && Store.Find(sessionId) is { } session)
                {
                    Flow.Note(session, "fault_struck", EmulatorFaultKindText.ToWire(fault.Kind));
                }
            }

            Changes.Notify(); // the plan has changed in any case
        }
    }

    private SessionRecord? Current(SessionRecord? session)
    {
        if (session is not null)
        {
            Flow.EndOverdue(session);
        }

        return session;
    }
}

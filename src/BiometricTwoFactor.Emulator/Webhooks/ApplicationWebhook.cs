namespace BiometricTwoFactor.Emulator;

/// <summary>
/// The application-level webhook, which destinations have replaced (contract 4.1): one URL and one secret of its own, for
/// events of sessions only. Off until it is given a URL.
/// </summary>
internal sealed class ApplicationWebhook
{
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private State _state;

    public ApplicationWebhook(EmulatorSettings settings)
    {
        _clock = settings.Clock;
        _state = new State(null, WebhookVersion.Current, Emulator.Destination.NewSecret(), null);
    }

    /// <summary>Not a destination's: it is not found under this id by the API.</summary>
    public string Id { get; } = EmulatorSettings.NewUuid();

    public State Now
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>As what is sent to; null without a URL.</summary>
    public Destination? Destination => Now.Destination;

    /// <summary>A null version leaves it.</summary>
    public State Change(bool changesUrl, Uri? url, string? version, bool rotates)
    {
        lock (_gate)
        {
            var changed = _state with
            {
                Url = changesUrl ? url : _state.Url,
                Version = version ?? _state.Version,
                Secret = rotates ? Emulator.Destination.NewSecret() : _state.Secret,
            };
            return _state = changed with { Destination = Build(changed) };
        }
    }

    /// <summary>The old secret is dead at once.</summary>
    public Destination? Rotate() => Change(changesUrl: false, url: null, version: null, rotates: true).Destination;

    private Destination? Build(State state)
    {
        var now = _clock.GetUtcNow();
        return state.Url is null ? null : new Destination
        {
            Id = Id,
            Label = "Application",
            Url = state.Url,
            Version = state.Version,
            Events = WebhookEvents.OfSessions,
            Secret = state.Secret,
            Key = new WebhookSecret(state.Secret, label: "application"),
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    internal sealed record State(Uri? Url, string Version, string Secret, Destination? Destination)
    {
        /// <summary>A record would print its secret.</summary>
        public override string ToString() => nameof(ApplicationWebhook);
    }
}

namespace BiometricTwoFactor.Emulator;

/// <summary>The webhook destinations, oldest first. The first one is usually the application's default: the options' URL and secret.</summary>
internal sealed class DestinationStore
{
    private readonly EmulatorSettings _settings;
    private readonly ChangeFeed _changes;
    private readonly Lock _gate = new();
    private readonly List<Destination> _all = [];
    private string? _defaultId;
    private string _defaultSecret;

    public DestinationStore(EmulatorSettings settings, ChangeFeed changes)
    {
        _settings = settings;
        _changes = changes;
        _defaultSecret = settings.WebhookSecret;
        Application = new ApplicationWebhook(settings);
        SetDefaultUrl(settings.Options.WebhookUrl);
    }

    /// <summary>The older kind of webhook, used only while no destination is enabled.</summary>
    public ApplicationWebhook Application { get; }

    public IReadOnlyList<Destination> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _all];
            }
        }
    }

    /// <summary>The default destination's URL; null while there is none or it is disabled.</summary>
    public Uri? DefaultUrl
    {
        get
        {
            lock (_gate)
            {
                return Find(_defaultId) is { Enabled: true } known ? known.Url : null;
            }
        }
    }

    /// <summary>The default destination's secret, or the one that it will have.</summary>
    public string DefaultSecret
    {
        get
        {
            lock (_gate)
            {
                return _defaultSecret;
            }
        }
    }

    /// <summary>Moves the default destination, makes it when there is none, or disables it.</summary>
    /// <exception cref="ArgumentException">Another destination has that URL.</exception>
    public void SetDefaultUrl(Uri? url)
    {
        lock (_gate)
        {
            if (url is not null && IsTaken(url, _defaultId))
            {
                throw new ArgumentException("Another webhook destination has that URL.", nameof(url));
            }

            if (Find(_defaultId) is { } known)
            {
                Replace(known, url is null ? known with { Enabled = false } : known with { Enabled = true, Url = url });
            }
            else if (url is not null)
            {
                var made = New("Application default", url, WebhookEvents.OfSessions, _defaultSecret);
                _defaultId = made.Id;
                _all.Add(made);
            }
        }

        _changes.Notify();
    }

    /// <summary>A destination that is not stored yet.</summary>
    public Destination New(string label, Uri url, IReadOnlyList<string> events, string? secret = null)
    {
        var now = _settings.Clock.GetUtcNow();
        var text = secret ?? Destination.NewSecret();
        return new Destination
        {
            Id = EmulatorSettings.NewUuid(),
            Label = label,
            Url = url,
            Events = events,
            Secret = text,
            Key = new WebhookSecret(text, label: "destination"),
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    public Destination? Find(string? id)
    {
        lock (_gate)
        {
            return id is null ? null : _all.Find(destination => destination.Id == id);
        }
    }

    /// <summary>False when another one has the URL: it is unique among those that are not deleted.</summary>
    public bool TryAdd(Destination destination)
    {
        lock (_gate)
        {
            if (IsTaken(destination.Url, exceptId: null))
            {
                return false;
            }

            _all.Add(destination);
        }

        _changes.Notify();
        return true;
    }

    /// <summary>Changes one in a single step. Null when it is not there, or when its new URL is another one's.</summary>
    public Destination? Change(string id, Func<Destination, Destination> change, out bool urlIsTaken)
    {
        urlIsTaken = false;
        Destination changed;
        lock (_gate)
        {
            if (Find(id) is not { } known)
            {
                return null;
            }

            changed = change(known);
            if (IsTaken(changed.Url, id))
            {
                urlIsTaken = true;
                return null;
            }

            changed = Replace(known, changed);
        }

        _changes.Notify();
        return changed;
    }

    /// <summary>Whether it is the application's default.</summary>
    public bool IsDefault(Destination destination)
    {
        lock (_gate)
        {
            return destination.Id == _defaultId;
        }
    }

    /// <summary>
    /// Brings one back that was saved. The options' URL and secret win over the saved default's, and over a saved one that
    /// has the same URL.
    /// </summary>
    public void Restore(Destination saved, bool isDefault)
    {
        lock (_gate)
        {
            if (isDefault)
            {
                // The options' secret, or else the one that was saved beside this destination, which is its own.
                saved = saved.WithSecret(_defaultSecret);
            }

            if (isDefault && Find(_defaultId) is { } configured)
            {
                _all.Remove(configured);
                saved = saved with { Url = configured.Url, Enabled = true };
            }

            if (Find(saved.Id) is null && !IsTaken(saved.Url, exceptId: null))
            {
                _all.Add(saved);
                _defaultId = isDefault ? saved.Id : _defaultId;
            }
        }
    }

    /// <summary>Soft at the provider; here, the log is what remains. False when it is not there.</summary>
    public bool Remove(string id)
    {
        lock (_gate)
        {
            if (_all.RemoveAll(destination => destination.Id == id) == 0)
            {
                return false;
            }

            _defaultId = _defaultId == id ? null : _defaultId;
        }

        _changes.Notify();
        return true;
    }

    /// <summary>Gives it a new secret; the old one is dead at once. The state before when it is gone.</summary>
    public Destination Rotate(Destination destination)
    {
        var secret = Destination.NewSecret();
        lock (_gate)
        {
            if (destination.Id == Application.Id)
            {
                return Application.Rotate() ?? destination;
            }

            if (Find(destination.Id) is not { } known)
            {
                return destination;
            }

            _defaultSecret = _defaultId == known.Id ? secret : _defaultSecret;
            return Replace(known, known.WithSecret(secret));
        }
    }

    /// <summary>Who gets an event: whoever is enabled and subscribed; the application-level webhook while nobody at all is enabled.</summary>
    public IReadOnlyList<Destination> TargetsOf(string type)
    {
        lock (_gate)
        {
            List<Destination> enabled = [.. _all.Where(destination => destination.Enabled)];
            return enabled.Count > 0 ? enabled.FindAll(destination => destination.Events.Contains(type, StringComparer.Ordinal))
                : Application.Destination is { } application && application.Events.Contains(type, StringComparer.Ordinal) ? [application]
                : [];
        }
    }

    /// <summary>The destination of something that waits for its time: null when it was deleted or disabled meanwhile.</summary>
    public Destination? FindEnabled(string id) => id == Application.Id ? Application.Destination : Find(id) is { Enabled: true } known ? known : null;

    private Destination Replace(Destination known, Destination changed)
    {
        changed = changed with { UpdatedAt = _settings.Clock.GetUtcNow() };
        _all[_all.FindIndex(destination => destination.Id == known.Id)] = changed;
        return changed;
    }

    private bool IsTaken(Uri url, string? exceptId) => _all.Exists(destination =>
        destination.Id != exceptId && string.Equals(destination.Url.OriginalString, url.OriginalString, StringComparison.Ordinal));
}

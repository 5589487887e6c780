namespace BiometricTwoFactor.AspNetCore;

/// <summary>Known devices and networks, blocks, and the windows of account access.</summary>
internal sealed partial class InMemoryStepUpStore
{
    private const string Device = "device";
    private const string Network = "network";

    private readonly Dictionary<(string Tenant, string Subject), Dictionary<(string Kind, string Hash), DateTimeOffset>> _known = [];
    private readonly HashSet<(string Tenant, string Subject, string DeviceGroup)> _blocked = [];
    private readonly Dictionary<(string Tenant, string Subject), DateTimeOffset> _unblockedAt = [];
    private readonly Dictionary<(string Tenant, string BrowserHash), Queue<DateTimeOffset>> _madeOn = [];
    private int _forgetDevicesAt = LeastForgotten;
    private readonly Dictionary<StepUpBinding, AccessWindow> _access = [];

    public ValueTask<DeviceTrust> FindDeviceAsync(
        string tenant, string subject, string? deviceHash, string? networkHash, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_known.TryGetValue((tenant, subject), out var seen)
                ? new DeviceTrust(IsKnown(seen, Device, deviceHash), IsKnown(seen, Network, networkHash))
                : default);
        }

        bool IsKnown(Dictionary<(string Kind, string Hash), DateTimeOffset> seen, string kind, string? hash) =>
            hash is not null && seen.TryGetValue((kind, hash), out var last) && last >= since;
    }

    public ValueTask RememberDeviceAsync(
        string tenant, string subject, string? deviceHash, string? networkHash, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (!_known.TryGetValue((tenant, subject), out var seen))
            {
                _known.Add((tenant, subject), seen = []);
            }

            if (deviceHash is not null)
            {
                seen[(Device, deviceHash)] = now;
            }

            if (networkHash is not null)
            {
                seen[(Network, networkHash)] = now;
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ForgetDevicesAsync(string tenant, string subject, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _known.Remove((tenant, subject));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask BlockAsync(string tenant, string subject, string deviceGroup, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _blocked.Add((tenant, subject, deviceGroup));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> IsBlockedAsync(string tenant, string subject, string deviceGroup, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_blocked.Contains((tenant, subject, deviceGroup)));
        }
    }

    public ValueTask UnblockAsync(string tenant, string subject, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _unblockedAt[(tenant, subject)] = now;
            _blocked.RemoveWhere(block => Same(block.Tenant, tenant) && Same(block.Subject, subject));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask OpenAccessAsync(AccessWindow window, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(window);
        lock (_gate)
        {
            ForgetClosed(window.SeenAt);
            _access[window.Binding] = window;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<AccessWindow?> TryTouchAccessAsync(StepUpBinding binding, DateTimeOffset now, TimeSpan inactivity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(binding);
        lock (_gate)
        {
            if (!_access.TryGetValue(binding, out var window) || now < window.AuthenticatedAt || now - window.SeenAt >= inactivity || now >= window.EndsAt)
            {
                return new((AccessWindow?)null);
            }

            var touched = now > window.SeenAt ? window with { SeenAt = now } : window;
            _access[binding] = touched;
            return new(touched);
        }
    }

    public ValueTask CloseAccessAsync(StepUpBinding binding, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(binding);
        lock (_gate)
        {
            _access.Remove(binding);
        }

        return ValueTask.CompletedTask;
    }

    private DateTimeOffset CountedSince(string tenant, string subject) => _unblockedAt.GetValueOrDefault((tenant, subject), DateTimeOffset.MinValue);

    /// <summary>Counts a new challenge for its device; false, and not counted, where the device has had its share.</summary>
    private bool TryCountDevice(StepUpChallenge challenge, DateTimeOffset since, int limit)
    {
        if (challenge.AskedFrom.BrowserHash is not { } browser)
        {
            return true;
        }

        ForgetIdleDevices(since);
        var key = (challenge.Binding.Tenant, browser);
        if (!_madeOn.TryGetValue(key, out var made))
        {
            _madeOn.Add(key, made = []);
        }

        while (made.TryPeek(out var first) && first < since)
        {
            made.Dequeue();
        }

        if (made.Count >= limit)
        {
            return false;
        }

        made.Enqueue(challenge.CreatedAt);
        return true;
    }

    /// <summary>Whenever they have doubled: cookies cost nothing, and this memory is not to grow with them.</summary>
    private void ForgetIdleDevices(DateTimeOffset since)
    {
        if (_madeOn.Count < _forgetDevicesAt)
        {
            return;
        }

        foreach (var idle in _madeOn.Where(entry => entry.Value.All(at => at < since)).Select(entry => entry.Key).ToArray())
        {
            _madeOn.Remove(idle);
        }

        _forgetDevicesAt = Math.Max(LeastForgotten, _madeOn.Count * 2);
    }

    private void ForgetClosed(DateTimeOffset now)
    {
        foreach (var closed in _access.Where(entry => entry.Value.EndsAt <= now).Select(entry => entry.Key).ToArray())
        {
            _access.Remove(closed);
        }
    }
}

namespace BiometricTwoFactor.Emulator;

/// <summary>The browsers that a session has met. Only touched under the <see cref="SessionStore"/>'s lock.</summary>
internal sealed class SessionDevices
{
    private string? _initiator;
    private string? _finisher;

    /// <summary>A code was used: the session goes on elsewhere.</summary>
    public bool IsHandedOff { get; set; }

    /// <summary>The role of a browser. The first one that is known is the initiator from then on.</summary>
    /// <param name="device">Its id; null when it could not be told, as where an embedded page may keep nothing.</param>
    public DeviceRole RoleOf(string? device)
    {
        if (device is null)
        {
            // As long as nothing was handed off there is one device only, as far as anybody knows.
            return IsHandedOff ? DeviceRole.Other : DeviceRole.Initiator;
        }

        _initiator ??= device;
        return string.Equals(device, _initiator, StringComparison.Ordinal) ? DeviceRole.Initiator : DeviceRole.Other;
    }

    /// <summary>The capture was finished by this browser.</summary>
    public void Finish(string? device) => _finisher = device;

    public bool HasFinished(string? device) => device is not null && string.Equals(device, _finisher, StringComparison.Ordinal);
}

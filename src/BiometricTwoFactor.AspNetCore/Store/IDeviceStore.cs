namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Which devices and networks of a subject are known, and which subjects are blocked. A device or network becomes known by
/// an approval that was used on it, and by nothing else (protocol 9).
/// </summary>
public interface IDeviceStore
{
    /// <summary>Which of the two is known for this subject, and was seen at or after <paramref name="since"/>; a hash that is null never is.</summary>
    ValueTask<DeviceTrust> FindDeviceAsync(string tenant, string subject, string? deviceHash, string? networkHash, DateTimeOffset since, CancellationToken cancellationToken = default);

    /// <summary>Makes both known, or renews when they were last seen. A hash that is null is left out.</summary>
    ValueTask RememberDeviceAsync(string tenant, string subject, string? deviceHash, string? networkHash, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Forgets every device and network of a subject, such as after a recovery.</summary>
    ValueTask ForgetDevicesAsync(string tenant, string subject, CancellationToken cancellationToken = default);

    /// <summary>Blocks a subject's device group (<see cref="AskingDevice.Group"/>) until somebody lifts it.</summary>
    ValueTask BlockAsync(string tenant, string subject, string deviceGroup, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>True while that device group is blocked.</summary>
    ValueTask<bool> IsBlockedAsync(string tenant, string subject, string deviceGroup, CancellationToken cancellationToken = default);

    /// <summary>Lifts every block of a subject; declines of challenges made before this count no longer (<see cref="IStepUpStore.CountDeclinesInARowAsync"/>).</summary>
    ValueTask UnblockAsync(string tenant, string subject, DateTimeOffset now, CancellationToken cancellationToken = default);
}

/// <summary>What is known of a device and its network.</summary>
/// <param name="IsDeviceKnown">An approval was used on this device.</param>
/// <param name="IsNetworkKnown">An approval was used in this network.</param>
public readonly record struct DeviceTrust(bool IsDeviceKnown, bool IsNetworkKnown);

namespace BiometricTwoFactor.AspNetCore;

/// <summary>How devices and networks are recognised (<c>Biometric:Devices</c>; protocol 9).</summary>
public sealed class DeviceOptions
{
    /// <summary>How long a device or network stays known without an approval being used on it. Default 180 days, at most 400 (what browsers keep a cookie for).</summary>
    public TimeSpan RememberFor { get; set; } = TimeSpan.FromDays(180);
}

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>An authentic delivery that came before its session was stored (protocol 6.4).</summary>
internal sealed class ParkedRow
{
    public string Tenant { get; set; } = "";

    public string SessionId { get; set; } = "";

    public long EndsAt { get; set; }
}

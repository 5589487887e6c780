namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>The first body that came under an event id.</summary>
internal sealed class EventRow
{
    public string Tenant { get; set; } = "";

    public string EventId { get; set; } = "";

    public string BodyHash { get; set; } = "";

    public long RecordedAt { get; set; }
}

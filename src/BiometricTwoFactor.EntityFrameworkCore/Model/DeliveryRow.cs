namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A delivery that has had its effect.</summary>
internal sealed class DeliveryRow
{
    public string DeliveryKey { get; set; } = "";

    public long RecordedAt { get; set; }
}

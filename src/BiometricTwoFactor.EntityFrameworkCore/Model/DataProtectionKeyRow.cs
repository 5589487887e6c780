namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A key of ASP.NET Core Data Protection, as its XML.</summary>
internal sealed class DataProtectionKeyRow
{
    public long Id { get; set; }

    public string FriendlyName { get; set; } = "";

    public string Xml { get; set; } = "";
}

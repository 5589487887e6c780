namespace BiometricTwoFactor.AspNetCore;

/// <summary>The key of one person's evidence, wrapped by a key that is not in the store. Deleting it erases the person (protocol 11).</summary>
/// <param name="Id">A random name, which the entries carry.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="Subject">The person.</param>
/// <param name="Wrapped">The key under the application's master key; never the key itself.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record EvidenceKey(string Id, string Tenant, string Subject, byte[] Wrapped, DateTimeOffset CreatedAt)
{
    /// <summary>The id: the rest names a person and holds a key.</summary>
    public override string ToString() => Id;
}

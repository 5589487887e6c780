namespace BiometricTwoFactor.AspNetCore;

/// <summary>A provider session that is to be deleted there, tried until the provider confirms it (protocol 3.3, 8.4).</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="SessionId">The session.</param>
/// <param name="VendorData">Its subject's reference.</param>
/// <param name="FaceInDoubt">True when the provider approved it, or may have, and the judge did not.</param>
/// <param name="DueAt">When to try next.</param>
/// <param name="Attempts">Tries so far.</param>
public sealed record SessionDeletion(string Tenant, SessionId SessionId, string VendorData, bool FaceInDoubt, DateTimeOffset DueAt, int Attempts = 0)
{
    /// <summary>The session only.</summary>
    public override string ToString() => SessionId.ToString();
}

namespace BiometricTwoFactor.Force;

/// <summary>
/// HOOK for issue 6, "Evidence": once the ledger is built, this verifies it as <c>biometric2fa evidence verify</c> does, over all
/// that the proof left in the database, and checks that each used approval has its record. Until then it says so.
/// </summary>
internal static class EvidenceAudit
{
    /// <summary>What does not hold; empty when all of it does, null as long as there is nothing to verify.</summary>
    public static Task<IReadOnlyList<string>?> VerifyAsync(IForceDatabase database)
    {
        _ = database;
        return Task.FromResult<IReadOnlyList<string>?>(null);
    }
}

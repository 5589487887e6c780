namespace BiometricTwoFactor.Emulator;

/// <summary>
/// Every scenario that a session may be armed with: the provider's, most of which concern steps that no workflow of the
/// emulator runs and then change nothing (<see cref="SandboxScenario"/>), and the emulator's own two ends.
/// </summary>
internal static class SandboxCatalogue
{
    /// <summary>The provider's first, in its order (contract 6).</summary>
    public static IReadOnlyList<Entry> All { get; } =
    [
        new(SandboxScenario.Approve, null, "Approved"),
        new("decline_document_expired", "ID_VERIFICATION", "Declined"),
        new("decline_could_not_recognize_document", "ID_VERIFICATION", "Declined"),
        new("decline_mrz_validation", "ID_VERIFICATION", "Declined"),
        new("decline_minimum_age", "ID_VERIFICATION", "Declined"),
        new(SandboxScenario.DeclineFaceMatchLowSimilarity, "FACE_MATCH", "Declined"),
        new(SandboxScenario.DeclineLivenessAttack, "LIVENESS", "Declined"),
        new("decline_aml_hit", "AML", "Declined"),
        new(SandboxScenario.DeclineIpBlocklist, "IP_ANALYSIS", "Declined"),
        new("decline_poa_address_mismatch", "POA", "Declined"),
        new("decline_nfc_chip_not_verified", "NFC", "Declined"),
        new("decline_database_no_match", "DATABASE_VALIDATION", "Declined"),
        new("review_aml_possible_match", "AML", "In Review"),
        new(SandboxScenario.ReviewFaceMatchBorderline, "FACE_MATCH", "In Review"),
        new("review_poa_partial_match", "POA", "In Review"),
        new("decline_kyb_registry_mismatch", "KYB_REGISTRY", "Declined"),
        new(SandboxScenario.Abandon, null, "Abandoned"),
        new(SandboxScenario.Expire, null, "Expired"),
    ];

    public static bool IsKnown(string? slug) => slug is not null && All.Any(entry => entry.Slug == slug);

    /// <param name="Slug">What <c>sandbox_scenario</c> and <c>sandbox/arm</c> take.</param>
    /// <param name="Feature">The step that it concerns; null for the session as a whole.</param>
    /// <param name="Expected">What becomes of a session that runs that step.</param>
    internal sealed record Entry(string Slug, string? Feature, string Expected);
}

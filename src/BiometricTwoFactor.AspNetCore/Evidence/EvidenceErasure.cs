namespace BiometricTwoFactor.AspNetCore;

/// <summary>What the erasure of a person did.</summary>
/// <param name="KeyIds">The ids of the evidence keys that are gone; none where there was no evidence.</param>
/// <param name="KnownAtProvider">True when the provider knew the user and has deleted them.</param>
public sealed record EvidenceErasure(IReadOnlyList<string> KeyIds, bool KnownAtProvider);

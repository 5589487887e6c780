namespace BiometricTwoFactor.AspNetCore;

/// <summary>What a reconciliation found.</summary>
/// <param name="Sessions">How many sessions the provider listed.</param>
/// <param name="Judged">How many belong to challenges that were open and were judged.</param>
/// <param name="Recorded">How many belong to challenges that had ended, whose status was news and went into the evidence.</param>
/// <param name="Unknown">How many belong to no challenge here: forgotten since, or of another application.</param>
/// <param name="Failed">How many could not be read; run it again.</param>
public sealed record ReconciliationResult(int Sessions, int Judged, int Recorded, int Unknown, int Failed);

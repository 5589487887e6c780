namespace BiometricTwoFactor.AspNetCore;

/// <summary>What a reconciliation found. The five counts after the first add up to it.</summary>
/// <param name="Sessions">How many sessions of the range the provider listed.</param>
/// <param name="Judged">How many belong to challenges that were open, and were judged anew.</param>
/// <param name="Recorded">How many belong to challenges that had ended, whose status was news and went into the evidence.</param>
/// <param name="Unchanged">How many belong to challenges that had ended, and stand in the evidence with the status that they have.</param>
/// <param name="Unknown">How many belong to no challenge here: forgotten since, or of another application.</param>
/// <param name="Failed">How many could not be read; run it again.</param>
public sealed record ReconciliationResult(int Sessions, int Judged, int Recorded, int Unchanged, int Unknown, int Failed);

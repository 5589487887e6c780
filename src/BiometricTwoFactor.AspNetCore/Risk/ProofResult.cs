namespace BiometricTwoFactor.AspNetCore;

/// <summary>What became of a proof that the application gave for a challenge.</summary>
public enum ProofOutcome
{
    /// <summary>There is no such challenge for this caller: unknown, or another person's, browser's or sign-in's. Answer 404.</summary>
    NotFound = 0,

    /// <summary>Nothing of the kind is asked now: too early, too late, ended, or met already. Lead to <see cref="ProofResult.Next"/>, which tells.</summary>
    NotAsked,

    /// <summary>The proof is bound to other facts than the challenge. Nothing was changed.</summary>
    DigestDiffers,

    /// <summary>The proof names no factor that is strong enough. Nothing was changed.</summary>
    TooWeak,

    /// <summary>Taken and recorded.</summary>
    Accepted,
}

/// <summary>What became of a proof, and where its browser goes on.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Next">A local URL to redirect to; null for <see cref="ProofOutcome.NotFound"/>.</param>
public sealed record ProofResult(ProofOutcome Outcome, string? Next);

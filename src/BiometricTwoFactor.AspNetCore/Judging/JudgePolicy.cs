namespace BiometricTwoFactor.AspNetCore;

/// <summary>What the relying party demands of a verdict, beyond what a challenge itself says.</summary>
internal sealed record JudgePolicy
{
    /// <summary>Our own floor of the face's similarity; the provider's defaults are too low for a step-up (contract 2.5).</summary>
    public required Score FaceMatchFloor { get; init; }

    /// <summary>Our own floor of the liveness score, where the verdict has one; null for none.</summary>
    public Score? LivenessFloor { get; init; }

    /// <summary>
    /// True when the decision's shape may be the guide's, which defines neither nonce nor workflow nor environment
    /// (protocol 6.2): they are then compared where present.
    /// </summary>
    public bool AllowGuideShape { get; init; }

    /// <summary>False when an approval that comes out of review is never used.</summary>
    public bool AllowApprovalAfterReview { get; init; } = true;

    /// <summary>Risk codes that refuse whatever their severity; a warning of severity error always does.</summary>
    public required IReadOnlySet<string> BlockingWarnings { get; init; }

    /// <summary>The application's answer whether the document names the account holder; asked only for an enrolment by proofing.</summary>
    public bool? AccountHolderConfirmed { get; init; }

    /// <summary>What the verdict's network signals demand (protocol 9).</summary>
    public NetworkRiskOptions NetworkRisk { get; init; } = new();

    /// <summary>True when the application can check a second factor of this person; without one, what demands it is held.</summary>
    public bool CanAskSecondFactor { get; init; }

    /// <summary>The application's answer whether the payer's payee is a trusted one.</summary>
    public bool PayeeIsTrusted { get; init; }
}

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// An entry on its way into the evidence. It is written in the same transaction as what it is about (protocol 11), and
/// chained after it, so that the tenants' step-ups do not wait for each other.
/// </summary>
/// <param name="Tenant">The tenant; empty where there is one only.</param>
/// <param name="Subject">Whose it is: the key of this person will seal it.</param>
/// <param name="ChallengeId">The challenge. A store that finds the challenge itself (<see cref="IStepUpStore.TryConsumeAsync"/>) writes its id here.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Outcome">The challenge's state after it, by the name of <see cref="ChallengeState"/>; null where it changes none.</param>
/// <param name="At">When it happened.</param>
/// <param name="SealedContent">The details under Data Protection; for the store, bytes that it keeps and gives back.</param>
public sealed record EvidenceDraft(
    string Tenant, string Subject, string ChallengeId, EvidenceKind Kind, string? Outcome, DateTimeOffset At, byte[] SealedContent)
{
    /// <summary>Kind and challenge: everything else may name people.</summary>
    public override string ToString() => $"{Kind} {ChallengeId}";
}

/// <summary>A draft that waits in the store to be chained.</summary>
/// <param name="Id">Its place in the order of writing; grows.</param>
/// <param name="Draft">The draft.</param>
public sealed record WaitingEvidence(long Id, EvidenceDraft Draft);

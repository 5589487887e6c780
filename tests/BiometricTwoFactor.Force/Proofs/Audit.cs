using BiometricTwoFactor.AspNetCore;
using Microsoft.EntityFrameworkCore;

namespace BiometricTwoFactor.Force;

/// <summary>What the database says in the end: the ledger beside the approvals, without asking the bank.</summary>
internal sealed class Audit
{
    private readonly Dictionary<string, (int State, long? ExecuteBy)> _challenges;
    private readonly Dictionary<string, int> _byChallenge;
    private readonly Dictionary<string, int> _byReference;

    private Audit(Dictionary<string, (int State, long? ExecuteBy)> challenges, Dictionary<string, int> byChallenge, Dictionary<string, int> byReference)
    {
        _challenges = challenges;
        _byChallenge = byChallenge;
        _byReference = byReference;
    }

    /// <summary>Transfers that needed a face and were carried out.</summary>
    public int Executions => _byChallenge.Values.Sum();

    /// <summary>Transfers beyond the first of one approval, or of one payment.</summary>
    public int Doubled => Math.Max(_byChallenge.Values.Sum(count => count - 1), _byReference.Values.Sum(count => count - 1));

    /// <summary>Transfers whose approval is not used: money moved without one.</summary>
    public int Unapproved => _byChallenge.Keys.Count(id => !_challenges.TryGetValue(id, out var challenge) || challenge.State != (int)ChallengeState.Consumed);

    /// <summary>Approvals that are used up and moved no money.</summary>
    public int UsedForNothing => _challenges.Count(challenge => challenge.Value.State == (int)ChallengeState.Consumed && !_byChallenge.ContainsKey(challenge.Key));

    /// <summary>Challenges that have not reached an end.</summary>
    public int Open => _challenges.Values.Count(challenge => challenge.State is (int)ChallengeState.Pending or (int)ChallengeState.InReview or (int)ChallengeState.Approved);

    public int Challenges => _challenges.Count;

    public static async Task<Audit> TakeAsync(IForceDatabase database)
    {
        await using var bank = database.Open();

        // One moment: what is used in between would look like an approval without its transfer.
        await using var moment = await bank.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);
        var challenges = await bank.Database.SqlQueryRaw<ChallengeLine>("SELECT id, state, execute_by FROM biometric_challenges WHERE kind = 0").ToListAsync();
        var transfers = await bank.Transfers.Where(transfer => transfer.ChallengeId != null).Select(transfer => new { transfer.ChallengeId, transfer.Reference }).ToListAsync();
        return new Audit(
            challenges.ToDictionary(line => line.id, line => (line.state, line.execute_by), StringComparer.Ordinal),
            transfers.CountBy(transfer => transfer.ChallengeId!, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal),
            transfers.CountBy(transfer => transfer.Reference!, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal));
    }

    public bool IsExecuted(Payment payment) => _byReference.ContainsKey(payment.Reference);

    /// <summary>A claimed approval that was refused although it was in time and moved no money; too late is nobody's fault here.</summary>
    public bool IsLost(Payment payment) =>
        payment is { IsClaimed: true, RefusedAt: { } refusedAt } && !IsExecuted(payment)
        && !(_challenges[payment.ChallengeId!] is { ExecuteBy: { } end } && refusedAt.UtcTicks >= end);

    /// <summary>The bank said that it was carried out, and it is not.</summary>
    public bool IsDenied(Payment payment) => payment.Confirmed > 0 && !IsExecuted(payment);

    /// <summary>Asked for by the name of its columns.</summary>
#pragma warning disable IDE1006, SA1300 // the columns' names
    private sealed record ChallengeLine(string id, int state, long? execute_by);
#pragma warning restore IDE1006, SA1300
}

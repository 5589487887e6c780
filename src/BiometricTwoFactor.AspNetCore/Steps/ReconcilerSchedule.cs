using System.Security.Cryptography;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// When a challenge's decision is read next without being asked (protocol 6.1): soon at first, then after pauses that double
/// up to a cap, ten times longer in review, each a little shorter by chance so that many do not come at once.
/// </summary>
internal sealed class ReconcilerSchedule(Tenants tenants)
{
    private const int ReviewFactor = 10;
    private const int MostDoublings = 20;

    /// <summary>The least part of a pause that chance leaves of it.</summary>
    private const double LeastShare = 0.75;

    /// <summary>For a session that was opened just now.</summary>
    public DateTimeOffset First(StepUpChallenge challenge, DateTimeOffset now) => now + Pause(tenants.OfOrShared(challenge.Binding.Tenant).Reconciler, readCount: 0, isInReview: false, Chance());

    /// <summary>After another read; never later than a reminder that is still to be given.</summary>
    public DateTimeOffset Next(StepUpChallenge challenge, DateTimeOffset now)
    {
        var current = tenants.OfOrShared(challenge.Binding.Tenant).Reconciler;
        var next = now + Pause(current, challenge.ReadCount + 1, challenge.State == ChallengeState.InReview, Chance());
        return ReminderOf(challenge) is { } reminder && reminder > now && reminder < next ? reminder : next;
    }

    /// <summary>When the subject is to be reminded that nobody has opened it; null for never, or not again.</summary>
    public DateTimeOffset? ReminderOf(StepUpChallenge challenge) =>
        challenge is { State: ChallengeState.Pending, RemindedAt: null } && tenants.OfOrShared(challenge.Binding.Tenant).Reconciler.RemindAfter is { } after
            ? challenge.CreatedAt + after
            : null;

    /// <summary>The pause for a number of reads that went before; <paramref name="chance"/> is from 0 to 1.</summary>
    public static TimeSpan Pause(ReconcilerOptions options, int readCount, bool isInReview, double chance)
    {
        var longest = isInReview ? options.LongestPause * ReviewFactor : options.LongestPause;
        var pause = options.FirstPause * Math.Pow(2, Math.Min(readCount, MostDoublings));
        return (pause < longest ? pause : longest) * (LeastShare + ((1 - LeastShare) * chance));
    }

    private static double Chance() => RandomNumberGenerator.GetInt32(1_000) / 1_000d;
}

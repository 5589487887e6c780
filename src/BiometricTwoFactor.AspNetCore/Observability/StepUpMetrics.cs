using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Counts what happens to challenges (<see cref="BiometricDiagnostics"/>). Every tag is one of a few words that are ours (attack 67).</summary>
internal sealed class StepUpMetrics
{
    private const string Reason = "biometric.reason";
    private const string Outcome = "biometric.outcome";
    private const string Tenant = "biometric.tenant";

    private readonly Counter<long> _challenges;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _verdicts;
    private readonly Counter<long> _mismatches;
    private readonly Counter<long> _replays;
    private readonly Counter<long> _webhooks;
    private readonly TimeProvider _time;

    public StepUpMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(BiometricDiagnostics.MeterName);
        _challenges = meter.CreateCounter<long>("biometric.challenges", "{challenge}", "Challenges by reason and outcome.");
        _refused = meter.CreateCounter<long>("biometric.challenges.refused", "{request}", "Requests for which no challenge was made.");
        _verdicts = meter.CreateHistogram<double>(
            "biometric.verdict.duration",
            "s",
            "From the challenge to its verdict.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [5, 10, 20, 30, 60, 120, 300, 600, 3600, 86400] });
        _mismatches = meter.CreateCounter<long>("biometric.mismatches", "{mismatch}", "Verdicts and requests for other facts than the stored ones.");
        _replays = meter.CreateCounter<long>("biometric.replays", "{replay}", "What came a second time.");
        _webhooks = meter.CreateCounter<long>("biometric.webhooks", "{delivery}", "Deliveries by the outcome of their verification.");
    }

    /// <summary>Something happened to a challenge.</summary>
    public void Happened(StepUpEvent happened)
    {
        var challenge = happened.Challenge;
        switch (happened.Kind)
        {
            case StepUpEventKind.Challenged:
                Count(challenge, "made");
                break;
            case StepUpEventKind.Approved or StepUpEventKind.Held or StepUpEventKind.Declined:
                Count(challenge, WordOf(challenge.State));
                _verdicts.Record((_time.GetUtcNow() - challenge.CreatedAt).TotalSeconds, TagsOf(challenge, WordOf(challenge.State)));
                break;
            case StepUpEventKind.Consumed or StepUpEventKind.Ended or StepUpEventKind.Revoked or StepUpEventKind.RecognisedDeviceFirst
                or StepUpEventKind.HandOverGuessed or StepUpEventKind.HandOverRefused:
                Count(challenge, WordOf(challenge.State));
                break;
            case StepUpEventKind.Violated or StepUpEventKind.TransactionChanged:
                Count(challenge, WordOf(challenge.State));
                _mismatches.Add(1, With(challenge.Binding.Tenant, new KeyValuePair<string, object?>("biometric.mismatch", MismatchOf(challenge))));
                break;
            case StepUpEventKind.ClaimedElsewhere:
                Count(challenge, WordOf(challenge.State));
                Replayed("code", challenge.Binding.Tenant);
                break;
            case StepUpEventKind.SessionReturnedTwice:
                Count(challenge, WordOf(challenge.State));
                Replayed("session", challenge.Binding.Tenant);
                break;
            case StepUpEventKind.EventChanged:
                Replayed("event", challenge.Binding.Tenant);
                break;
        }
    }

    /// <summary>No challenge was made.</summary>
    public void Refused(string reason, ChallengeRefusal cause, string tenant) =>
        _refused.Add(1, With(tenant, new(Reason, reason), new("biometric.cause", cause switch
        {
            ChallengeRefusal.NotEnrolled => "not_enrolled",
            ChallengeRefusal.TooMany => "too_many",
            ChallengeRefusal.Blocked => "blocked",
            ChallengeRefusal.CrossSite => "cross_site",
            _ => "not_signed_in",
        })));

    /// <summary>Something came again that counts once.</summary>
    public void Replayed(string what, string tenant) => _replays.Add(1, With(tenant, new KeyValuePair<string, object?>("biometric.replay", what)));

    /// <summary>A delivery was verified, or was not.</summary>
    public void Delivered(WebhookOutcome outcome, string tenant) => _webhooks.Add(1, With(tenant, new KeyValuePair<string, object?>(Outcome, outcome.ToString())));

    public static string WordOf(ChallengeState state) => state switch
    {
        ChallengeState.Pending => "pending",
        ChallengeState.InReview => "held",
        ChallengeState.Approved => "approved",
        ChallengeState.Consumed => "used",
        ChallengeState.Declined => "declined",
        ChallengeState.NotFinished => "not_finished",
        ChallengeState.Expired => "expired",
        ChallengeState.Abandoned => "abandoned",
        ChallengeState.Superseded => "superseded",
        ChallengeState.Violated => "violated",
        ChallengeState.Unclaimed => "unclaimed",
        ChallengeState.Revoked => "revoked",
        _ => "other",
    };

    /// <summary>The judge's words are ours; what stands behind a prefix is the provider's.</summary>
    private static string MismatchOf(StepUpChallenge challenge) => challenge.ReasonCodes.FirstOrDefault() switch
    {
        JudgementReason.SessionDiffers or JudgementReason.SubjectDiffers or JudgementReason.NonceDiffers or JudgementReason.WorkflowDiffers
            or JudgementReason.EnvironmentDiffers or JudgementReason.EchoMissing or JudgementReason.EchoAmountDiffers
            or JudgementReason.EchoCurrencyDiffers or JudgementReason.EchoPayeeDiffers or JudgementReason.TransactionChanged
            or JudgementReason.NotTheAccountHolder => challenge.ReasonCodes[0],
        _ => "other",
    };

    private void Count(StepUpChallenge challenge, string outcome) => _challenges.Add(1, TagsOf(challenge, outcome));

    private static TagList TagsOf(StepUpChallenge challenge, string outcome) => With(challenge.Binding.Tenant, new(Reason, challenge.Reason), new(Outcome, outcome));

    /// <summary>An application without tenants has no tag for them.</summary>
    private static TagList With(string tenant, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var list = new TagList(tags);
        if (tenant.Length > 0)
        {
            list.Add(Tenant, tenant);
        }

        return list;
    }
}

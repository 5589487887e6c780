namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The one gate (protocol 6.5): every decision, whichever way it came, is judged here and nowhere else. A pure function.
/// The checks stand in the order of the protocol, each with its reason; missing is no.
/// </summary>
internal static partial class VerdictJudge
{
    public static Judgement Judge(StepUpChallenge challenge, SessionDecision decision, JudgePolicy policy, DateTimeOffset now)
    {
        // 1. The challenge is open and in time.
        if (!challenge.IsOpen)
        {
            return new(Verdict.Wait, JudgementReason.ChallengeEnded);
        }

        if (IsTooLate(challenge, now))
        {
            return new(Verdict.NotFinished, JudgementReason.TooLate);
        }

        // 2. It is about this session, this person, this challenge, this workflow, this world.
        var identity = IdentityMismatches(challenge, decision, policy);
        if (identity.Count > 0)
        {
            return new(Verdict.Violate, identity);
        }

        // 3. The status, exactly.
        if (decision.Status != SessionStatus.Approved)
        {
            return OfOtherStatus(challenge, decision, policy);
        }

        // 4. to 8. What was shown, and for what. All of it is looked at, so that the record names every reason.
        List<string> failures = [];
        JudgeLiveness(challenge, decision, policy, failures);
        JudgeFace(decision, policy, failures);
        JudgeWarnings(decision, policy, failures);
        JudgeNetwork(challenge, decision, failures);
        JudgeIdentity(challenge, decision, policy, failures);
        if (EchoMismatch(challenge, decision) is { } echo)
        {
            return new(Verdict.Violate, [.. failures, echo]);
        }

        if (failures.Count > 0)
        {
            return new(Verdict.Decline, failures);
        }

        // The mark is set with the approval, so that the first one out of review is known by the state that it would leave.
        if (challenge.CameOutOfReview || challenge.State == ChallengeState.InReview)
        {
            if (!challenge.AwaitsReview)
            {
                return new(Verdict.NotFinished, JudgementReason.ReviewNotAwaited);
            }

            if (!policy.AllowApprovalAfterReview)
            {
                return new(Verdict.NotFinished, JudgementReason.ReviewNotAccepted);
            }
        }

        return OfRisk(challenge, VerdictRisk.Of(challenge, decision, policy), policy);
    }

    private static bool IsTooLate(StepUpChallenge challenge, DateTimeOffset now) => challenge.State switch
    {
        ChallengeState.Pending => now >= challenge.Deadline,
        // A review counts only for a capture that was claimed in time (protocol 6.7).
        ChallengeState.InReview when challenge.ClaimRequired && challenge.ClaimedAt is null => now >= challenge.Deadline,
        ChallengeState.InReview => now >= (challenge.ReviewDeadline ?? challenge.Deadline),
        _ => false,
    };

    private static List<string> IdentityMismatches(StepUpChallenge challenge, SessionDecision decision, JudgePolicy policy)
    {
        List<string> found = [];
        // The guide defines neither nonce nor workflow nor environment: there, and only where it is allowed, absence is no mismatch.
        var absenceAllowed = policy.AllowGuideShape && decision.IsGuideShape;

        if (challenge.SessionId is not { } session || decision.SessionId != session)
        {
            found.Add(JudgementReason.SessionDiffers);
        }

        if (!Same(decision.VendorData, challenge.VendorData))
        {
            found.Add(JudgementReason.SubjectDiffers);
        }

        var nonce = decision.Metadata.TryGet(SessionMetadataNames.Nonce, out var value) ? value : default(MetadataValue?);
        if (nonce is null ? !absenceAllowed : nonce.Value.Kind != MetadataValueKind.String || !Same(nonce.Value.Text, challenge.Id))
        {
            found.Add(JudgementReason.NonceDiffers);
        }

        if (decision.WorkflowId is null ? !absenceAllowed : !Same(decision.WorkflowId, challenge.WorkflowId))
        {
            found.Add(JudgementReason.WorkflowDiffers);
        }

        if (!decision.HasEnvironment ? !absenceAllowed : decision.Environment != challenge.Environment)
        {
            found.Add(JudgementReason.EnvironmentDiffers);
        }

        return found;
    }

    private static Judgement OfOtherStatus(StepUpChallenge challenge, SessionDecision decision, JudgePolicy policy)
    {
        var status = decision.Status;
        var reason = JudgementReason.StatusPrefix + status;
        return status switch
        {
            SessionStatus.Declined => new(Verdict.Decline, reason),
            SessionStatus.InReview => OfReview(reason, VerdictRisk.Of(challenge, decision, policy)),
            SessionStatus.Expired or SessionStatus.Abandoned or SessionStatus.NotFinished or SessionStatus.KycExpired =>
                new(Verdict.NotFinished, reason),
            // A reviewer sent steps back: the next try is a new session (protocol 6.7).
            SessionStatus.Resubmitted => new(Verdict.NotFinished, reason),
            // Once it was in review, an unfinished session is one that was sent back.
            SessionStatus.NotStarted or SessionStatus.InProgress or SessionStatus.AwaitingUser when challenge.State == ChallengeState.InReview =>
                new(Verdict.NotFinished, reason),
            _ => new(Verdict.Wait, reason),
        };
    }

    private static string? EchoMismatch(StepUpChallenge challenge, SessionDecision decision)
    {
        if (challenge.Transaction is null)
        {
            return null;
        }

        return EchoCheck.Compare(challenge.Transaction, decision.Metadata) switch
        {
            EchoResult.Matched => null,
            EchoResult.AmountDiffers => JudgementReason.EchoAmountDiffers,
            EchoResult.CurrencyDiffers => JudgementReason.EchoCurrencyDiffers,
            EchoResult.PayeeDiffers => JudgementReason.EchoPayeeDiffers,
            _ => JudgementReason.EchoMissing,
        };
    }

    private static void JudgeLiveness(StepUpChallenge challenge, SessionDecision decision, JudgePolicy policy, List<string> failures)
    {
        if (decision.LivenessChecks.Count == 0)
        {
            failures.Add(JudgementReason.LivenessMissing);
        }

        foreach (var check in decision.LivenessChecks)
        {
            if (check.Status != FeatureStatus.Approved)
            {
                failures.Add(JudgementReason.LivenessNotApproved);
            }

            // A method that was demanded must be there. One that was not demanded may be missing only in the guide's shape,
            // and an unknown text is never a method (contract D7).
            var methodFits = challenge.DemandedMethod != LivenessMethod.Unknown
                ? check.Method == challenge.DemandedMethod
                : check.Method != LivenessMethod.Unknown || (!check.HasMethod && policy.AllowGuideShape && decision.IsGuideShape);
            if (!methodFits)
            {
                failures.Add(JudgementReason.LivenessMethodDiffers);
            }

            if (policy.LivenessFloor is { } floor && (check.Score is not { } score || score < floor))
            {
                failures.Add(JudgementReason.LivenessBelowFloor);
            }
        }
    }

    private static void JudgeFace(SessionDecision decision, JudgePolicy policy, List<string> failures)
    {
        if (decision.FaceMatches.Count == 0)
        {
            failures.Add(JudgementReason.FaceMatchMissing);
        }

        foreach (var match in decision.FaceMatches)
        {
            if (match.Status != FeatureStatus.Approved)
            {
                failures.Add(JudgementReason.FaceMatchNotApproved);
            }

            if (match.Similarity is not { } similarity || similarity < policy.FaceMatchFloor)
            {
                failures.Add(JudgementReason.FaceMatchBelowFloor);
            }
        }
    }

    private static void JudgeWarnings(SessionDecision decision, JudgePolicy policy, List<string> failures)
    {
        var warnings = decision.LivenessChecks.SelectMany(check => check.Warnings)
            .Concat(decision.FaceMatches.SelectMany(match => match.Warnings))
            .Concat(decision.IpAnalyses.SelectMany(analysis => analysis.Warnings))
            .Concat(decision.IdVerifications.SelectMany(document => document.Warnings));
        foreach (var warning in warnings)
        {
            if (warning.Severity == WarningSeverity.Error || policy.BlockingWarnings.Contains(warning.Risk))
            {
                failures.Add(JudgementReason.WarningPrefix + CodeOf(warning.Risk));
            }
        }
    }

    /// <summary>The provider's list grows, so that any code passes, but nothing that could forge a line of a log (attack 66).</summary>
    private static string CodeOf(string risk) =>
        risk is { Length: > 0 and <= 64 } && risk.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? risk : "OTHER";

    private static void JudgeNetwork(StepUpChallenge challenge, SessionDecision decision, List<string> failures)
    {
        if (challenge.DemandsIpAnalysis && decision.IpAnalyses.Count == 0)
        {
            failures.Add(JudgementReason.IpAnalysisMissing);
        }

        // An analysis that ran and did not pass counts even where none was demanded.
        if (decision.IpAnalyses.Any(analysis => analysis.Status != FeatureStatus.Approved))
        {
            failures.Add(JudgementReason.IpAnalysisNotApproved);
        }
    }

    private static void JudgeIdentity(StepUpChallenge challenge, SessionDecision decision, JudgePolicy policy, List<string> failures)
    {
        if (challenge.Kind != ChallengeKind.Enrolment)
        {
            return;
        }

        if (decision.IdVerifications.Count == 0 || decision.IdVerifications.Any(document => document.Status != FeatureStatus.Approved))
        {
            failures.Add(JudgementReason.IdentityNotProven);
        }
        else if (policy.AccountHolderConfirmed != true)
        {
            failures.Add(JudgementReason.NotTheAccountHolder);
        }
    }

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);
}

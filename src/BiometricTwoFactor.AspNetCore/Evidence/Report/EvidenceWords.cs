namespace BiometricTwoFactor.AspNetCore;

/// <summary>What codes and names mean, for a reader who does not know them.</summary>
internal static class EvidenceWords
{
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        [JudgementReason.AllPassed] = "Every check passed.",
        [JudgementReason.ChallengeEnded] = "The authentication had ended already.",
        [JudgementReason.TooLate] = "It came after the deadline.",
        [JudgementReason.SessionDiffers] = "It belongs to another capture session than the one opened for this.",
        [JudgementReason.SubjectDiffers] = "It is about another person.",
        [JudgementReason.NonceDiffers] = "It does not carry the number of this authentication.",
        [JudgementReason.WorkflowDiffers] = "It was made under another workflow than the one demanded.",
        [JudgementReason.EnvironmentDiffers] = "It comes from another environment (live or sandbox) than the one demanded.",
        [JudgementReason.KycExpired] = "The enrolment behind the face on file has expired.",
        [JudgementReason.NoFaceOnFile] = "The provider has no face on file for this person.",
        [JudgementReason.LivenessMissing] = "There is no check that a living person was there.",
        [JudgementReason.LivenessNotApproved] = "The check that a living person was there did not pass.",
        [JudgementReason.LivenessMethodDiffers] = "Liveness was checked by another method than the one demanded.",
        [JudgementReason.LivenessBelowFloor] = "The liveness score is below the application's own floor.",
        [JudgementReason.FaceMatchMissing] = "There is no comparison of the face with the one on file.",
        [JudgementReason.FaceMatchNotApproved] = "The comparison of the face with the one on file did not pass.",
        [JudgementReason.FaceMatchBelowFloor] = "The similarity of the face is below the application's own floor.",
        [JudgementReason.IpAnalysisMissing] = "The demanded analysis of the network is missing.",
        [JudgementReason.IpAnalysisNotApproved] = "The analysis of the network did not pass.",
        [JudgementReason.DeviceDiffers] = "The capture was made on another kind of device than the one that started.",
        [JudgementReason.VpnOrTor] = "The capture came through a VPN, a proxy or Tor.",
        [JudgementReason.DataCentre] = "The capture came from the address of a data centre.",
        [JudgementReason.CountryDiffers] = "The capture came from another country than the request.",
        [JudgementReason.AddressDiffers] = "The capture came from another network than the request.",
        [JudgementReason.PayeeTrusted] = "The payee is one that the payer has trusted before.",
        [JudgementReason.NotEnrolled] = "No face was on file, so that a way of equal strength had to be used.",
        [JudgementReason.DeclinedTooOften] = "The face had been refused too often, so that a way of equal strength had to be used.",
        [JudgementReason.AlternativePassed] = "A way of equal strength took the face's place.",
        [JudgementReason.ProofDigestDiffers] = "The proof is bound to other facts.",
        [JudgementReason.ProofTooWeak] = "The proof names no factor that is strong enough.",
        [JudgementReason.EchoMissing] = "The verdict does not repeat amount and payee.",
        [JudgementReason.EchoAmountDiffers] = "The verdict repeats another amount.",
        [JudgementReason.EchoCurrencyDiffers] = "The verdict repeats another currency.",
        [JudgementReason.EchoPayeeDiffers] = "The verdict repeats another payee account.",
        [JudgementReason.IdentityNotProven] = "The identity document was not checked, or did not pass.",
        [JudgementReason.NotTheAccountHolder] = "The document does not name the account's holder.",
        [JudgementReason.ReviewNotAwaited] = "It was held for a review, which a sign-in does not wait for.",
        [JudgementReason.PlanGone] = "What the sign-in was to be completed with was gone.",
        [JudgementReason.ReviewNotAccepted] = "Approvals out of a review are not accepted by policy.",
        [JudgementReason.SessionReturnedTwice] = "The provider handed the capture session out twice.",
        [JudgementReason.ClaimedElsewhere] = "It was claimed from another browser than the one that asked.",
        [JudgementReason.NothingCaptured] = "It was claimed although nobody had opened the camera page.",
        [JudgementReason.SessionGone] = "The capture session was not to be found at the provider.",
        [JudgementReason.Reversed] = "The provider took the approval back.",
        [JudgementReason.TransactionChanged] = "The payment was changed after the approval.",
        [JudgementReason.GivenUp] = "The person gave up, signed out, or somebody else signed in.",
        [JudgementReason.HandOverGuessed] = "Wrong digits were given three times on a device that had the link.",
        [JudgementReason.HandOverRefused] = "On the other device it was said that this was somebody else's request.",
        [JudgementReason.NewerStarted] = "The person started a newer one.",
        [JudgementReason.RecognisedDeviceFirst] = "A recognised device of the same person came first.",
        [JudgementReason.PersonErased] = "The person was erased.",
    };

    public static string OfReason(string code) =>
        Reasons.TryGetValue(code, out var words) ? words
        : code.StartsWith(JudgementReason.WarningPrefix, StringComparison.Ordinal) ? $"The provider warned: {code[JudgementReason.WarningPrefix.Length..]}."
        : code.StartsWith(JudgementReason.StatusPrefix, StringComparison.Ordinal) ? $"The provider's status is {code[JudgementReason.StatusPrefix.Length..]}, not Approved."
        : code;

    public static string OfKind(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Asked => "A face was asked for",
        EvidenceKind.Shown => "What was asked was shown, and the capture session was opened",
        EvidenceKind.Delivered => "A signed delivery of the provider came",
        EvidenceKind.Read => "A decision was read at the provider",
        EvidenceKind.Claimed => "The browser that asked claimed the verdict",
        EvidenceKind.Confirmed => "The person confirmed once more",
        EvidenceKind.Evidenced => "Another factor was evidenced",
        EvidenceKind.Reviewed => "A reviewer decided",
        EvidenceKind.Used => "The approval was used",
        EvidenceKind.Ended => "It ended without having been used",
        EvidenceKind.ReversedAfterUse => "The provider took back what had been used",
        EvidenceKind.Erased => "The person was erased",
        _ => kind.ToString(),
    };

    public static string OfOutcome(string? outcome) => outcome switch
    {
        nameof(ChallengeState.Pending) => "Asked; no verdict yet",
        nameof(ChallengeState.InReview) => "Held for a review",
        nameof(ChallengeState.Approved) => "Approved, not used",
        nameof(ChallengeState.Consumed) => "Approved and used",
        nameof(ChallengeState.Declined) => "Declined",
        nameof(ChallengeState.NotFinished) => "Not finished",
        nameof(ChallengeState.Expired) => "Expired",
        nameof(ChallengeState.Abandoned) => "Given up",
        nameof(ChallengeState.Superseded) => "Replaced by another",
        nameof(ChallengeState.Violated) => "Refused as a violation",
        nameof(ChallengeState.Unclaimed) => "Approved, never claimed",
        nameof(ChallengeState.Revoked) => "Approved, then revoked before use",
        nameof(EvidenceKind.ReversedAfterUse) => "Approved and used; taken back by the provider afterwards",
        _ => "Unknown",
    };
}

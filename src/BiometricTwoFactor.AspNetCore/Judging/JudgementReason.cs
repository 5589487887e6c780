namespace BiometricTwoFactor.AspNetCore;

/// <summary>The judge's reason codes: for logs, evidence and the support desk, never for the page (protocol 6.9).</summary>
public static class JudgementReason
{
    /// <summary>Every check passed.</summary>
    public const string AllPassed = "all-passed";

    /// <summary>The challenge has ended.</summary>
    public const string ChallengeEnded = "challenge-ended";

    /// <summary>The verdict came after the challenge's deadline.</summary>
    public const string TooLate = "too-late";

    /// <summary>Another provider session than the one stored.</summary>
    public const string SessionDiffers = "session-differs";

    /// <summary>Another or no <c>vendor_data</c>.</summary>
    public const string SubjectDiffers = "subject-differs";

    /// <summary>Another or no nonce in the metadata.</summary>
    public const string NonceDiffers = "nonce-differs";

    /// <summary>Another or no workflow.</summary>
    public const string WorkflowDiffers = "workflow-differs";

    /// <summary>Sandbox against live, or no environment.</summary>
    public const string EnvironmentDiffers = "environment-differs";

    /// <summary>The status is not exactly <c>Approved</c>; the code continues with the status's name.</summary>
    public const string StatusPrefix = "status-";

    /// <summary>The enrolment behind the face on file has expired.</summary>
    public const string KycExpired = StatusPrefix + nameof(SessionStatus.KycExpired);

    /// <summary>The provider has no face on file.</summary>
    public const string NoFaceOnFile = StatusPrefix + "NotEnrolled";

    /// <summary>No liveness entry.</summary>
    public const string LivenessMissing = "liveness-missing";

    /// <summary>A liveness entry that is not approved.</summary>
    public const string LivenessNotApproved = "liveness-not-approved";

    /// <summary>Liveness by another method than the one demanded.</summary>
    public const string LivenessMethodDiffers = "liveness-method-differs";

    /// <summary>A liveness score below our floor, or none where there is a floor.</summary>
    public const string LivenessBelowFloor = "liveness-below-floor";

    /// <summary>No face comparison.</summary>
    public const string FaceMatchMissing = "face-match-missing";

    /// <summary>A face comparison that is not approved.</summary>
    public const string FaceMatchNotApproved = "face-match-not-approved";

    /// <summary>A similarity below our floor, or none that can be read.</summary>
    public const string FaceMatchBelowFloor = "face-match-below-floor";

    /// <summary>A warning that refuses; the code continues with the risk's name.</summary>
    public const string WarningPrefix = "warning-";

    /// <summary>No IP analysis where one is demanded.</summary>
    public const string IpAnalysisMissing = "ip-analysis-missing";

    /// <summary>An IP analysis that is not approved.</summary>
    public const string IpAnalysisNotApproved = "ip-analysis-not-approved";

    /// <summary>The capture came from another kind of device than the one that started (protocol 5.6).</summary>
    public const string DeviceDiffers = "device-differs";

    /// <summary>The capture came through a VPN, a proxy or Tor.</summary>
    public const string VpnOrTor = "vpn-or-tor";

    /// <summary>The capture came from an address of a data centre.</summary>
    public const string DataCentre = "data-centre";

    /// <summary>The capture came from another country than the one that asked.</summary>
    public const string CountryDiffers = "country-differs";

    /// <summary>The capture came from another network than the one that asked.</summary>
    public const string AddressDiffers = "address-differs";

    /// <summary>The payee is one that the application already trusts for this payer.</summary>
    public const string PayeeTrusted = "payee-trusted";

    /// <summary>No face is on file, so that only a way of equal strength can be used.</summary>
    public const string NotEnrolled = "not-enrolled";

    /// <summary>The face was refused too often, so that only a way of equal strength can be used.</summary>
    public const string DeclinedTooOften = "declined-too-often";

    /// <summary>A way of equal strength took the face's place, and everything that it needs is there.</summary>
    public const string AlternativePassed = "alternative-passed";

    /// <summary>The proof is bound to other facts.</summary>
    public const string ProofDigestDiffers = "proof-digest-differs";

    /// <summary>The proof names no factor that is strong enough.</summary>
    public const string ProofTooWeak = "proof-too-weak";

    /// <summary>The echo lacks amount or payee.</summary>
    public const string EchoMissing = "echo-missing";

    /// <summary>The echo has another amount.</summary>
    public const string EchoAmountDiffers = "echo-amount-differs";

    /// <summary>The echo has another currency.</summary>
    public const string EchoCurrencyDiffers = "echo-currency-differs";

    /// <summary>The echo has another payee account.</summary>
    public const string EchoPayeeDiffers = "echo-payee-differs";

    /// <summary>No document check, or one that is not approved, in an enrolment by proofing.</summary>
    public const string IdentityNotProven = "identity-not-proven";

    /// <summary>The document does not name the account holder, or nobody checked.</summary>
    public const string NotTheAccountHolder = "not-the-account-holder";

    /// <summary>Held, and for something that does not wait for a review: sign-in, recovery, account access (protocol 6.7).</summary>
    public const string ReviewNotAwaited = "review-not-awaited";

    /// <summary>What a sign-in was to be completed with cannot be read any more: sign in anew.</summary>
    public const string PlanGone = "plan-gone";

    /// <summary>Policy does not accept approvals that come out of review.</summary>
    public const string ReviewNotAccepted = "review-not-accepted";

    /// <summary>The session came back for a second challenge.</summary>
    public const string SessionReturnedTwice = "session-returned-twice";

    /// <summary>The claim came from a browser that did not ask.</summary>
    public const string ClaimedElsewhere = "claimed-elsewhere";

    /// <summary>The claim came although nobody had opened the session.</summary>
    public const string NothingCaptured = "nothing-captured";

    /// <summary>The session is not to be found at the provider.</summary>
    public const string SessionGone = "session-gone";

    /// <summary>The provider took the approval back.</summary>
    public const string Reversed = "reversed";

    /// <summary>The transaction was changed after the challenge was made.</summary>
    public const string TransactionChanged = "transaction-changed";

    /// <summary>The user cancelled or signed out, or somebody else signed in.</summary>
    public const string GivenUp = "given-up";

    /// <summary>Other digits than the asking screen's were given three times on a device that the link was sent to.</summary>
    public const string HandOverGuessed = "hand-over-guessed";

    /// <summary>On the other device it was said that this was somebody else's doing.</summary>
    public const string HandOverRefused = "hand-over-refused";

    /// <summary>A newer challenge of the same sign-in session was started.</summary>
    public const string NewerStarted = "newer-started";

    /// <summary>A recognised device started a challenge of the same user; this one was begun on an unrecognised device.</summary>
    public const string RecognisedDeviceFirst = "recognised-device-first";

    /// <summary>The person was erased (<see cref="StepUpEvidence.EraseAsync"/>).</summary>
    public const string PersonErased = "person-erased";
}

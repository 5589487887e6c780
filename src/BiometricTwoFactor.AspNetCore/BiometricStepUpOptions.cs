using System.Security.Claims;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What a relying party sets for its step-ups. Checked at start; read anew on each use, so that a changed secret or
/// floor counts without a restart. There is no option that turns verification off.
/// </summary>
public sealed class BiometricStepUpOptions
{
    /// <summary>The longest that capture, verdict and claim may take, and the longest that an approval may wait (protocol 3.4): 10 minutes.</summary>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromMinutes(10);

    /// <summary>The secrets with which webhooks are verified; 1 to 8, each with an optional end (<c>Biometric:WebhookSecrets</c>).</summary>
    public IList<WebhookSecret> WebhookSecrets { get; } = [];

    /// <summary>
    /// The application's own origin as browsers see it, such as <c>https://bank.example</c> (<c>Biometric:PublicOrigin</c>):
    /// callbacks are built from it, never from the request's Host header (attack 10). May be left out in Development on loopback.
    /// </summary>
    public string? PublicOrigin { get; set; }

    /// <summary>The application's name on the built-in pages.</summary>
    public string DisplayName { get; set; } = "Secure confirmation";

    /// <summary>The provider's workflows.</summary>
    public StepUpWorkflows Workflows { get; } = new();

    /// <summary>The world whose verdicts count. <see cref="ProviderEnvironment.Live"/> unless set (protocol 1.4).</summary>
    public ProviderEnvironment Environment { get; set; } = ProviderEnvironment.Live;

    /// <summary>
    /// Allows, in the Production hosting environment, a sandbox, the emulator or another provider address. False: such a
    /// configuration stops the start (protocol 1.4). Set it for rehearsals only: sandbox verdicts prove nobody's face.
    /// </summary>
    public bool AllowNonLiveProviderInProduction { get; set; }

    /// <summary>The least similarity of the face, 0 to 100. Default 80; the provider's own defaults are far lower (contract 2.5).</summary>
    public decimal FaceMatchFloorPercent { get; set; } = 80m;

    /// <summary>The least liveness score, 0 to 100; null (the default) leaves the score to the provider, whose status must be Approved in any case.</summary>
    public decimal? LivenessFloorPercent { get; set; }

    /// <summary>
    /// Risk codes that refuse an approval whatever their severity. A warning of severity error always refuses. Low similarity
    /// is not among them: <see cref="FaceMatchFloorPercent"/> judges it, and a review could otherwise never end well.
    /// </summary>
    public ISet<string> BlockingWarnings { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "FACE_IN_BLOCKLIST", "POSSIBLE_FACE_IN_BLOCKLIST", "LIVENESS_FACE_ATTACK", "NO_FACE_DETECTED",
        "MULTIPLE_FACES_DETECTED", "NO_REFERENCE_IMAGE", "DUPLICATED_FACE",
    };

    /// <summary>How long capture, first verdict and claim may take from the making of a challenge. At most, and by default, 10 minutes.</summary>
    public TimeSpan CaptureLifetime { get; set; } = LongestLifetime;

    /// <summary>How long an approval may wait for its use. At most, and by default, 10 minutes.</summary>
    public TimeSpan ExecutionLifetime { get; set; } = LongestLifetime;

    /// <summary>How long a review may last (protocol 6.7). 24 hours by default.</summary>
    public TimeSpan ReviewLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Whether an approval that comes out of review may be used, after the subject has confirmed it once more. True by default.</summary>
    public bool AllowApprovalAfterReview { get; set; } = true;

    /// <summary>
    /// When and how to ask, by reason: the constants of <see cref="StepUpReason"/>, and the application's own reasons, which
    /// exist by being named here (lower-case letters, digits and underscores, at most 40).
    /// </summary>
    public IDictionary<string, StepUpReasonOptions> Reasons { get; } = new Dictionary<string, StepUpReasonOptions>(StringComparer.Ordinal);

    /// <summary>How long a face for account access is good for.</summary>
    public AccessOptions Access { get; } = new();

    /// <summary>
    /// Whether the person may choose another device for the camera, by QR code or link and two digits (protocol 4.2). True by
    /// default; by reason: <see cref="StepUpReasonOptions.AllowHandOver"/>. What it does not stop: two digits told on the telephone.
    /// </summary>
    public bool AllowHandOver { get; set; } = true;

    /// <summary>When a sign-in asks for a face.</summary>
    public BiometricSignInOptions SignIn { get; } = new();

    /// <summary>How the SDK's own pages look, speak and reach the camera.</summary>
    public BiometricPageOptions Pages { get; } = new();

    /// <summary>
    /// The deep links at which the application's own apps take the way back (<c>Biometric:NativeCallbacks</c>), such as
    /// <c>https://bank.example/app/callback</c> (a universal or app link; better) or <c>com.example.bank://biometric/callback</c>.
    /// A caller with a token names one of them in the field <c>callback</c> of <c>POST start</c>; the code follows as one more
    /// segment. Empty by default. At most 10; each ends in <c>/callback</c>, by which codes are kept out of logs.
    /// </summary>
    public IList<string> NativeCallbacks { get; } = [];

    /// <summary>How devices and networks are recognised.</summary>
    public DeviceOptions Devices { get; } = new();

    /// <summary>What the verdict's own network signals demand.</summary>
    public NetworkRiskOptions NetworkRisk { get; } = new();

    /// <summary>How open challenges are reconciled with the provider.</summary>
    public ReconcilerOptions Reconciler { get; } = new();

    /// <summary>How the evidence is sealed, signed and kept.</summary>
    public EvidenceOptions Evidence { get; } = new();

    /// <summary>Reads the stable user id. Default: the name identifier, else <c>sub</c>.</summary>
    public Func<ClaimsPrincipal, string?> Subject { get; set; } =
        principal => principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? principal.FindFirstValue("sub");

    /// <summary>
    /// What a satisfied reason is called in the claim <c>acr</c> and in the header of RFC 9470 that asks for it. Default
    /// <c>urn:biometric-step-up:{reason}</c>.
    /// </summary>
    public Func<string, string> Acr { get; set; } = reason => "urn:biometric-step-up:" + reason;

    /// <summary>
    /// Makes the subject's reference at the provider (<c>vendor_data</c>) from the user id. Default: the id itself, as the
    /// guide says. An opaque reference keeps the id from the provider; it must be stable and unique.
    /// </summary>
    public Func<string, string> VendorData { get; set; } = subject => subject;

    /// <summary>
    /// Challenges that one user may have made in <see cref="CaptureLifetime"/>, across reasons. Default 10. Each recognised
    /// device has this many of its own; all others share one count, so that a stranger cannot use up the owner's (protocol 2.4).
    /// </summary>
    public int MaxChallengesPerUser { get; set; } = 10;

    /// <summary>
    /// Challenges that one device may have made in <see cref="CaptureLifetime"/>, across users. Default 20. It counts by the
    /// device cookie, so that it slows down an ordinary browser that tries many accounts; who throws cookies away meets the
    /// limit of each user instead.
    /// </summary>
    public int MaxChallengesPerDevice { get; set; } = 20;

    /// <summary>
    /// Declined captures in a row, however far apart, after which the user is blocked until
    /// <see cref="StepUpService.UnblockAsync"/>; null, the default, never blocks for good. The block holds for one recognised
    /// device, or for all that are not recognised together; an <see cref="IBlockHook"/> is asked before. At least
    /// <see cref="MaxDeclinesInARow"/>, at most 100.
    /// </summary>
    public int? BlockAfterDeclines { get; set; }

    /// <summary>Declined captures in a row after which the user must wait. Default 5 (RTS article 4(3)(b)).</summary>
    public int MaxDeclinesInARow { get; set; } = 5;

    /// <summary>How long that wait is. Default 15 minutes.</summary>
    public TimeSpan DeclinesWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The largest form or JSON body that is sealed for the way back, in bytes. Default 32 KiB; what is larger leads back to the page it came from.</summary>
    public int MaxSealedFormBytes { get; set; } = 32 * 1024;

    /// <summary>
    /// Allows forms with files to be sealed for the way back, up to <see cref="MaxSealedFilesBytes"/>. False by default: a
    /// store of step-ups is rarely the place for documents.
    /// </summary>
    public bool AllowSealedFiles { get; set; }

    /// <summary>The most that a sealed form's files may have together, in bytes. Default 1 MiB.</summary>
    public int MaxSealedFilesBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// The largest body that a face approves for an action, in bytes: the digest covers all of it (protocol 7.2). Default
    /// 1 MiB. A larger request to such an endpoint is refused with 413, and no face is asked for.
    /// </summary>
    public int MaxApprovedBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>The largest webhook body, in bytes. Default 256 KiB.</summary>
    public int MaxWebhookBytes { get; set; } = 256 * 1024;

    /// <summary>How far a webhook's signed time may lie from ours, in both directions. Default, and at most, 5 minutes.</summary>
    public TimeSpan WebhookTimestampTolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Demands a signed time in every webhook. The guide's bodies carry none, so that they would be refused. False by default.</summary>
    public bool RequireWebhookTimestamp { get; set; }

    /// <summary>Accepts <c>X-Signature</c> (the MAC of the raw bytes) where <c>X-Signature-V2</c> is missing. False by default.</summary>
    public bool AcceptRawSignatureHeader { get; set; }

    /// <summary>How often one challenge's decision is read at most. Default once in 2 seconds.</summary>
    public TimeSpan DecisionReadInterval { get; set; } = TimeSpan.FromSeconds(2);
}

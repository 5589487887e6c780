namespace BiometricTwoFactor;

/// <summary>
/// Asks the provider for a session (contract 1.1). Begin with one of the four factories, which set what the kind of
/// session needs, and add with <c>with</c>. Prints nothing of its content.
/// </summary>
public sealed record CreateSessionRequest
{
    private CreateSessionRequest(SessionKind kind, string workflowId, string? vendorData)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(workflowId);
        Kind = kind;
        WorkflowId = workflowId;
        VendorData = vendorData;
    }

    /// <summary>The workflow's id at the provider.</summary>
    public string WorkflowId { get; }

    /// <summary>The user's reference at the provider, which groups sessions to a user and finds the stored face.</summary>
    public string? VendorData { get; }

    /// <summary>Why a face is asked for (<c>metadata.reason</c>): <c>login_new_device</c>, <c>high_value_txn</c>, <c>settings_change</c>, <c>account_recovery</c> or the application's own.</summary>
    public string? Reason { get; init; }

    /// <summary>The payment that the session approves: its amount, currency, payee and reference go into the metadata.</summary>
    public Transaction? Transaction { get; init; }

    /// <summary>
    /// An SCA login's <c>metadata.session_id</c>: an opaque digest of the sign-in session. Never a cookie or a token, since
    /// the provider and everybody who reads its console can read it.
    /// </summary>
    public string? SessionDigest { get; init; }

    /// <summary>The challenge's id, as <c>metadata.nonce</c>: what ties a verdict to one challenge when the provider hands out one session twice.</summary>
    public string? Nonce { get; init; }

    /// <summary>Further members of the metadata, as strings. The names in <see cref="SessionMetadataNames"/> are taken.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Where the browser is sent afterwards: http, https or an application's own scheme. What it brings along is a hint and no verdict.</summary>
    public Uri? Callback { get; init; }

    /// <summary>Which device is sent to <see cref="Callback"/>. Sent only together with it.</summary>
    public CallbackMethod CallbackMethod { get; init; } = CallbackMethod.Completer;

    /// <summary>The page's language, such as <c>de</c> or <c>pt-BR</c>; null for the browser's.</summary>
    public string? Language { get; init; }

    /// <summary>How the provider may write to the user.</summary>
    public ContactDetails? ContactDetails { get; init; }

    /// <summary>What is known of the person, for the provider to compare.</summary>
    public ExpectedDetails? ExpectedDetails { get; init; }

    /// <summary>
    /// The face to compare with. Without it the provider takes the stored face of <see cref="VendorData"/>, and refuses
    /// when there is none: leaving it out is not a way to ask for liveness alone (contract C6).
    /// </summary>
    public PortraitImage? Portrait { get; init; }

    /// <summary>The outcome that a sandbox key asks for, such as <c>approve</c>. Refused by the provider with a live key.</summary>
    public string? SandboxScenario { get; init; }

    internal SessionKind Kind { get; }

    /// <summary>A face for a sensitive action (biometric 2FA). Carries <c>workflow_type</c> in the guide's edition.</summary>
    /// <param name="workflowId">The biometric workflow.</param>
    /// <param name="vendorData">The user's reference at the provider.</param>
    /// <param name="reason">Why: see <see cref="Reason"/>.</param>
    public static CreateSessionRequest ForReauthentication(string workflowId, string vendorData, string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(vendorData);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new CreateSessionRequest(SessionKind.Reauthentication, workflowId, vendorData) { Reason = reason };
    }

    /// <summary>A face for a sign-in under strong customer authentication.</summary>
    /// <param name="workflowId">The SCA workflow.</param>
    /// <param name="vendorData">The user's reference at the provider.</param>
    /// <param name="sessionDigest">See <see cref="SessionDigest"/>.</param>
    public static CreateSessionRequest ForScaLogin(string workflowId, string vendorData, string sessionDigest)
    {
        ArgumentException.ThrowIfNullOrEmpty(vendorData);
        ArgumentException.ThrowIfNullOrWhiteSpace(sessionDigest);
        return new CreateSessionRequest(SessionKind.ScaLogin, workflowId, vendorData) { SessionDigest = sessionDigest };
    }

    /// <summary>A face for a payment under strong customer authentication, linked to its amount and payee.</summary>
    /// <param name="workflowId">The SCA workflow.</param>
    /// <param name="vendorData">The user's reference at the provider.</param>
    /// <param name="transaction">The payment.</param>
    public static CreateSessionRequest ForScaPayment(string workflowId, string vendorData, Transaction transaction)
    {
        ArgumentException.ThrowIfNullOrEmpty(vendorData);
        ArgumentNullException.ThrowIfNull(transaction);
        return new CreateSessionRequest(SessionKind.ScaPayment, workflowId, vendorData) { Transaction = transaction };
    }

    /// <summary>The first face of a user: identity document, liveness and face match in one session.</summary>
    /// <param name="workflowId">The KYC workflow.</param>
    /// <param name="vendorData">The user's reference at the provider.</param>
    public static CreateSessionRequest ForEnrolment(string workflowId, string vendorData)
    {
        ArgumentException.ThrowIfNullOrEmpty(vendorData);
        return new CreateSessionRequest(SessionKind.Enrolment, workflowId, vendorData);
    }

    /// <summary>The type's name only: a request names people, accounts and faces.</summary>
    public override string ToString() => nameof(CreateSessionRequest);
}

/// <summary>What a session is for: decides <c>workflow_type</c> and <c>metadata.purpose</c>.</summary>
internal enum SessionKind
{
    Reauthentication,
    ScaLogin,
    ScaPayment,
    Enrolment,
}

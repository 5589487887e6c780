namespace BiometricTwoFactor.Emulator;

/// <summary>
/// The ways in which the emulated provider can misbehave on demand. On the wire: the name in snake case, such as
/// <c>webhook_delay</c>. One use of a webhook fault strikes one event, at all of its destinations; events of
/// <c>In Progress</c> are struck by <see cref="WebhookReorder"/> only. One use of a verdict fault strikes one session:
/// webhook and decision tell the same lie from then on.
/// </summary>
public enum EmulatorFaultKind
{
    /// <summary>No fault: not to be planned.</summary>
    None = 0,

    /// <summary>The webhook leaves <see cref="EmulatorFault.Delay"/> later, by the emulator's clock (default 30 s).</summary>
    WebhookDelay,

    /// <summary>The webhook is sent <see cref="EmulatorFault.Count"/> times more, byte for byte (default once).</summary>
    WebhookDuplicate,

    /// <summary>The webhook is logged as dropped and never sent.</summary>
    WebhookDrop,

    /// <summary>The webhook waits until the next one has been sent, whosoever's it is.</summary>
    WebhookReorder,

    /// <summary>The webhook is signed with a secret that nobody knows.</summary>
    WebhookWrongSecret,

    /// <summary>The destination's secret is replaced before the webhook is signed, and stays so: the old one is dead at once.</summary>
    WebhookRotatedSecret,

    /// <summary>The webhook is dated, and rightly signed, <see cref="EmulatorFault.Delay"/> in the past (default 10 minutes).</summary>
    WebhookStaleTimestamp,

    /// <summary>The webhook's body ends in the middle; the signature is right for what is left.</summary>
    WebhookTruncated,

    /// <summary>The webhook's body is valid JSON of <see cref="EmulatorFault.Count"/> bytes (default 8 MiB).</summary>
    WebhookHuge,

    /// <summary>Webhook and decision echo another amount and payee.</summary>
    VerdictWrongEcho,

    /// <summary>Webhook and decision echo nothing.</summary>
    VerdictMissingEcho,

    /// <summary>Webhook and decision name another user's <c>vendor_data</c> (<see cref="EmulatorFault.Text"/>, default <c>somebody-else</c>).</summary>
    VerdictOtherUser,

    /// <summary>Webhook and decision name another workflow (<see cref="EmulatorFault.Text"/>, default a random one).</summary>
    VerdictOtherWorkflow,

    /// <summary>Webhook and decision say <c>live</c> in the sandbox and <c>sandbox</c> in the live world.</summary>
    VerdictOtherEnvironment,

    /// <summary>Webhook and decision write the status in lower case.</summary>
    VerdictStatusCase,

    /// <summary>Webhook and decision have a status that does not exist (<see cref="EmulatorFault.Text"/>, default <c>Genehmigt</c>).</summary>
    VerdictUnknownStatus,

    /// <summary>A verdict turns to its contrary <see cref="EmulatorFault.Delay"/> after it was announced (default 30 s), and that is announced, too.</summary>
    VerdictFlip,

    /// <summary>400 with an array of texts for each field.</summary>
    ApiFieldArrays,

    /// <summary>400 with a text for each field.</summary>
    ApiFieldTexts,

    /// <summary>400 with <c>detail</c>.</summary>
    ApiDetail,

    /// <summary>400 with a bare array.</summary>
    ApiBareArray,

    /// <summary>403 with <c>detail</c>, as for a wrong key.</summary>
    ApiForbidden,

    /// <summary>404 with a page of HTML.</summary>
    ApiNotFoundHtml,

    /// <summary>429 with <c>Retry-After</c> and the rate-limit headers; <see cref="EmulatorFault.Delay"/> is the wait (default 30 s).</summary>
    ApiThrottled,

    /// <summary>500 with a page of HTML.</summary>
    ApiServerError,

    /// <summary>The right answer, <see cref="EmulatorFault.Delay"/> late, by the emulator's clock (default 30 s).</summary>
    ApiSlow,

    /// <summary>The connection is closed before a byte of the answer; the request is not carried out.</summary>
    ApiHangUp,

    /// <summary>The request is carried out, and the connection is closed in the middle of the answer's body.</summary>
    ApiHangUpInBody,

    /// <summary>The request is carried out, and the answer's JSON ends in the middle, as if that were all of it.</summary>
    ApiTruncated,

    /// <summary>200 with valid JSON of <see cref="EmulatorFault.Count"/> bytes (default 64 MiB).</summary>
    ApiHuge,
}

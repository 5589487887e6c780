namespace BiometricTwoFactor.Emulator;

/// <summary>The kinds of fault in a sentence each, and what of a fault each one reads: for whoever has no docstrings at hand.</summary>
internal static class FaultGuide
{
    private const string ProvidersWords = "What it says (default the provider's words)";

    /// <param name="Kind">The kind.</param>
    /// <param name="Explanation">What happens.</param>
    /// <param name="Seconds">What its seconds mean; null when it has none.</param>
    /// <param name="Count">What its number means; null when it has none.</param>
    /// <param name="Text">What its text means; null when it has none.</param>
    internal sealed record Entry(EmulatorFaultKind Kind, string Explanation, string? Seconds = null, string? Count = null, string? Text = null);

    public static IReadOnlyList<Entry> All { get; } =
    [
        new(EmulatorFaultKind.WebhookDelay, "The webhook leaves later.", Seconds: "How much later (default 30)"),
        new(EmulatorFaultKind.WebhookDuplicate, "The webhook is sent again, byte for byte.", Count: "How many times more (default 1)"),
        new(EmulatorFaultKind.WebhookDrop, "The webhook is never sent."),
        new(EmulatorFaultKind.WebhookReorder, "The webhook waits until the next one has been sent, whosoever's it is."),
        new(EmulatorFaultKind.WebhookWrongSecret, "The webhook is signed with a secret that nobody knows."),
        new(EmulatorFaultKind.WebhookRotatedSecret, "The destination's secret is replaced first, and stays so: the old one is dead at once."),
        new(EmulatorFaultKind.WebhookStaleTimestamp, "The webhook is dated in the past, and rightly signed.", Seconds: "How far in the past (default 600)"),
        new(EmulatorFaultKind.WebhookTruncated, "The body ends in the middle, and is rightly signed as it is."),
        new(EmulatorFaultKind.WebhookHuge, "The body is valid JSON, and huge.", Count: "How many bytes (default 8 MiB)"),
        new(EmulatorFaultKind.VerdictWrongEcho, "Webhook and decision echo another amount and payee."),
        new(EmulatorFaultKind.VerdictMissingEcho, "Webhook and decision echo nothing."),
        new(EmulatorFaultKind.VerdictOtherUser, "Webhook and decision name another user.", Text: "Which user (default somebody-else)"),
        new(EmulatorFaultKind.VerdictOtherWorkflow, "Webhook and decision name another workflow.", Text: "Which workflow (default a random one)"),
        new(EmulatorFaultKind.VerdictOtherEnvironment, "Webhook and decision say live in the sandbox, and sandbox in the live world."),
        new(EmulatorFaultKind.VerdictStatusCase, "Webhook and decision write the status in lower case."),
        new(EmulatorFaultKind.VerdictUnknownStatus, "Webhook and decision have a status that does not exist.", Text: "Which status (default Genehmigt)"),
        new(EmulatorFaultKind.VerdictFlip, "The verdict turns to its contrary after it was announced, and that is announced, too.", Seconds: "How long after (default 30)"),
        new(EmulatorFaultKind.ApiFieldArrays, "The API answers 400 with an array of texts for each field.", Text: ProvidersWords),
        new(EmulatorFaultKind.ApiFieldTexts, "The API answers 400 with a text for each field.", Text: ProvidersWords),
        new(EmulatorFaultKind.ApiDetail, "The API answers 400 with detail.", Text: ProvidersWords),
        new(EmulatorFaultKind.ApiBareArray, "The API answers 400 with a bare array.", Text: ProvidersWords),
        new(EmulatorFaultKind.ApiForbidden, "The API answers 403, as for a wrong key.", Text: ProvidersWords),
        new(EmulatorFaultKind.ApiNotFoundHtml, "The API answers 404 with a page of HTML."),
        new(EmulatorFaultKind.ApiThrottled, "The API answers 429 with Retry-After.", Seconds: "How long to wait (default 30)", Text: ProvidersWords),
        new(EmulatorFaultKind.ApiServerError, "The API answers 500 with a page of HTML."),
        new(EmulatorFaultKind.ApiSlow, "The API's right answer comes late.", Seconds: "How late (default 30)"),
        new(EmulatorFaultKind.ApiHangUp, "The API closes the connection before a byte of its answer, and does nothing."),
        new(EmulatorFaultKind.ApiHangUpInBody, "The API does what is asked, and closes the connection in the middle of its answer."),
        new(EmulatorFaultKind.ApiTruncated, "The API does what is asked, and its answer's JSON ends in the middle."),
        new(EmulatorFaultKind.ApiHuge, "The API answers with valid JSON, and huge.", Count: "How many bytes (default 64 MiB)"),
    ];
}

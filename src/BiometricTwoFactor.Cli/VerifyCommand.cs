using System.CommandLine;
using System.Globalization;

namespace BiometricTwoFactor.Cli;

/// <summary><c>biometric2fa verify</c>: whether a delivery verifies, and which rule it breaks if not.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Body = BodySource.Argument();

    private static readonly Option<string[]> Header = new("--header", "-H")
    {
        Description = "A header as received, such as 'X-Signature-V2: 6c96...'. May be repeated.",
    };

    private static readonly Option<FileInfo?> HeaderFile = new("--headers") { Description = "A file with the headers, one a line." };

    private static readonly Option<FileInfo?> SecretFile = SecretSource.FileOption();

    private static readonly Option<int> Tolerance = new("--tolerance")
    {
        Description = "How far the signed timestamp may be off, in seconds.",
        DefaultValueFactory = _ => 300,
    };

    private static readonly Option<long?> Now = new("--now") { Description = "The time to judge freshness by, in unix seconds, for a delivery from the past. Default: now." };

    private static readonly Option<bool> RequireTimestamp = new("--require-timestamp") { Description = "Refuses a body without a signed timestamp (the guide's have none)." };

    private static readonly Option<bool> AcceptRaw = new("--accept-raw-signature") { Description = "Lets X-Signature count where X-Signature-V2 is absent." };

    public static Command Create(ToolContext context)
    {
        var command = new Command("verify", "Verifies a webhook delivery. Ends with 0 when it is valid, 1 when it is not, 2 when asked wrongly.")
        {
            Body, Header, HeaderFile, SecretFile, Tolerance, Now, RequireTimestamp, AcceptRaw,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, context, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ToolContext context, CancellationToken cancellationToken)
    {
        var secret = await SecretSource.ReadAsync(parsed.GetValue(SecretFile), context, cancellationToken);
        var headers = HeaderLines.Read([.. parsed.GetValue(Header) ?? [], .. await LinesAsync(parsed.GetValue(HeaderFile), cancellationToken)]);
        var options = new WebhookVerifierOptions
        {
            Secrets = [secret],
            TimestampTolerance = TimeSpan.FromSeconds(parsed.GetValue(Tolerance)),
            RequireTimestamp = parsed.GetValue(RequireTimestamp),
            AcceptRawSignatureHeader = parsed.GetValue(AcceptRaw),
            AcceptSimpleSignatureAsHint = true,
        };
        if (options.Validate() is [var problem, ..])
        {
            throw new ToolException(problem.Replace(nameof(options.TimestampTolerance), Tolerance.Name, StringComparison.Ordinal));
        }

        var body = await BodySource.ReadAsync(parsed.GetValue(Body)!, context, cancellationToken);
        var clock = parsed.GetValue(Now) is { } seconds ? new StandingClock(seconds) : context.Clock;
        var verification = new WebhookVerifier(options, clock).Verify(body, headers);
        await ExplainAsync(verification, context.Output);
        return verification.IsValid ? ExitCode.Success : ExitCode.Refused;
    }

    private static async Task ExplainAsync(WebhookVerification verification, TextWriter output)
    {
        await output.WriteLineAsync($"{verification.Outcome}: {Explanation(verification.Outcome)}");
        if (verification.Event is not { } valid)
        {
            return;
        }

        // Ids and statuses; names and accounts in the metadata are nobody's business here.
        await output.WriteLineAsync($"Signed over  {verification.Form}");
        await output.WriteLineAsync($"Edition      {(valid.IsGuideShape ? "guide" : "reference")}");
        await output.WriteLineAsync($"Session      {valid.SessionId?.ToString() ?? "-"}");
        await output.WriteLineAsync($"Status       {valid.Status}");
        await output.WriteLineAsync($"Timestamp    {valid.Timestamp?.ToString("u", CultureInfo.InvariantCulture) ?? "none"}");
        await output.WriteLineAsync($"Environment  {(valid.HasEnvironment ? valid.Environment.ToString() : "none")}");
        await output.WriteLineAsync($"Metadata     {valid.Metadata}");
        if (valid.IsTest)
        {
            await output.WriteLineAsync("A test delivery: it never authorises anything.");
        }
    }

    private static string Explanation(WebhookOutcome outcome) => outcome switch
    {
        WebhookOutcome.Valid => "authentic, strict and fresh.",
        WebhookOutcome.MissingSignature => "no X-Signature-V2 was given.",
        WebhookOutcome.MalformedSignature => "the signature is not exactly 64 lower-case hex digits, without prefix, once.",
        WebhookOutcome.SignatureMismatch => "this secret signed neither these bytes nor their canonical form. Is it the destination's own secret, and the body untouched?",
        WebhookOutcome.TooLarge => "the body exceeds the limit.",
        WebhookOutcome.Malformed => "the signature is right, but the body is not strict JSON (duplicate members, depth, trailing data...) or contradicts itself.",
        WebhookOutcome.Stale => "the signature is right, but the signed timestamp is too far from now, or X-Timestamp differs from it. For an old delivery, give --now.",
        WebhookOutcome.TimestampMissing => "the signature is right, but the body has no timestamp.",
        WebhookOutcome.HintOnly => "only X-Signature-Simple was given. It is right, but covers neither decision nor metadata: it may lead to a decision read, to nothing else.",
        _ => "nothing was verified.",
    };

    private static async Task<string[]> LinesAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return [];
        }

        try
        {
            return await File.ReadAllLinesAsync(file.FullName, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException("The file given as --headers cannot be read.");
        }
    }

    private sealed class StandingClock(long seconds) : TimeProvider
    {
        private readonly DateTimeOffset _now = Read(seconds);

        public override DateTimeOffset GetUtcNow() => _now;

        private static DateTimeOffset Read(long seconds) =>
            seconds is >= -62135596800 and <= 253402300799
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : throw new ToolException("--now is a time in unix seconds, not milliseconds.");
    }
}

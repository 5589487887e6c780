using System.CommandLine;
using System.Text.Json;

namespace BiometricTwoFactor.Cli;

/// <summary><c>biometric2fa sign</c>: the headers that the provider would send with a body.</summary>
internal static class SignCommand
{
    private static readonly Argument<string> Body = BodySource.Argument();

    private static readonly Option<FileInfo?> SecretFile = SecretSource.FileOption();

    private static readonly Option<string> Edition = Editions.Option("guide: X-Signature-V2 over the bytes; reference: all three signatures and X-Timestamp.");

    public static Command Create(ToolContext context)
    {
        var command = new Command("sign", "Prints the signature headers of a webhook body, one a line.") { Body, SecretFile, Edition };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, context, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ToolContext context, CancellationToken cancellationToken)
    {
        var secret = await SecretSource.ReadAsync(parsed.GetValue(SecretFile), context, cancellationToken);
        var body = await BodySource.ReadAsync(parsed.GetValue(Body)!, context, cancellationToken);
        if (Editions.Read(parsed.GetValue(Edition)) == ApiEdition.Guide)
        {
            await context.Output.WriteLineAsync($"{WebhookHeaders.SignatureV2Name}: {WebhookSigner.SignRaw(body, secret)}");
            return ExitCode.Success;
        }

        try
        {
            var canonical = WebhookSigner.SignCanonical(body, secret);
            await context.Output.WriteLineAsync($"{WebhookHeaders.SignatureName}: {WebhookSigner.SignRaw(body, secret)}");
            await context.Output.WriteLineAsync($"{WebhookHeaders.SignatureV2Name}: {canonical}");
            await context.Output.WriteLineAsync($"{WebhookHeaders.SignatureSimpleName}: {WebhookSigner.SignSimple(body, secret)}");
        }
        catch (FormatException e)
        {
            throw new ToolException(e.Message);
        }

        if (Timestamp(body) is { } timestamp)
        {
            await context.Output.WriteLineAsync($"{WebhookHeaders.TimestampName}: {timestamp}");
        }

        return ExitCode.Success;
    }

    private static string? Timestamp(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.TryGetProperty("timestamp", out var value) && value.TryGetInt64(out var seconds)
            ? seconds.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }
}

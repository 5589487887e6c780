using System.CommandLine;
using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Cli;

/// <summary><c>biometric2fa evidence report</c>: one authentication as a page that can be read and printed.</summary>
internal static class EvidenceReportCommand
{
    private static readonly Argument<string> File = EvidenceFileArgument.Create();

    private static readonly Option<string> Challenge = new("--challenge") { Description = "The id of the authentication.", Required = true };

    public static Command Create(ToolContext context)
    {
        var command = new Command("report", "Prints a report of one authentication as HTML. It verifies nothing. Ends with 1 when the file has none of that id.") { File, Challenge };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                await using var input = EvidenceFileArgument.Open(parsed.GetValue(File)!, context);
                var challenge = parsed.GetValue(Challenge) is { Length: > 0 } id ? id : throw new ToolException("--challenge is the id of an authentication.");
                if (await EvidenceReport.RenderAsync(input, challenge, cancellationToken) is not { } page)
                {
                    await context.Error.WriteLineAsync("The file has no entry of that authentication.");
                    return ExitCode.Refused;
                }

                await context.Output.WriteAsync(page);
                return ExitCode.Success;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new ToolException("The file of evidence cannot be read.");
            }
        });
        return command;
    }
}

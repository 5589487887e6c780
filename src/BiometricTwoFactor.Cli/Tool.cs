using System.CommandLine;
using System.CommandLine.Parsing;

namespace BiometricTwoFactor.Cli;

/// <summary>The command line of <c>biometric2fa</c>.</summary>
internal static class Tool
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, ToolContext context, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand("Tools for biometric two-factor authentication: an emulated provider, its webhooks, and faces.")
        {
            ServeCommand.Create(context),
            SignCommand.Create(context),
            VerifyCommand.Create(context),
            MatchCommand.Create(context),
            LivenessCommand.Create(context),
            EvidenceCommand.Create(context),
            EstimateCommand.Create(context),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await ReportAsync(parsed, args, context);
            return ExitCode.Usage;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = context.Output,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // the program's token says when to end
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (ToolException e)
        {
            await context.Error.WriteLineAsync(e.Message);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Usage;
        }
    }

    /// <summary>
    /// Our own words: the parser's messages repeat the arguments, and a secret behind a mistyped option would end up
    /// in a terminal's or a build's log.
    /// </summary>
    private static async Task ReportAsync(ParseResult parsed, IReadOnlyList<string> args, ToolContext context)
    {
        var known = parsed.CommandResult.Command.Options.Select(option => option.Name).ToList();
        // An option that does not exist may have been taken for the body's file name: the parser would not name it.
        var names = parsed.Errors
            .Select(error => error.SymbolResult)
            .OfType<OptionResult>()
            .Select(result => result.Option.Name)
            .Concat(args.Where(arg => arg.StartsWith("--", StringComparison.Ordinal)).Select(OptionName).Except(known, StringComparer.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var where = names.Count == 0 ? "" : $" See {string.Join(", ", names)}.";
        await context.Error.WriteLineAsync($"The arguments were not understood.{where} Try: biometric2fa {PathOf(parsed.CommandResult)}--help");
    }

    private static string PathOf(SymbolResult? command) =>
        command is CommandResult { Command: not RootCommand } known ? $"{PathOf(known.Parent)}{known.Command.Name} " : "";

    private static string OptionName(string token)
    {
        var end = token.AsSpan().IndexOfAny('=', ':');
        return end < 0 ? token : token[..end];
    }
}

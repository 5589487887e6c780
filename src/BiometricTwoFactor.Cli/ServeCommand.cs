using System.CommandLine;
using System.Net.Sockets;
using BiometricTwoFactor.Emulator;
using BiometricTwoFactor.ReferenceMatcher;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.Cli;

/// <summary><c>biometric2fa serve</c>: the emulator alone, until Ctrl+C.</summary>
internal static class ServeCommand
{
    public const string ApiKeyVariable = "BIOMETRIC_API_KEY";

    private static readonly Option<int> Port = new("--port") { Description = "The TCP port; 0 takes a free one.", DefaultValueFactory = _ => 7020 };

    private static readonly Option<string> Host = new("--host") { Description = "The address to listen on.", DefaultValueFactory = _ => "127.0.0.1" };

    private static readonly Option<bool> AllowNonLoopback = new("--allow-non-loopback") { Description = "Lets other machines reach the emulator, and approve what they like." };

    private static readonly Option<string[]> WebhookUrl = new("--webhook-url") { Description = "Where webhooks are sent; may be given several times." };

    private static readonly Option<string?> WebhookSecret = new("--webhook-secret")
    {
        Description = $"The webhooks' secret. Better in {SecretSource.Variable}, or in a file with --secret-file: arguments are seen by other users. Without any of them, one is made and shown.",
    };

    private static readonly Option<FileInfo?> SecretFile = SecretSource.FileOption();

    private static readonly Option<string?> ApiKey = new("--api-key") { Description = $"The accepted x-api-key. Better in {ApiKeyVariable}. Without either, one is made and shown." };

    private static readonly Option<string> Edition = Editions.Option("The shape of webhooks and answers.");

    private static readonly Option<bool> Live = new("--live") { Description = "Says 'live' instead of 'sandbox', and refuses scenarios as a live application does." };

    private static readonly Option<bool> NoRateLimits = new("--no-rate-limits") { Description = "Answers as often as it is asked, for load tests, instead of with the provider's 429." };

    private static readonly Option<FileInfo?> Workflows = new("--workflows") { Description = "A JSON file with the workflows that exist. Without it there is one of each kind." };

    private static readonly Option<FileInfo?> State = new("--state") { Description = "A file that sessions, users and made keys survive a restart in. It is readable by its owner only." };

    private static readonly Option<bool> StatePictures = new("--state-pictures") { Description = "Keeps portraits and captures in that file, too, so that faces are compared after a restart." };

    private static readonly Option<string?> ModelV2 = LivenessNetworks.V2Option();

    private static readonly Option<string?> ModelV1Se = LivenessNetworks.V1SeOption();

    public static Command Create(ToolContext context)
    {
        var command = new Command("serve", "Runs the emulated provider until Ctrl+C.")
        {
            Port, Host, AllowNonLoopback, WebhookUrl, WebhookSecret, SecretFile, ApiKey, Edition, Live,
            NoRateLimits, Workflows, State, StatePictures, ModelV2, ModelV1Se,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, context, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ToolContext context, CancellationToken cancellationToken)
    {
        var edition = Editions.Read(parsed.GetValue(Edition));
        var secret = parsed.GetValue(WebhookSecret) ?? await SecretSource.TryReadAsync(parsed.GetValue(SecretFile), context, cancellationToken);
        var key = parsed.GetValue(ApiKey) ?? context.Variable(ApiKeyVariable);
        IReadOnlyList<Uri> webhookUrls = [.. (parsed.GetValue(WebhookUrl) ?? []).Select(Address)];
        var workflows = parsed.GetValue(Workflows);
        var scorer = LivenessNetworks.Load(parsed.GetValue(ModelV2), parsed.GetValue(ModelV1Se));
        using var logging = LoggerFactory.Create(log => log.AddSimpleConsole(console => console.SingleLine = true));
        var options = new BiometricEmulatorOptions
        {
            Port = parsed.GetValue(Port),
            Host = parsed.GetValue(Host)!,
            AllowNonLoopback = parsed.GetValue(AllowNonLoopback),
            WebhookUrl = webhookUrls.FirstOrDefault(),
            WebhookSecret = secret,
            ApiKey = key,
            Environment = parsed.GetValue(Live) ? ProviderEnvironment.Live : ProviderEnvironment.Sandbox,
            WebhookEdition = edition,
            DecisionEdition = edition,
            CreateEdition = edition,
            FaceMatchEdition = edition,
            Workflows = workflows is null ? [] : await WorkflowsFile.ReadAsync(workflows, cancellationToken),
            RateLimits = parsed.GetValue(NoRateLimits) ? EmulatorRateLimits.None : EmulatorRateLimits.Documented,
            StateFile = parsed.GetValue(State)?.FullName,
            StateHoldsPictures = parsed.GetValue(StatePictures),
            Matcher = scorer is null ? null : context.MakeMatcher(new FaceMatcherOptions { LivenessScorer = scorer }),
            TimeProvider = context.Clock,
            LoggerFactory = logging,
        };
        if (options is { StateHoldsPictures: true, StateFile: null })
        {
            throw new ToolException("--state-pictures says what the file of --state holds: give --state, too.");
        }

        await using var emulator = await StartAsync(options, webhookUrls, cancellationToken);
        await DescribeAsync(emulator, keyIsNew: key is null, secretIsNew: secret is null, context.Output);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how this ends well.
        }

        return ExitCode.Success;
    }

    private static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        ? url
        : throw new ToolException($"{WebhookUrl.Name} is an HTTP or HTTPS address.");

    private static async Task<BiometricEmulator> StartAsync(BiometricEmulatorOptions options, IReadOnlyList<Uri> webhookUrls, CancellationToken cancellationToken)
    {
        try
        {
            var emulator = await BiometricEmulator.StartAsync(options, cancellationToken);
            try
            {
                // One secret for all, as it was given or shown; a state file may have brought some of them back.
                foreach (var url in webhookUrls.Where(url => emulator.WebhookDestinations.All(known => known.Url != url)))
                {
                    emulator.AddWebhookDestination(url, emulator.WebhookSecret);
                }

                return emulator;
            }
            catch
            {
                await emulator.DisposeAsync();
                throw;
            }
        }
        catch (InvalidOperationException) when (!options.AllowNonLoopback)
        {
            throw new ToolException("The emulator approves whatever its visitors choose and listens on loopback only. To let other machines reach it, give --allow-non-loopback.");
        }
        catch (ArgumentException e)
        {
            // The name of a parameter of ours, which the framework appends, tells the caller of a tool nothing.
            throw new ToolException(e.ParamName is null ? e.Message : e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidDataException)
        {
            throw new ToolException(e.Message);
        }
    }

    // What the caller gave is known to them; only what was made here is shown.
    private static async Task DescribeAsync(BiometricEmulator emulator, bool keyIsNew, bool secretIsNew, TextWriter output)
    {
        await output.WriteLineAsync($"The emulated provider listens on {emulator.BaseAddress}");
        await output.WriteLineAsync($"Its console     {new Uri(emulator.BaseAddress, "/emulator/")}");
        await output.WriteLineAsync($"API key         {(keyIsNew ? emulator.ApiKey : "as given")}");
        await output.WriteLineAsync($"Webhook secret  {(secretIsNew ? emulator.WebhookSecret : "as given")}");
        string[] targets = [.. emulator.WebhookDestinations.Where(destination => destination.IsEnabled).Select(destination => destination.Url.GetLeftPart(UriPartial.Path))];
        await output.WriteLineAsync($"Webhooks go to  {(targets.Length == 0 ? "nobody (--webhook-url)" : string.Join(", ", targets))}");
        await output.WriteLineAsync("Workflows");
        foreach (var workflow in emulator.Workflows)
        {
            var method = workflow.LivenessMethod == LivenessMethod.Passive ? "" : $", {workflow.LivenessMethod}";
            await output.WriteLineAsync($"  {workflow.Id}  {workflow.Kind}{method}");
        }

        await output.FlushAsync();
    }
}

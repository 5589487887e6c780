using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace BiometricTwoFactor.Emulator;

/// <summary>The options, checked once and completed with what they leave open.</summary>
internal sealed class EmulatorSettings
{
    private const string TokenAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly Dictionary<string, EmulatedWorkflow> _workflows;

    public EmulatorSettings(BiometricEmulatorOptions options, SavedState? saved = null)
    {
        Options = options;
        Address = ReadAddress(options);
        Require(options.Environment is ProviderEnvironment.Live or ProviderEnvironment.Sandbox, nameof(options.Environment), "is Live or Sandbox");
        RequireEdition(options.WebhookEdition, nameof(options.WebhookEdition));
        RequireEdition(options.DecisionEdition, nameof(options.DecisionEdition));
        RequireEdition(options.CreateEdition, nameof(options.CreateEdition));
        RequireEdition(options.FaceMatchEdition, nameof(options.FaceMatchEdition));
        Require(options.FaceMatchScore is null or (>= 0 and <= 100), nameof(options.FaceMatchScore), "lies between 0 and 100");
        Require(options.BorderlineFaceMatchScore is >= 0 and <= 100, nameof(options.BorderlineFaceMatchScore), "lies between 0 and 100");
        Require(options.LivenessScore is null or (>= 0 and <= 100), nameof(options.LivenessScore), "lies between 0 and 100");
        Require(options.SessionLifetime > TimeSpan.Zero, nameof(options.SessionLifetime), "is positive");
        Require(
            options.RateLimits is { CreatePerMinute: null or >= 0, WritesPerMinute: null or >= 0, ReadsPerMinute: null or >= 0, ReportsPerMinute: null or >= 0, SandboxSessionsPerDay: null or >= 0 },
            nameof(options.RateLimits),
            "are not negative");
        Require(options.PublicAddress is null or { IsAbsoluteUri: true }, nameof(options.PublicAddress), "is an absolute address");
        Require(options.WebhookUrl is null or { IsAbsoluteUri: true }, nameof(options.WebhookUrl), "is an absolute address");

        ApiKey = options.ApiKey ?? saved?.ApiKey ?? RandomText(43);
        Require(ApiKey.Length > 0, nameof(options.ApiKey), "is not empty");
        ApiKeyBytes = Encoding.UTF8.GetBytes(ApiKey);
        WebhookSecret = options.WebhookSecret ?? saved?.WebhookSecret ?? RandomText(43);
        WebhookKey = new WebhookSecret(WebhookSecret, label: "emulator");
        ApplicationId = options.ApplicationId ?? saved?.ApplicationId ?? NewUuid();
        Clock = options.TimeProvider;

        Workflows = [.. options.Workflows.Count == 0 ? EmulatedWorkflow.Defaults() : options.Workflows];
        _workflows = new Dictionary<string, EmulatedWorkflow>(StringComparer.Ordinal);
        foreach (var workflow in Workflows)
        {
            Require(!string.IsNullOrWhiteSpace(workflow.Id), nameof(options.Workflows), "have ids");
            Require(
                workflow is { FaceMatchDeclineAtOrBelow: >= 0, FaceMatchApproveAbove: <= 100, LivenessDeclineAtOrBelow: >= 0 and <= 100 }
                && workflow.FaceMatchDeclineAtOrBelow <= workflow.FaceMatchApproveAbove,
                nameof(options.Workflows),
                "have thresholds from 0 to 100, and approve above where they decline");
            Require(workflow.LivenessMethod != LivenessMethod.Unknown, nameof(options.Workflows), "have a liveness method");
            Require(_workflows.TryAdd(workflow.Id, workflow), nameof(options.Workflows), "have different ids");
        }
    }

    public BiometricEmulatorOptions Options { get; }

    public IPAddress Address { get; }

    public string ApiKey { get; }

    public byte[] ApiKeyBytes { get; }

    public string WebhookSecret { get; }

    public WebhookSecret WebhookKey { get; }

    public string ApplicationId { get; }

    public TimeProvider Clock { get; }

    public IReadOnlyList<EmulatedWorkflow> Workflows { get; }

    /// <summary>What a comparison that nobody makes reports.</summary>
    public decimal FaceMatchScore => Options.FaceMatchScore ?? 99.41m;

    /// <summary>What liveness that nobody measures reports.</summary>
    public decimal LivenessScore => Options.LivenessScore ?? 95m;

    public bool IsSandbox => Options.Environment == ProviderEnvironment.Sandbox;

    public string EnvironmentText => IsSandbox ? "sandbox" : "live";

    public EmulatedWorkflow? FindWorkflow(string id) => _workflows.GetValueOrDefault(id);

    public static string RandomText(int length) => RandomNumberGenerator.GetString(TokenAlphabet, length);

    /// <summary>A random (version 4) UUID in the lower case that the provider's routes demand.</summary>
    public static string NewUuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    private static IPAddress ReadAddress(BiometricEmulatorOptions options)
    {
        if (string.Equals(options.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            return IPAddress.Loopback;
        }

        if (!IPAddress.TryParse(options.Host, out var address))
        {
            throw new ArgumentException($"{nameof(options.Host)} is 'localhost' or an IP address.", nameof(options));
        }

        if (!IPAddress.IsLoopback(address) && !options.AllowNonLoopback)
        {
            throw new InvalidOperationException(
                $"The emulator approves whatever its visitors choose and listens on loopback only. To let other machines reach it, set {nameof(BiometricEmulatorOptions)}.{nameof(options.AllowNonLoopback)}.");
        }

        return address;
    }

    private static void RequireEdition(ApiEdition edition, string name) =>
        Require(edition is ApiEdition.Guide or ApiEdition.Reference, name, "is Guide or Reference: a provider speaks one edition");

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
        {
            throw new ArgumentException($"{nameof(BiometricEmulatorOptions)}.{name} {rule}.", name);
        }
    }
}

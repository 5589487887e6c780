using System.Buffers;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using BiometricTwoFactor.AspNetCore;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// A relying party on loopback Kestrel, with the SDK's webhook and, beside it, the least that any receiver does: read the same
/// body, compute one HMAC, make the same write.
/// </summary>
internal sealed class WebhookApplication : IAsyncDisposable
{
    public const string Peer = "/peer";

    private static readonly WebhookSecret Secret = new("wh_benchmark_secret_0123456789abcdef");
    private static readonly byte[] Key = Encoding.UTF8.GetBytes("wh_benchmark_secret_0123456789abcdef");

    private readonly WebApplication _app;
    private readonly string _verdict;
    private EvidenceDraft? _draft;
    private byte[] _facts = [];
    private IDataProtector? _protector;
    private int _made;

    private WebhookApplication(WebApplication app, string verdict)
    {
        _app = app;
        _verdict = verdict;
        Address = new Uri(app.Urls.First());
    }

    public Uri Address { get; }

    public IStepUpStore Store => _app.Services.GetRequiredService<IStepUpStore>();

    /// <summary>The challenges that the peer is to approve, by the number in its request.</summary>
    public IReadOnlyList<StepUpChallenge> ForPeer { get; set; } = [];

    /// <param name="sqlite">The file of a durable store; null for the store in memory.</param>
    public static async Task<WebhookApplication> StartAsync(string? sqlite)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorization();
        var stepUp = builder.Services.AddBiometricStepUp(
            options =>
            {
                options.PublicOrigin = "https://bank.example";
                options.Environment = ProviderEnvironment.Sandbox;
                options.AllowNonLiveProviderInProduction = true;
                options.WebhookSecrets.Add(Secret);
                options.Workflows.StepUp.Id = EmulatedWorkflow.BiometricAuthenticationId;
                options.Evidence.MasterKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
                options.MaxChallengesPerUser = int.MaxValue;
                options.MaxChallengesPerDevice = int.MaxValue;
            },
            client => client.ApiKey = "benchmark-key").AddEnrolmentVoucher<Everybody>();
        if (sqlite is not null)
        {
            stepUp.AddSqliteStore("Data Source=" + sqlite, store => store.MigrateOnStart = true);
        }

        var app = builder.Build();
        app.MapBiometric();
        app.MapGet("/plain", () => "done");
        app.MapGet("/login", (HttpContext context, string user) =>
            context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], "password"))));
        app.MapGet("/face/{number}", (int number) => Results.Text("done")).RequireBiometric(StepUpReason.SettingsChange);
        WebhookApplication? application = null;
        app.MapPost(Peer + "/{number:int}", (HttpContext context, int number) => application!.ReceiveAsync(context, number));
        await app.StartAsync();
        application = new WebhookApplication(app, await VerdictAsync());
        return application;
    }

    /// <summary>A challenge that waits for its verdict, of one of a hundred people.</summary>
    public async Task<StepUpChallenge> WaitingAsync()
    {
        var now = DateTimeOffset.UtcNow;
        var id = ChallengeIds.New();
        var person = "person-" + (_made++ % 100).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var challenge = new StepUpChallenge
        {
            Id = id,
            Binding = new StepUpBinding { Scheme = CookieAuthenticationDefaults.AuthenticationScheme, Subject = person, SessionHash = StepUpBinding.HashSession(id) },
            VendorData = person,
            Reason = StepUpReason.SettingsChange,
            Action = "GET /face/1",
            Digest = id,
            WorkflowId = EmulatedWorkflow.BiometricAuthenticationId,
            Environment = ProviderEnvironment.Sandbox,
            CreatedAt = now,
            Deadline = now.AddMinutes(10),
            Original = new OriginalRequest("GET", "/face/1"),
        };
        await Store.AddOrGetAsync(challenge, int.MaxValue, now.AddMinutes(-10));
        return await AttachAsync(challenge);
    }

    /// <summary>Gives a challenge the session that the start would have opened.</summary>
    public async Task<StepUpChallenge> AttachAsync(StepUpChallenge challenge)
    {
        var attached = challenge with { SessionId = SessionId.Parse(Guid.NewGuid().ToString()), CodeHash = ChallengeIds.Hash(challenge.Id), Version = challenge.Version + 1 };
        await Store.TryAttachSessionAsync(attached);
        return attached;
    }

    /// <summary>The provider's own body of an approval, for this challenge, signed as the provider signs.</summary>
    public (byte[] Body, string Signature) Delivery(StepUpChallenge challenge)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var body = Encoding.UTF8.GetBytes(_verdict
            .Replace("SESSION", challenge.SessionId.ToString(), StringComparison.Ordinal)
            .Replace("PERSON", challenge.VendorData, StringComparison.Ordinal)
            .Replace("NONCE", challenge.Id, StringComparison.Ordinal)
            .Replace("EVENT", Guid.NewGuid().ToString(), StringComparison.Ordinal)
            .Replace("\"timestamp\":0", "\"timestamp\":" + now, StringComparison.Ordinal));
        return (body, WebhookSigner.SignCanonical(body, Secret));
    }

    /// <summary>Takes the evidence of an approval that the SDK has just written as what the peer writes; false when none waits any more.</summary>
    public async Task<bool> TryLearnDraftAsync()
    {
        _draft = (await Store.ListWaitingEvidenceAsync(10_000)).Select(waiting => waiting.Draft).LastOrDefault(draft => draft.Kind == EvidenceKind.Delivered);
        if (_draft is null)
        {
            return false;
        }

        // The entry holds the very body that came, so that it is sealed for each one; what else it says is taken from ours.
        var packed = _app.Services.GetRequiredService<EvidenceRecorder>().Open(_draft)!;
        EvidencePlaintext.TryUnpack(packed, out var facts, out _);
        _facts = facts.ToArray();
        _protector = _app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("BiometricTwoFactor.Evidence.v1");
        return true;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>What is left of a receiver when nothing is looked at.</summary>
    private async Task ReceiveAsync(HttpContext context, int number)
    {
        var length = (int)context.Request.ContentLength!;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        byte[] entry;
        try
        {
            await context.Request.Body.ReadExactlyAsync(buffer.AsMemory(0, length), context.RequestAborted);
            Span<byte> mac = stackalloc byte[32];
            HMACSHA256.HashData(Key, buffer.AsSpan(0, length), mac);
            if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(mac)), Encoding.ASCII.GetBytes(context.Request.Headers[WebhookHeaders.SignatureV2Name].ToString())))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            entry = _protector!.Protect(EvidencePlaintext.Pack(_facts, buffer.AsSpan(0, length)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        var now = DateTimeOffset.UtcNow;
        var challenge = ForPeer[number];
        var approved = challenge with { State = ChallengeState.Approved, ApprovedAt = now, ExecuteBy = now.AddMinutes(10), Version = challenge.Version + 1 };
        var result = await Store.TryReplaceAsync(
            approved, new DeliveryMark("\n" + challenge.Id) { EventId = challenge.Id, BodyHash = challenge.Id }, _draft! with { Subject = challenge.Binding.Subject, ChallengeId = challenge.Id, SealedContent = entry }, deletion: null, context.RequestAborted);
        _app.Services.GetRequiredService<EvidenceSignal>().Written(); // the entry of the peer's write is chained as ours is, at the same times
        context.Response.StatusCode = result == ReplaceResult.Replaced ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError;
    }

    /// <summary>From the emulator, with marks where each delivery has its own.</summary>
    private static async Task<string> VerdictAsync()
    {
        await using var provider = await BiometricEmulator.StartAsync();
        provider.StoreFace("PERSON");
        var services = new ServiceCollection();
        services.AddBiometricClient(client =>
        {
            client.ApiKey = provider.ApiKey;
            client.BaseAddress = provider.BaseAddress;
        });
        await using var container = services.AddLogging().BuildServiceProvider();
        var session = await container.GetRequiredService<BiometricClient>().CreateSessionAsync(
            CreateSessionRequest.ForReauthentication(EmulatedWorkflow.BiometricAuthenticationId, "PERSON", StepUpReason.SettingsChange) with { Nonce = "NONCE" });
        provider.WebhookUrl = new Uri("http://127.0.0.1:9/");
        provider.Faults.HoldWebhooks = true;
        await provider.CompleteAsync(session.SessionId);
        var delivery = provider.Deliveries.Last(sent => sent.Status == SessionStatus.Approved);
        var body = delivery.Body.Replace(session.SessionId.ToString(), "SESSION", StringComparison.Ordinal);
        body = System.Text.RegularExpressions.Regex.Replace(body, "\"timestamp\":[0-9]+", "\"timestamp\":0");
        return System.Text.RegularExpressions.Regex.Replace(body, "\"event_id\":\"[^\"]+\"", "\"event_id\":\"EVENT\"");
    }

    private sealed class Everybody : IEnrolmentVoucher
    {
        public ValueTask<bool> IsEnrolledAsync(string subject, CancellationToken cancellationToken = default) => new(true);
    }
}

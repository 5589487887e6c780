using System.Diagnostics;
using System.Net;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using BiometricTwoFactor.Emulator;
using BiometricTwoFactor.ReferenceMatcher;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Attacks on secrets, logs, measurements, memory, test hooks and keys.</summary>
public sealed partial class SupplyAttackTests
{
    private static readonly Assembly[] Ours = [typeof(BiometricClient).Assembly, typeof(BiometricStepUpOptions).Assembly];

    /// <summary>Logs, traces, measurements and answers are looked through at the end of every test (<see cref="SecretScan"/>).</summary>
    [Fact]
    public async Task Attack_65_Nothing_that_prints_prints_a_secret()
    {
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.ConfigureServices = services => services.AddHealthChecks().AddBiometricStepUp();
            setup.Map = app => app.MapHealthChecks("/health");
        });
        using var browser = await bank.SignedInAsync("CANARY-person");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var session = bank.LastSession();
        var challenge = await bank.ChallengeAsync(id);
        var client = bank.Services.GetRequiredService<BiometricClient>();
        using var portrait = PortraitImage.FromBytes((byte[])[0xFF, 0xD8, 0xFF, .. "CANARY-portrait"u8]);
        var options = bank.Services.GetRequiredService<IOptions<BiometricStepUpOptions>>().Value;
        string[] secrets =
        [
            bank.Provider.ApiKey, bank.Provider.WebhookSecret, session.Token.Reveal(), session.HostedPage.AbsoluteUri, "CANARY", options.Evidence.MasterKey!,
            "DE89370400440532013000", "Ada Lovelace", Convert.ToBase64String("CANARY-portrait"u8)[..16],
        ];

        var body = Encoding.UTF8.GetBytes(Deliveries.Verdict(session.Id.ToString(), id).Replace("alice", "CANARY-person", StringComparison.Ordinal));
        var verification = new WebhookVerifier(new WebhookVerifierOptions { Secrets = options.WebhookSecrets })
            .Verify(body, new WebhookHeaders { SignatureV2 = WebhookSigner.SignRaw(body, options.WebhookSecrets[0]) });
        Assert.True(verification.IsValid);
        object[] printed =
        [
            options, options.Evidence, options.WebhookSecrets[0], bank.Services.GetRequiredService<IOptions<BiometricClientOptions>>().Value, client,
            challenge, challenge.Binding, challenge.Transaction!, challenge.Transaction!.Items[0], challenge.Original, challenge.AskedFrom, challenge.StartedOn,
            new Secret(session.Token.Reveal()), new HostedPageUrl(session.HostedPage), portrait, verification, verification.Event!, verification.Event!.Decision,
            verification.Event!.Metadata, new WebhookHeaders { SignatureV2 = "CANARY" }, new WebhookVerifierOptions { Secrets = options.WebhookSecrets },
            await client.GetDecisionAsync(session.Id), New(new float[128]),
            await Assert.ThrowsAsync<BiometricException>(() => client.GetDecisionAsync(SessionId.Parse(SomeSession))),
            Assert.ThrowsAny<Exception>(() => new WebhookSecret("CANARY")), Assert.ThrowsAny<Exception>(() => new Secret("CANARY CANARY")),
            Assert.ThrowsAny<Exception>(() => SessionId.Parse("CANARY/CANARY")), Assert.ThrowsAny<Exception>(() => Transaction.Create("1e2", "EUR", "CANARY", "CANARY")),
            Assert.ThrowsAny<Exception>(() => PortraitImage.FromBytes("CANARY"u8.ToArray())),
        ];
        foreach (var text in printed.Select(thing => $"{thing} {Debugged(thing)}"))
        {
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }

        // What a debugger's watch window opens by itself: no setting that holds a key in the clear.
        var open = Ours.SelectMany(assembly => assembly.GetExportedTypes()).SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Where(property => IsKey(property.Name) && (property.PropertyType == typeof(string) || typeof(IEnumerable<string>).IsAssignableFrom(property.PropertyType)))
            .Where(property => property.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State != DebuggerBrowsableState.Never)
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}");
        Assert.Equal([], open);

        bank.Provider.Faults.Unavailable = true;
        using var health = await browser.GetAsync("/health");
        var report = await bank.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        var told = $"{await health.Content.ReadAsStringAsync()} {string.Join(' ', report.Entries.Select(entry => $"{entry.Value.Description} {entry.Value.Exception} {string.Join(' ', entry.Value.Data)}"))}";
        Assert.StartsWith("Healthy", told, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, told, StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, bank.Logs.All, StringComparison.Ordinal));
        Assert.Contains(id, bank.Logs.All, StringComparison.Ordinal); // it logs at all
    }

    [Fact]
    public async Task Attack_66_Nobody_writes_a_line_of_his_own_into_the_log()
    {
        const string Forged = "\r\nError BiometricTwoFactor 2202: FORGED";
        await using var held = await HeldApproval.StartAsync();
        using var attacker = await held.Bank.SignedInAsync("mallory" + Forged);
        var id = await attacker.AskAsync();
        using var started = await attacker.StartAsync(id);
        foreach (var change in new Action<JsonObject>[]
        {
            body => body["webhook_type"] = "user.updated" + Forged,
            body => body["event_id"] = "e" + Forged,
            body => { body["status"] = "Approved" + Forged; body["decision"]!["status"] = "Approved" + Forged; },
            body => body["session_id"] = "s" + Forged,
            body => body["vendor_data"] = "alice" + Forged,
            body => body["workflow_id"] = "w" + Forged,
        })
        {
            using var answer = await held.SendSignedAsync(held.Changed(change));
        }

        foreach (var path in (string[])["/biometric/webhook/", "/biometric/callback/", "/biometric/challenges/", "/biometric/confirm/"])
        {
            using var answer = await attacker.GetAsync(path + Uri.EscapeDataString("x" + Forged));
            using var posted = await attacker.PostAsync(path + Uri.EscapeDataString("x" + Forged));
        }

        Assert.Contains("2202:", held.Bank.Logs.All, StringComparison.Ordinal);
        // Whoever wrote the text that a forged line follows is the one who did not encode it: the server's own lines about
        // requests name their paths, and what becomes of those is for the application's choice of a log.
        var writer = "";
        foreach (var words in held.Bank.Logs.All.Split('\n', '\r').Select(line => line.Split(' ')).Where(words => words.Length > 2))
        {
            if (words.Skip(3).Any(word => word.StartsWith("FORGED", StringComparison.Ordinal)))
            {
                Assert.StartsWith("Microsoft.AspNetCore.", writer, StringComparison.Ordinal);
            }
            else if (Enum.IsDefined(typeof(Microsoft.Extensions.Logging.LogLevel), words[0]))
            {
                writer = words[1];
            }
        }
    }

    [Fact]
    public async Task Attack_67_No_word_of_an_attackers_becomes_a_series_of_measurements()
    {
        await using var held = await HeldApproval.StartAsync();
        using var measured = new Measured(held.Bank.Services);
        var seen = 0;
        for (var number = 0; number < 60; number++)
        {
            var word = $"mallory-{number}";
            foreach (var change in new Action<JsonObject>[]
            {
                body => body["webhook_type"] = word,
                body => { body["status"] = word; body["decision"]!["status"] = word; },
                body => { body["session_id"] = word; body["decision"]!["session_id"] = word; },
            })
            {
                using var answer = await held.SendSignedAsync(held.Changed(change));
            }

            using var looked = await held.Browser.GetAsync($"/biometric/challenges/{word}");
            using var delivered = await held.SendAsync(held.Bytes, (WebhookHeaders.SignatureV2Name, word));
            seen = number == 5 ? Series(measured).Count : seen;
        }

        // The last word of the provider ends a challenge for a reason of its own making.
        using var warned = await held.SendSignedAsync(held.Changed(body =>
            body["decision"]!["face_matches"]![0]!["warnings"] = JsonNode.Parse("""[{"risk":"MALLORY_CODE","log_type":"error"}]""")));
        Assert.Equal(ChallengeState.Declined, (await held.Bank.ChallengeAsync(held.Id)).State);
        Assert.NotEqual(0, seen);
        Assert.DoesNotContain("mallory", measured.All, StringComparison.OrdinalIgnoreCase);
        Assert.InRange(Series(measured).Count, seen, seen + 3); // what the end of the challenge adds
    }

    [Fact]
    public void Attack_68_Faces_leave_no_trace_in_memory_once_they_are_done_with()
    {
        var template = New([.. Enumerable.Repeat(1f, 128)]);
        var values = ValuesOf(template);
        Assert.All(values, value => Assert.Equal(1f, value));
        template.Dispose();
        Assert.All(values, value => Assert.Equal(0f, value));

        var portrait = PortraitImage.FromBytes((byte[])[0xFF, 0xD8, 0xFF, .. Enumerable.Repeat((byte)7, 1000)]);
        var bytes = typeof(PortraitImage).GetField("_bytes", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(portrait)!;
        var pooled = (byte[])bytes.GetType().GetField("_buffer", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(bytes)!;
        Assert.Contains((byte)7, pooled);
        portrait.Dispose();
        Assert.All(pooled, value => Assert.Equal(0, value)); // back in the pool, and clean

        // A delivery can hold names and pictures' addresses: its memory goes back clean, too, also where it grew.
        var delivery = new PooledBody(16);
        List<byte[]> arrays = [];
        for (var round = 0; round < 4; round++)
        {
            var free = delivery.Free(4096);
            free.Span.Fill(7);
            delivery.Length += free.Length;
            Assert.True(MemoryMarshal.TryGetArray<byte>(free, out var segment));
            arrays.Add(segment.Array!);
        }

        delivery.Dispose();
        Assert.All(arrays.SelectMany(array => array), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9", "BaseAddress")]
    [InlineData("Sandbox", "Environment")]
    public async Task Attack_69_No_test_hook_reaches_production_and_no_option_turns_verification_off(string value, string setting)
    {
        var starting = new Starting();
        starting.Settings["Biometric:" + setting] = value;
        Assert.Contains("Biometric:AllowNonLiveProviderInProduction", await starting.ProblemAsync(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => BiometricEmulator.StartAsync(new BiometricEmulatorOptions { Host = "0.0.0.0" }));
        Assert.DoesNotContain(Ours.SelectMany(assembly => assembly.GetReferencedAssemblies()), name => name.Name is "BiometricTwoFactor.Emulator" or "BiometricTwoFactor.Testing");

        // Every switch there is, by name: a new one has to be written down here, and thought about.
        var switches = Ours.SelectMany(assembly => assembly.GetExportedTypes()).Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .SelectMany(type => type.GetProperties().Where(property => property.CanWrite && Ours.Contains(property.DeclaringType!.Assembly) && (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(bool)))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "BiometricClientOptions.IsTemplate", // makes no client at all
                "BiometricRetryOptions.UseJitter",
                "BiometricStepUpOptions.AcceptRawSignatureHeader",
                "BiometricStepUpOptions.AllowApprovalAfterReview",
                "BiometricStepUpOptions.AllowHandOver",
                "BiometricStepUpOptions.AllowNonLiveProviderInProduction",
                "BiometricStepUpOptions.AllowSealedFiles",
                "BiometricStepUpOptions.RequireWebhookTimestamp",
                "ExemptionProgrammeOptions.IsEnabled", // off authenticates everything
                "StepUpEndpointOptions.UseInTransaction",
                "StepUpReasonOptions.AllowHandOver",
                "StepUpReasonOptions.UsableWithoutClaim",
                "WebhookVerifierOptions.AcceptRawSignatureHeader",
                "WebhookVerifierOptions.AcceptSimpleSignatureAsHint",
                "WebhookVerifierOptions.RequireTimestamp",
            ],
            switches);
    }

    [Fact]
    public async Task Attack_70_Keys_that_are_lost_fail_clearly_and_those_of_another_application_open_nothing()
    {
        var keys = new LosableKeys();
        await using var bank = await RelyingParty.StartAsync(setup => setup.ConfigureServices = services => services.AddSingleton<IDataProtectionProvider>(keys));
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);

        // Another application under the very same keys takes none of the first one's challenges, cookies and approvals.
        await using (var other = await RelyingParty.StartAsync(setup => setup.ConfigureServices = services => services.AddSingleton<IDataProtectionProvider>(keys)))
        {
            using var moved = other.NewBrowser();
            foreach (Cookie cookie in browser.Cookies.GetAllCookies())
            {
                moved.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", "127.0.0.1"));
            }

            using var foreign = await moved.ResumeAsync(id);
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
            Assert.NotEqual(id, await moved.AskAsync());
            Assert.Empty(other.Executed);
        }

        keys.Lose();
        using var lost = await browser.ResumeAsync(id);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, lost.StatusCode);
        Assert.Empty(bank.Executed);
        // What was asked for can be asked for again: only what was sealed is gone, not the approval.
        using var again = await browser.TransferAsync();
        Assert.Equal($"executed {id}", await again.Content.ReadAsStringAsync());

        // Keys that end with the process are said to be so at start.
        await using var shortLived = await RelyingParty.StartAsync(setup =>
        {
            setup.EnvironmentName = "Staging";
            setup.Options = options => options.PublicOrigin = "http://localhost";
            setup.ConfigureServices = services => services.AddDataProtection().UseEphemeralDataProtectionProvider();
        });
        Assert.Contains("2901:", shortLived.Logs.All, StringComparison.Ordinal);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern FaceTemplate New(ReadOnlySpan<float> values);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_values")]
    private static extern ref float[] ValuesOf(FaceTemplate template);

    /// <summary>What a debugger shows of a thing before anybody opens it.</summary>
    private static string Debugged(object thing) => thing.GetType().GetCustomAttribute<DebuggerDisplayAttribute>()?.Value switch
    {
        null => "",
        var display => string.Concat(display.Split('{', '}').Select((part, number) =>
            number % 2 == 0 ? part : thing.GetType().GetProperty(part.Split(',')[0])?.GetValue(thing)?.ToString() ?? thing.ToString())),
    };

    private static bool IsKey(string name) =>
        name.EndsWith("Key", StringComparison.Ordinal) || name.EndsWith("Keys", StringComparison.Ordinal) || name.EndsWith("Token", StringComparison.Ordinal) || name.EndsWith("Secret", StringComparison.Ordinal);

    private static HashSet<string> Series(Measured measured) => [.. measured.All.Split('\n')];

    /// <summary>A key ring whose part for our purposes can be lost while the application's own cookies stay valid.</summary>
    private sealed class LosableKeys : IDataProtectionProvider
    {
        private readonly EphemeralDataProtectionProvider _kept = new();
        private EphemeralDataProtectionProvider _ours = new();

        public void Lose() => _ours = new EphemeralDataProtectionProvider();

        public IDataProtector CreateProtector(string purpose) => new Protector(this, [purpose]);

        private IDataProtector Of(string[] purposes)
        {
            IDataProtectionProvider provider = purposes[0].StartsWith("BiometricTwoFactor.", StringComparison.Ordinal) ? _ours : _kept;
            return purposes.Aggregate(provider, (current, purpose) => current.CreateProtector(purpose)) as IDataProtector ?? throw new CryptographicException();
        }

        private sealed class Protector(LosableKeys keys, string[] purposes) : IDataProtector
        {
            public IDataProtector CreateProtector(string purpose) => new Protector(keys, [.. purposes, purpose]);

            public byte[] Protect(byte[] plaintext) => keys.Of(purposes).Protect(plaintext);

            public byte[] Unprotect(byte[] protectedData) => keys.Of(purposes).Unprotect(protectedData);
        }
    }
}

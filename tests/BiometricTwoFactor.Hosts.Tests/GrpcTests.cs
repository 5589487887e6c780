using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>gRPC at the level of its protocol, with tokens.</summary>
public sealed class GrpcTests : HostTests
{
    private const int Unauthenticated = 16;

    [Fact]
    public async Task The_official_client_reads_status_16_with_the_challenge_shows_the_face_and_repeats_the_call()
    {
        await using var bank = await RelyingParty.StartAsync(Add);
        await using var alice = new GrpcCaller(bank, "alice");
        var asked = await CallAsync(bank, alice.Token, "9000");
        Assert.Equal(Unauthenticated, asked.GetProperty("code").GetInt32());
        Assert.Equal("A face confirmation is required for this request", asked.GetProperty("details").GetString());
        var metadata = asked.GetProperty("metadata");
        var id = metadata.GetProperty("biometric-challenge").GetString()!;
        Assert.Equal("urn:biometric-step-up:face-required", metadata.GetProperty("biometric-type").GetString());
        Assert.Equal($"/biometric/start/{id}", metadata.GetProperty("biometric-start-url").GetString());
        Assert.Equal(StepUpReason.SettingsChange, metadata.GetProperty("biometric-reason").GetString());
        await alice.ShowFaceAsync(id);

        var done = await CallAsync(bank, alice.Token, "9000");
        Assert.Equal((0, "done"), (done.GetProperty("code").GetInt32(), done.GetProperty("value").GetString()));
        Assert.Equal(Unauthenticated, (await CallAsync(bank, alice.Token, "9000")).GetProperty("code").GetInt32());
        Assert.Equal(["limit 9000"], bank.Executed);
    }

    [Fact]
    public async Task A_call_that_names_its_approval_for_another_value_voids_it()
    {
        await using var bank = await RelyingParty.StartAsync(Add);
        await using var alice = new GrpcCaller(bank, "alice");
        var id = (await alice.ChangeAsync("9000")).Challenge!;
        await alice.ShowFaceAsync(id);
        const int Aborted = 10;
        Assert.Equal(Aborted, (await CallAsync(bank, alice.Token, "90000", challenge: id)).GetProperty("code").GetInt32());
        Assert.False((await alice.ChangeAsync("9000")).Ran);
        Assert.Empty(bank.Executed);
    }

    private protected override void Add(RelyingPartySetup setup)
    {
        setup.ConfigureServices += services => services.Configure<KestrelServerOptions>(
            kestrel => kestrel.Listen(GrpcCaller.Http2, 0, listen => listen.Protocols = HttpProtocols.Http2));
        setup.Map += app => GrpcCalls.Map(app, setup);
    }

    private protected override Task<Caller> CallerAsync(RelyingParty bank, string user) => Task.FromResult<Caller>(new GrpcCaller(bank, user));

    private static async Task<JsonElement> CallAsync(RelyingParty bank, string token, string message, string challenge = "")
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "GrpcClient", "call.js")) || !Directory.Exists(Path.Combine(folder, "GrpcClient", "node_modules")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The gRPC client is not installed: run tests/run once, which installs it.");
        }

        using var node = Process.Start(new ProcessStartInfo("node", ["call.js", GrpcCaller.AddressOf(bank).Authority, GrpcCalls.Change, token, message, challenge])
        {
            WorkingDirectory = Path.Combine(folder, "GrpcClient"),
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return JsonDocument.Parse(output).RootElement;
    }
}

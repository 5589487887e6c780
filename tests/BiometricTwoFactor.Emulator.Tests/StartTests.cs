using System.Net;
using System.Net.Sockets;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class StartTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public async Task A_non_loopback_address_is_refused_and_the_option_named(string host)
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => BiometricEmulator.StartAsync(new BiometricEmulatorOptions { Host = host }));
        Assert.Contains("BiometricEmulatorOptions.AllowNonLoopback", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_non_loopback_address_works_when_it_is_allowed()
    {
        await using var emulator = await BiometricEmulator.StartAsync(new BiometricEmulatorOptions { Host = "0.0.0.0", AllowNonLoopback = true });
        Assert.Equal("127.0.0.1", emulator.BaseAddress.Host);
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(emulator.BaseAddress, "/v3/sessions/"));
        Assert.Equal(403, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    public async Task Loopback_addresses_work_on_a_free_port(string host)
    {
        await using var emulator = await BiometricEmulator.StartAsync(new BiometricEmulatorOptions { Host = host });
        Assert.NotEqual(0, emulator.BaseAddress.Port);
        Assert.True(emulator.BaseAddress.IsLoopback);
    }

    public static TheoryData<string, Action<BiometricEmulatorOptions>> Wrong => new()
    {
        { "Host", options => options.Host = "bank.example" },
        { "Environment", options => options.Environment = ProviderEnvironment.Unknown },
        { "WebhookEdition", options => options.WebhookEdition = ApiEdition.Auto },
        { "DecisionEdition", options => options.DecisionEdition = ApiEdition.Auto },
        { "FaceMatchEdition", options => options.FaceMatchEdition = ApiEdition.Auto },
        { "FaceMatchScore", options => options.FaceMatchScore = 100.01m },
        { "SessionLifetime", options => options.SessionLifetime = TimeSpan.Zero },
        { "ApiKey", options => options.ApiKey = "" },
        { "Workflows", options => options.Workflows = [Workflow("a"), Workflow("a")] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task An_option_that_makes_no_sense_is_named(string name, Action<BiometricEmulatorOptions> configure)
    {
        var options = new BiometricEmulatorOptions();
        configure(options);
        var refusal = await Assert.ThrowsAnyAsync<ArgumentException>(() => BiometricEmulator.StartAsync(options));
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_an_error_at_start()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        await Assert.ThrowsAsync<IOException>(() => BiometricEmulator.StartAsync(new BiometricEmulatorOptions { Port = port }));
    }

    [Fact]
    public async Task Key_and_secret_are_random_unless_given()
    {
        await using var first = await BiometricEmulator.StartAsync();
        await using var second = await BiometricEmulator.StartAsync();
        Assert.NotEqual(first.ApiKey, second.ApiKey);
        Assert.NotEqual(first.WebhookSecret, second.WebhookSecret);
        Assert.Equal(6, first.Workflows.Count);
    }

    [Fact]
    public async Task A_public_address_stands_in_the_links()
    {
        await using var party = await RelyingParty.StartAsync(options => options.PublicAddress = new Uri("https://emulator.example/"));
        var session = await party.CreatedKycAsync();
        Assert.Equal("emulator.example", session.Url.Host);
    }

    [Fact]
    public async Task Nothing_secret_is_in_any_text_form()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
        object[] shown = [party.Emulator, party.Emulator.Sessions[0], party.Emulator.Sessions[0].Token, party.Emulator.Deliveries[0], party.Emulator.Faults];
        Assert.All(shown, item =>
        {
            Assert.DoesNotContain(session.Token, item.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(RelyingParty.Secret, item.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("user-42", item.ToString(), StringComparison.Ordinal);
        });
    }

    private static EmulatedWorkflow Workflow(string id) => new() { Id = id, Kind = EmulatedWorkflowKind.LivenessOnly };
}

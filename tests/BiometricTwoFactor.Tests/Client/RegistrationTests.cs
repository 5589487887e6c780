using BiometricTwoFactor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.Tests.Client;

public sealed class RegistrationTests
{
    public static TheoryData<string, Action<BiometricClientOptions>> Mistakes => new()
    {
        { "Biometric:ApiKey", options => options.ApiKey = "" },
        { "Biometric:ApiKey", options => options.ApiKey = "   " },
        { "Biometric:ApiKey", options => options.ApiKey = "CANARY\r\nX-Evil: 1" },
        { "Biometric:ApiKey", options => options.ApiKey = "CANARYü" },
        { "Biometric:BaseAddress", options => options.BaseAddress = new Uri("http://verification.didit.me") },
        { "Biometric:BaseAddress", options => options.BaseAddress = new Uri("https://apx.didit.me") },
        { "Biometric:BaseAddress", options => options.BaseAddress = new Uri("https://APX.didit.me.") },
        { "Biometric:BaseAddress", options => options.BaseAddress = new Uri("ftp://verification.didit.me") },
        { "Biometric:BaseAddress", options => options.BaseAddress = new Uri("https://verification.didit.me/v3/") },
        { "Biometric:BaseAddress", options => options.BaseAddress = new Uri("https://u:p@verification.didit.me") },
        { "Biometric:BaseAddress", options => options.BaseAddress = new Uri("/relative", UriKind.Relative) },
        { "Biometric:BaseAddress", options => options.BaseAddress = null! },
        { "Biometric:Edition", options => options.Edition = (ApiEdition)9 },
        { "Biometric:HostedPageHosts", options => options.HostedPageHosts.Add("https://verify.didit.me/") },
        { "Biometric:PortraitMaxBytes", options => options.PortraitMaxBytes = 0 },
        { "Biometric:ImageMaxBytes", options => options.ImageMaxBytes = -1 },
        { "Biometric:AnswerMaxBytes", options => options.AnswerMaxBytes = int.MaxValue },
        { "Biometric:ReportMaxBytes", options => options.ReportMaxBytes = 0 },
        { "Biometric:MaxListPages", options => options.MaxListPages = 0 },
        { "Biometric:Resilience:AttemptTimeout:Timeout", options => options.Resilience.AttemptTimeout.Timeout = TimeSpan.Zero },
        { "Biometric:Resilience:AttemptTimeout:Timeout", options => options.Resilience.AttemptTimeout.Timeout = TimeSpan.FromSeconds(31) },
        { "Biometric:Resilience:TotalRequestTimeout:Timeout", options => options.Resilience.TotalRequestTimeout.Timeout = TimeSpan.FromDays(2) },
        { "Biometric:Resilience:Retry:MaxRetryAttempts", options => options.Resilience.Retry.MaxRetryAttempts = -1 },
        { "Biometric:Resilience:Retry:Delay", options => options.Resilience.Retry.Delay = TimeSpan.FromSeconds(-1) },
        { "Biometric:Resilience:Retry:MaxRetryAfter", options => options.Resilience.Retry.MaxRetryAfter = TimeSpan.FromDays(2) },
        { "Biometric:Resilience:CircuitBreaker:FailureRatio", options => options.Resilience.CircuitBreaker.FailureRatio = 0 },
        { "Biometric:Resilience:CircuitBreaker:MinimumThroughput", options => options.Resilience.CircuitBreaker.MinimumThroughput = 1 },
        { "Biometric:Resilience:CircuitBreaker:SamplingDuration", options => options.Resilience.CircuitBreaker.SamplingDuration = TimeSpan.Zero },
        { "Biometric:Resilience:CircuitBreaker:BreakDuration", options => options.Resilience.CircuitBreaker.BreakDuration = TimeSpan.Zero },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_in_the_configuration_ends_the_start_and_names_the_setting(string setting, Action<BiometricClientOptions> mistake)
    {
        var services = new ServiceCollection();
        services.AddBiometricClient(options =>
        {
            options.ApiKey = "key";
            mistake(options);
        });
        using var provider = services.BuildServiceProvider();
        var failure = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains(failure.Failures, text => text.StartsWith(setting + " ", StringComparison.Ordinal));
        Assert.DoesNotContain("CANARY", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:5000")]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://[::1]:5000")]
    [InlineData("https://verification.eu.example")]
    public void The_provider_may_be_on_this_machine_or_anywhere_over_https(string address)
    {
        var services = new ServiceCollection();
        services.AddBiometricClient(options =>
        {
            options.ApiKey = "key";
            options.BaseAddress = new Uri(address);
        });
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public async Task Tenants_have_their_own_keys_circuits_and_editions()
    {
        var (first, second) = (new ScriptedHandler(), new ScriptedHandler());
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new ManualTimeProvider());
        services.AddBiometricClient("first", options =>
        {
            options.ApiKey = "key-1";
            options.Resilience.CircuitBreaker.MinimumThroughput = 2;
        }).ConfigurePrimaryHttpMessageHandler(() => first);
        services.AddBiometricClient("second", options => options.ApiKey = "key-2").ConfigurePrimaryHttpMessageHandler(() => second);
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IBiometricClientFactory>();

        first.Then(500).Then(500);
        second.Then(204);
        await Assert.ThrowsAsync<BiometricException>(() => factory.Get("first").DeleteUserAsync("u"));
        await Assert.ThrowsAsync<BiometricException>(() => factory.Get("first").DeleteUserAsync("u"));
        var open = await Assert.ThrowsAsync<BiometricException>(() => factory.Get("first").DeleteUserAsync("u"));
        Assert.Equal(BiometricErrorCode.CircuitOpen, open.Code);
        Assert.True(await factory.Get("second").DeleteUserAsync("u"));
        Assert.Equal("key-1", first.Sent[0].ApiKey);
        Assert.Equal("key-2", second.Sent[0].ApiKey);
        Assert.Throws<InvalidOperationException>(() => factory.Get("third"));
        Assert.Null(provider.GetService<BiometricClient>());
    }

    [Fact]
    public void A_tenants_mistake_names_the_tenant()
    {
        var services = new ServiceCollection();
        services.AddBiometricClient("acme", _ => { });
        using var provider = services.BuildServiceProvider();
        var failure = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains("client 'acme'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registering_twice_adds_to_the_configuration_and_sends_once()
    {
        var network = new ScriptedHandler();
        var services = new ServiceCollection();
        services.AddBiometricClient(options => options.ApiKey = "first");
        services.AddBiometricClient(options => options.ApiKey = "second").ConfigurePrimaryHttpMessageHandler(() => network);
        await using var provider = services.BuildServiceProvider();
        network.Then(503);
        await Assert.ThrowsAsync<BiometricException>(() => provider.GetRequiredService<BiometricClient>().DeleteUserAsync("u"));
        Assert.Equal("second", Assert.Single(network.Sent).ApiKey);
    }

    [Fact]
    public async Task The_application_may_put_a_substitute_in_the_clients_place()
    {
        var services = new ServiceCollection();
        services.AddSingleton<BiometricClient, Substitute>();
        services.AddBiometricClient(options => options.ApiKey = "key");
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<BiometricClient>();
        Assert.True(await client.DeleteSessionAsync(ClientHarness.Session));
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetDecisionAsync(ClientHarness.Session));
    }

    private sealed class Substitute : BiometricClient
    {
        public override Task<bool> DeleteSessionAsync(SessionId sessionId, CancellationToken cancellationToken = default) => Task.FromResult(true);
    }
}

using BiometricTwoFactor.Bank.Tests.Browsing;
using Microsoft.AspNetCore.Builder;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Event handlers of Blazor Server, in Chromium.</summary>
public sealed class CircuitTests(SharedChromium chromium) : BrowserHostTests, IClassFixture<SharedChromium>
{
    private protected override int Competing => 6;

    [Fact]
    public async Task A_component_waits_for_the_face_and_goes_on()
    {
        await using var bank = await RelyingParty.StartAsync(Add);
        await using var alice = await OpenAsync(bank, "alice");
        var asked = await alice.PayAsync();
        Assert.Equal("usable", await alice.WaitAsync(() => alice.ShowFaceAsync(asked.Challenge!)));
        Assert.True((await alice.PayAsync()).Ran);
        Assert.Single(bank.Executed);
    }

    [Fact]
    public async Task The_wait_ends_with_the_challenge()
    {
        await using var bank = await RelyingParty.StartAsync(Add);
        await using var alice = await OpenAsync(bank, "alice");
        var asked = await alice.PayAsync();
        Assert.Equal("over", await alice.WaitAsync(() => alice.ShowFaceAsync(asked.Challenge!, BiometricTwoFactor.Emulator.SandboxScenario.DeclineLivenessAttack)));
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task A_sign_in_that_ended_since_the_circuit_began_gets_nothing()
    {
        await using var bank = await RelyingParty.StartAsync(Add);
        await using var alice = await OpenAsync(bank, "alice");
        await alice.ShowFaceAsync((await alice.PayAsync()).Challenge!);
        await alice.Browser.SignOutAsync();
        Assert.False((await alice.PayAsync()).Ran);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task The_router_shows_a_page_for_account_access_while_the_window_is_open()
    {
        await using var bank = await RelyingParty.StartAsync(Add);
        await using var alice = await OpenAsync(bank, "alice");
        Assert.Equal("not shown", await alice.RouteAsync("account-page"));
        using var asked = await alice.Browser.GetAsync("/circuit/account");
        var id = Browser.IdOf(asked);
        await alice.ShowFaceAsync(id);
        using var completed = await alice.Browser.GetAsync($"/biometric/complete/{id}");
        Assert.Equal("shown", await alice.RouteAsync("account-page"));
    }

    [Fact]
    public async Task A_page_for_one_action_is_shown_by_its_request_once_and_never_by_a_router()
    {
        await using var bank = await RelyingParty.StartAsync(Add);
        await using var alice = await OpenAsync(bank, "alice");
        using var asked = await alice.Browser.GetAsync("/circuit/secret");
        await alice.ShowFaceAsync(Browser.IdOf(asked));
        Assert.Equal("not shown", await alice.RouteAsync("secret-page"));
        using var shown = await alice.Browser.GetAsync("/circuit/secret");
        Assert.Contains("the secret", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var again = await alice.Browser.GetAsync("/circuit/secret");
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, again.StatusCode);
    }

    private protected override void Add(RelyingPartySetup setup)
    {
        setup.ConfigureServices += services => services.AddAuthentication().AddBiometric();
        setup.ApplicationName = typeof(CircuitApp).Assembly.GetName().Name;
        setup.ConfigureServices += services => services.AddSingleton(setup).AddCascadingAuthenticationState().AddRazorComponents().AddInteractiveServerComponents();
        setup.Map += app =>
        {
            app.MapStaticAssets();
            app.MapRazorComponents<CircuitApp>().AddInteractiveServerRenderMode();
        };
    }

    private protected override async Task<Caller> CallerAsync(RelyingParty bank, string user) => await OpenAsync(bank, user);

    private Task<CircuitCaller> OpenAsync(RelyingParty bank, string user) => CircuitCaller.OpenAsync(bank, user, chromium.Browser);
}

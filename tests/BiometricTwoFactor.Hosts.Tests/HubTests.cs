using Microsoft.AspNetCore.Builder;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Methods of a SignalR hub, over WebSockets.</summary>
public sealed class HubTests : BrowserHostTests
{
    [Fact]
    public async Task Nor_does_the_window_that_the_person_opened_let_that_page_in()
    {
        await using var bank = await RelyingParty.StartAsync(Add);
        var browser = await bank.SignedInAsync("alice");
        await using var alice = await HubCaller.ConnectAsync(bank, browser);
        var id = (await alice.LookAsync()).Challenge!;
        await alice.ShowFaceAsync(id);
        using var completed = await browser.GetAsync($"/biometric/complete/{id}");
        Assert.True((await alice.LookAsync()).Ran);
        await using var forged = await HubCaller.ConnectAsync(bank, browser, options => options.SetRequestHeader("Origin", "https://evil.example"));
        Assert.Equal(new Outcome(Ran: false, Problem: "not-accepted"), await forged.LookAsync());
    }

    private protected override void Add(RelyingPartySetup setup)
    {
        setup.ConfigureServices += services => services.AddAuthentication().AddBiometric();
        setup.ConfigureServices += services => services.AddSingleton(setup)
            .AddSignalR(options => options.MaximumParallelInvocationsPerClient = 100)
            .AddJsonProtocol(json => json.PayloadSerializerOptions.IncludeFields = true);
        setup.Map += app => app.MapHub<MoneyHub>("/money");
    }

    private protected override async Task<Caller> CallerAsync(RelyingParty bank, string user) => await HubCaller.ConnectAsync(bank, user);

    [Theory]
    [InlineData("10", "21", 1)]
    [InlineData("11", "20", 1)]
    [InlineData("10", "20", 2)]
    public async Task Every_value_of_every_argument_is_part_of_what_the_face_approves(string from, string to, int steps)
    {
        await using var bank = await RelyingParty.StartAsync(Add);
        await using var alice = await HubCaller.ConnectAsync(bank, "alice");
        await alice.ShowFaceAsync((await alice.MoveAsync("10", "20", 1)).Challenge!);
        Assert.False((await alice.MoveAsync(from, to, steps)).Ran);
        Assert.Empty(bank.Executed);
        Assert.True((await alice.MoveAsync("10", "20", 1)).Ran);
        Assert.Equal(["10 to 20 in 1 True"], bank.Executed);
    }

    [Fact]
    public async Task A_sign_in_that_ended_since_the_connection_was_made_gets_nothing()
    {
        await using var bank = await RelyingParty.StartAsync(Add);
        await using var alice = await CallerAsync(bank, "alice");
        await alice.ShowFaceAsync((await alice.PayAsync()).Challenge!);
        await alice.Browser.SignOutAsync();
        Assert.False((await alice.PayAsync()).Ran);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Another_sites_page_with_the_persons_cookies_is_nobody()
    {
        await using var bank = await RelyingParty.StartAsync(Add);
        await using var forged = await HubCaller.ConnectAsync(bank, "alice", options => options.SetRequestHeader("Origin", "https://evil.example"));
        Assert.Equal(new Outcome(Ran: false, Problem: "not-accepted"), await forged.PayAsync());
        Assert.Equal(new Outcome(Ran: false, Problem: "not-accepted"), await forged.ChangeAsync("9000"));
        Assert.DoesNotContain(StepUpEventKind.Challenged, bank.Events.Kinds);
    }
}

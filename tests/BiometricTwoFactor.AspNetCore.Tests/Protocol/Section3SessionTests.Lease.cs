using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 3.1 (and 2.3): whose session is open when two sign-ins of one person want one (attack 78).</summary>
public sealed partial class Section3SessionTests
{
    [Fact]
    public async Task Rule_3_1_A_recognised_device_ends_the_unrecognised_one_that_holds_the_session()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var owner = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"));
        using var stranger = await bank.SignedInAsync("alice");
        var forged = await stranger.AskAsync("9000.00");
        await stranger.StartedAsync(forged);
        var theirs = bank.LastSession().Id;

        var honest = await owner.AskAsync("10.00");
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(forged)).State); // making one ends nothing
        await owner.StartedAsync(honest);

        var ended = await bank.ChallengeAsync(forged);
        Assert.Equal(ChallengeState.Superseded, ended.State);
        Assert.Equal([JudgementReason.RecognisedDeviceFirst], ended.ReasonCodes);
        Assert.Single(bank.Events.Kinds, StepUpEventKind.RecognisedDeviceFirst);
        Assert.True(bank.Provider.FindSession(theirs) is null or { IsDeleted: true });
        Assert.NotEqual(theirs, bank.LastSession().Id);

        // The stranger is neither let in by it nor told more than that it ended; and now it is the stranger who waits.
        using var state = await stranger.GetAsync($"/biometric/challenges/{forged}");
        Assert.Contains("\"not-finished\"", await state.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var again = await stranger.AskAsync("9001.00");
        using var waiting = await stranger.StartAsync(again);
        Assert.Equal(HttpStatusCode.Conflict, waiting.StatusCode);

        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        Assert.Equal("approved", (await owner.ClaimAsync(callback!)).State);
        using var done = await owner.ResumeAsync(honest);
        Assert.Equal($"executed {honest}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_3_1_An_unrecognised_device_waits_for_a_recognised_one_and_never_sees_its_address()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var owner = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"));
        using var stranger = await bank.SignedInAsync("alice");
        var honest = await owner.AskAsync("10.00");
        var page = await owner.StartedAsync(honest);

        using var waiting = await stranger.StartAsync(await stranger.AskAsync("9000.00"));
        Assert.Equal(HttpStatusCode.Conflict, waiting.StatusCode);
        Assert.DoesNotContain(page.AbsoluteUri, await waiting.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(honest)).State);
        Assert.DoesNotContain(StepUpEventKind.RecognisedDeviceFirst, bank.Events.Kinds);
    }

    [Fact]
    public async Task Rule_3_1_Two_recognised_devices_wait_for_each_other()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desk = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"));
        using var phone = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"), "778.00");
        var first = await desk.AskAsync("10.00");
        await desk.StartedAsync(first);
        using var waiting = await phone.StartAsync(await phone.AskAsync("20.00"));
        Assert.Equal(HttpStatusCode.Conflict, waiting.StatusCode);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(first)).State);
    }

    [Fact]
    public async Task Rule_3_1_A_device_that_became_known_since_it_asked_is_a_recognised_one()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var owner = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"));
        using var phone = await bank.SignedInAsync("alice");
        using var page = await phone.GetAsync($"/biometric/confirm/{await phone.AskAsync("19.00")}");
        var asked = await phone.AskAsync("20.00"); // with its cookie, and not recognised yet
        using var again = bank.NewBrowser(); // the same device in another sign-in, whose starts do not end this one's challenge
        again.Cookies.Add(phone.Cookies.GetCookies(bank.Address)[".Biometric.Device"]!);
        await again.SignInAsync("alice");
        await bank.MadeKnownAsync(again, "778.00");
        await phone.StartedAsync(asked);

        using var waiting = await owner.StartAsync(await owner.AskAsync("10.00"));
        Assert.Equal(HttpStatusCode.Conflict, waiting.StatusCode);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(asked)).State);
    }

    [Fact]
    public async Task Rule_3_1_A_stolen_sign_in_without_the_device_does_not_go_first()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var owner = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"));
        using var other = await bank.SignedInAsync("alice");
        var held = await other.AskAsync("20.00");
        await other.StartedAsync(held);
        var id = await owner.AskAsync("10.00"); // the challenge itself was made on the recognised device

        using var thief = bank.NewBrowser();
        foreach (var cookie in owner.Cookies.GetCookies(bank.Address).Where(cookie => cookie.Name != ".Biometric.Device"))
        {
            thief.Cookies.Add(cookie);
        }

        using var waiting = await thief.StartAsync(id);
        Assert.Equal(HttpStatusCode.Conflict, waiting.StatusCode);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(held)).State);
    }

    [Fact]
    public async Task Rule_3_1_A_holder_whose_session_is_just_being_made_is_not_ended_in_between()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var owner = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"));
        using var stranger = await bank.SignedInAsync("alice");
        var forged = await stranger.AskAsync("9000.00");
        await stranger.StartedAsync(forged);
        var honest = await owner.AskAsync("10.00");

        var now = DateTimeOffset.UnixEpoch; // any time will do: the mark counts until its end
        Assert.True(await bank.Store.TryBeginStartAsync("", forged, now, DateTimeOffset.MaxValue));
        using var waiting = await owner.StartAsync(honest);
        Assert.Equal(HttpStatusCode.Conflict, waiting.StatusCode);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(forged)).State);

        await bank.Store.EndStartAsync("", forged);
        await owner.StartedAsync(honest);
        Assert.Equal(ChallengeState.Superseded, (await bank.ChallengeAsync(forged)).State);
    }

    [Fact]
    public async Task Rule_3_1_What_is_in_review_is_not_ended_by_anybodys_start()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var owner = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"));
        using var other = await bank.SignedInAsync("alice");
        var held = await other.AskAsync("20.00");
        await Payments.CompleteAsync(bank, other, held, Emulator.SandboxScenario.ReviewFaceMatchBorderline);
        Assert.Equal(ChallengeState.InReview, (await bank.ChallengeAsync(held)).State);
        await owner.StartedAsync(await owner.AskAsync("10.00"));
        Assert.Equal(ChallengeState.InReview, (await bank.ChallengeAsync(held)).State);
    }

    [Fact]
    public async Task Rule_3_1_What_ended_while_it_was_started_holds_nobody_up()
    {
        var (store, proxy) = StoreProxy.Create(TimeProvider.System);
        await using var bank = await RelyingParty.StartAsync(setup => setup.ConfigureServices = services => services.AddSingleton(store));
        using var owner = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"));
        using var stranger = await bank.SignedInAsync("alice");
        var forged = await stranger.AskAsync("9000.00");
        var token = await stranger.TokenAsync();
        proxy.Before = async method =>
        {
            if (method == nameof(IStepUpStore.LeaseAsync))
            {
                proxy.Before = _ => Task.CompletedTask;
                using var cancelled = await stranger.PostAsync($"/biometric/cancel/{forged}", token);
            }
        };
        (await stranger.StartAsync(forged)).Dispose();
        Assert.Equal(ChallengeState.Abandoned, (await bank.ChallengeAsync(forged)).State);

        await owner.StartedAsync(await owner.AskAsync("10.00"));
    }

    [Fact]
    public async Task Rule_3_1_A_lease_whose_holder_has_ended_holds_nobody_up()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var stranger = await bank.SignedInAsync("alice");
        using var owner = await bank.SignedInAsync("alice");
        var ended = await stranger.AskAsync("9000.00");
        (await stranger.PostAsync($"/biometric/cancel/{ended}", await stranger.TokenAsync())).Dispose();
        var now = DateTimeOffset.UtcNow;
        await bank.Store.LeaseAsync(new SessionLease("", "alice", ended, now.AddMinutes(10)), now); // the machine stopped before it gave it back
        await owner.StartedAsync(await owner.AskAsync("10.00"));
    }

    [Fact]
    public async Task Rule_3_1_A_session_that_came_for_what_had_ended_is_nobodys_for_good()
    {
        var (store, proxy) = StoreProxy.Create(TimeProvider.System);
        await using var bank = await RelyingParty.StartAsync(setup => setup.ConfigureServices = services => services.AddSingleton(store));
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        var token = await browser.TokenAsync();
        proxy.Before = async method =>
        {
            if (method == nameof(IStepUpStore.TryAttachSessionAsync))
            {
                proxy.Before = _ => Task.CompletedTask;
                using var cancelled = await browser.PostAsync($"/biometric/cancel/{id}", token);
            }
        };
        (await browser.StartAsync(id)).Dispose();
        Assert.True(await bank.Store.IsKnownSessionAsync("", bank.LastSession().Id));
        Assert.Null(await bank.Store.FindBySessionAsync("", bank.LastSession().Id));
    }

    [Fact]
    public async Task Rule_3_1_Another_tab_that_asks_the_same_during_the_start_takes_nothing_from_it()
    {
        var (store, proxy) = StoreProxy.Create(TimeProvider.System);
        await using var bank = await RelyingParty.StartAsync(setup => setup.ConfigureServices = services => services.AddSingleton(store));
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        proxy.Before = async method =>
        {
            if (method == nameof(IStepUpStore.TryAttachSessionAsync))
            {
                proxy.Before = _ => Task.CompletedTask;
                Assert.Equal(id, await browser.AskAsync());
            }
        };
        var page = await browser.StartedAsync(id);
        Assert.Equal(bank.LastSession().HostedPage, page);
        Assert.Equal(bank.LastSession().Id, (await bank.ChallengeAsync(id)).SessionId);
    }
}

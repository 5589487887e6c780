using System.Net;
using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 2.4: what failures and too many questions lead to, and for whom (attacks 32, 75, 78; R-17, R-21).</summary>
public sealed partial class Section2QuestionTests
{
    [Fact]
    public async Task Rule_2_4_A_stranger_with_the_password_who_fails_five_times_does_not_lock_out_the_owners_recognised_device()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var owner = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"));
        using var stranger = await bank.SignedInAsync("alice");
        await FailAsync(bank, stranger, times: 5);
        using var waits = await stranger.TransferAsync("600.00");
        Assert.Equal(HttpStatusCode.TooManyRequests, waits.StatusCode);
        Assert.NotNull(waits.Headers.RetryAfter);

        await bank.MadeKnownAsync(owner, "601.00"); // asked, shown and carried out as ever
    }

    [Fact]
    public async Task Rule_2_4_Failures_on_a_recognised_device_are_its_own()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desk = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"));
        using var phone = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"), "778.00");
        await FailAsync(bank, desk, times: 5);
        using var waits = await desk.TransferAsync("600.00");
        Assert.Equal(HttpStatusCode.TooManyRequests, waits.StatusCode);
        await phone.AskAsync("601.00");
        using var another = await bank.SignedInAsync("alice");
        await another.AskAsync("602.00");
    }

    [Fact]
    public async Task Rule_2_4_Unrecognised_devices_share_one_counter()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var one = await bank.SignedInAsync("alice");
        await FailAsync(bank, one, times: 3);
        using var other = await bank.SignedInAsync("alice"); // cookies thrown away
        await FailAsync(bank, other, times: 2);
        using var third = await bank.SignedInAsync("alice");
        foreach (var browser in new[] { one, other, third })
        {
            using var waits = await browser.TransferAsync("600.00");
            Assert.Equal(HttpStatusCode.TooManyRequests, waits.StatusCode);
        }

        using var bob = await bank.SignedInAsync("bob");
        await bob.AskAsync("603.00");
    }

    [Fact]
    public async Task Rule_2_4_A_success_begins_the_count_anew()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.MaxChallengesPerUser = 100);
        using var browser = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"));
        await FailAsync(bank, browser, times: 4);
        await bank.MadeKnownAsync(browser, "778.00");
        await FailAsync(bank, browser, times: 4);
        await browser.AskAsync("600.00");
    }

    [Fact]
    public async Task Rule_2_4_Challenges_that_were_made_before_the_limit_are_no_tries_beyond_it()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var other = await bank.SignedInAsync("alice");
        var kept = await other.AskAsync("600.00");
        await FailAsync(bank, browser, times: 5);
        var opened = bank.Provider.Sessions.Count;
        using var refused = await other.StartAsync(kept);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(opened, bank.Provider.Sessions.Count);
    }

    [Fact]
    public async Task Rule_2_4_A_stranger_who_makes_as_many_challenges_as_can_be_leaves_the_owners_recognised_device_its_own()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.MaxChallengesPerUser = 2);
        using var owner = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"));
        using var stranger = await bank.SignedInAsync("alice");
        await stranger.AskAsync("1.00");
        using var second = await stranger.TransferAsync("2.00"); // the owner's first one counts: it was made on a device not known then
        using var unrecognised = await bank.SignedInAsync("alice");
        using var third = await unrecognised.PostAsync("/settings/limit", await unrecognised.TokenAsync());
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (second.StatusCode, third.StatusCode));
        await owner.AskAsync("3.00");
        await owner.AskAsync("4.00");
        using var own = await owner.TransferAsync("5.00");
        Assert.Equal(HttpStatusCode.TooManyRequests, own.StatusCode);
    }

    [Fact]
    public async Task Rule_2_4_One_device_makes_only_so_many_across_users()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.MaxChallengesPerDevice = 3);
        using var browser = await bank.SignedInAsync("alice");
        using var page = await browser.GetAsync($"/biometric/confirm/{await browser.AskAsync("1.00")}"); // where it gets its cookie
        foreach (var victim in new[] { "bob", "carol", "dave" })
        {
            await browser.SignInAsync(victim);
            await browser.AskAsync("2.00");
        }

        await browser.SignInAsync("mallory");
        using var refused = await browser.TransferAsync("2.00");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        using var elsewhere = await bank.SignedInAsync("mallory");
        await elsewhere.AskAsync("2.00"); // it is the device's limit, and not the user's
    }

    [Fact]
    public async Task Rule_2_4_A_block_for_good_outlasts_the_wait_leaves_the_recognised_device_and_is_lifted_by_the_support()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.Time = time;
            setup.CookieLifetime = TimeSpan.FromDays(2);
            setup.Options = options => options.BlockAfterDeclines = 6;
        });
        using var owner = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"));
        using var stranger = await bank.SignedInAsync("alice");
        await FailAsync(bank, stranger, times: 5);
        time.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(StepUpEventKind.BlockedForGood, bank.Events.Kinds);
        await FailAsync(bank, stranger, times: 1, from: 600); // in a row, however far apart
        Assert.Single(bank.Events.Kinds, StepUpEventKind.BlockedForGood);

        time.Advance(TimeSpan.FromDays(1));
        using var another = await bank.SignedInAsync("alice");
        using var blocked = await another.TransferAsync("601.00");
        Assert.Equal(HttpStatusCode.Forbidden, blocked.StatusCode);
        Assert.Null(blocked.Headers.RetryAfter);
        Assert.Contains("ask the support", await blocked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await bank.MadeKnownAsync(owner, "602.00");

        using (var scope = bank.Services.CreateScope())
        {
            await scope.ServiceProvider.GetRequiredService<StepUpService>().UnblockAsync("alice");
        }

        await FailAsync(bank, another, times: 1, from: 610); // and one failure is one again
        await another.AskAsync("603.00");
        Assert.Single(bank.Events.Kinds, StepUpEventKind.BlockedForGood);
    }

    [Fact]
    public async Task Rule_2_4_The_support_lifts_the_wait_too()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await FailAsync(bank, browser, times: 5);
        using (var scope = bank.Services.CreateScope())
        {
            await scope.ServiceProvider.GetRequiredService<StepUpService>().UnblockAsync("alice");
        }

        await browser.AskAsync("600.00");
    }

    [Theory]
    [InlineData("prevents", false)]
    [InlineData("allows", true)]
    [InlineData("fails", true)]
    public async Task Rule_2_4_A_hook_runs_before_a_block_for_good_and_can_prevent_it(string hook, bool blocks)
    {
        var own = new Hook(hook);
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.ConfigureServices = services => services.AddSingleton<IBlockHook>(own);
            setup.Options = options => options.BlockAfterDeclines = 5;
        });
        using var browser = await bank.SignedInAsync("alice");
        await FailAsync(bank, browser, times: 4);
        Assert.Empty(own.Asked);
        await FailAsync(bank, browser, times: 1, from: 600);

        Assert.Equal([(5, false)], own.Asked);
        Assert.Equal(blocks, bank.Events.Kinds.Contains(StepUpEventKind.BlockedForGood));
        Assert.Equal(blocks, await bank.Store.IsBlockedAsync("", "alice", ""));
    }

    private static async Task FailAsync(RelyingParty bank, Browser browser, int times, int from = 500)
    {
        for (var time = 0; time < times; time++)
        {
            var id = await browser.AskAsync($"{from + time}.{bank.Provider.Sessions.Count:00}");
            await Payments.CompleteAsync(bank, browser, id, SandboxScenario.DeclineFaceMatchLowSimilarity);
            Assert.Equal(ChallengeState.Declined, (await bank.ChallengeAsync(id)).State);
        }
    }

    private sealed class Hook(string answer) : IBlockHook
    {
        public List<(int Declines, bool Recognised)> Asked { get; } = [];

        public ValueTask<bool> AllowBlockAsync(StepUpChallenge declined, int declinesInARow, CancellationToken cancellationToken = default)
        {
            Asked.Add((declinesInARow, declined.AskedFrom.IsKnown));
            return answer switch
            {
                "fails" => throw new InvalidOperationException("The hook of this test fails."),
                _ => new(answer == "allows"),
            };
        }
    }
}

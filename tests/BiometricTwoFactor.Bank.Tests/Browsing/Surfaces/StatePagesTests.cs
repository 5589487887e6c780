using BiometricTwoFactor.AspNetCore;
using Microsoft.Playwright;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>The confirm page in the states that no ordinary payment of the other tests leaves it in, by day and by night.</summary>
public sealed class StatePagesTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_state_is_readable_and_fits(ColorScheme scheme)
    {
        await using var bank = await HonestBank.StartAsync(setup =>
        {
            setup.StepUp = stepUp => stepUp.AddAlternative<Key>().AddSecondFactor<Factor>();
            setup.Options = options => options.MaxChallengesPerUser = 100;
        });
        await using var lena = await chromium.SignedInAsync(bank, options => (options.ColorScheme, options.ViewportSize) = (scheme, new() { Width = 320, Height = 800 }));
        await lena.Page.RouteAsync("**/assets/*.js", route => route.AbortAsync()); // nothing goes on by itself
        var now = bank.Time.GetUtcNow();
        var amount = 250;

        await SeesAsync("confirm-alternative", "Confirm your payment", challenge => challenge);
        await SeesAsync("settling", "One moment", challenge => Approved(challenge) with { FrozenAt = now });
        await SeesAsync("awaits-claim", "One step is left", challenge => Approved(challenge) with { ClaimedAt = null });
        await SeesAsync("awaits-confirmation", "Checked and approved", challenge => Approved(challenge) with { CameOutOfReview = true });
        await SeesAsync("awaits-second-factor", "One more proof is needed", challenge => Approved(challenge) with { Demand = ExtraDemand.SecondFactor });
        await SeesAsync("awaits-payee", "Do you know this payee?", challenge => Approved(challenge) with { Demand = ExtraDemand.BeneficiaryConfirmation });
        await SeesAsync("approved", "Confirmed", Approved);
        await SeesAsync("held", "We are checking this", challenge => challenge with { State = ChallengeState.InReview, ReviewDeadline = now.AddHours(1) });
        await SeesAsync("not-enrolled", "Your face must be set up again", challenge => challenge with { State = ChallengeState.NotFinished, ReasonCodes = ["status-NotEnrolled"] });
        await SeesAsync("declined-alternative", "We could not confirm that it is you", challenge => challenge with { State = ChallengeState.Declined });
        await SeesAsync("faceless", "Confirm your payment", challenge => challenge with { WithoutFace = true, ReasonCodes = ["not-enrolled"] });
        Assert.Empty(lena.Complaints);

        StepUpChallenge Approved(StepUpChallenge challenge) =>
            challenge with { State = ChallengeState.Approved, ApprovedAt = now, ClaimedAt = now, ExecuteBy = now.AddMinutes(10) };

        async Task SeesAsync(string name, string heading, Func<StepUpChallenge, StepUpChallenge> change)
        {
            await lena.AskAsync($"{amount++}.00");
            var challenge = (await bank.Store.FindAsync(lena.ChallengeId))!;
            var changed = change(challenge) with { Version = challenge.Version + 1 };
            Assert.Equal(ReplaceResult.Replaced, await bank.Store.TryReplaceAsync(changed));
            await lena.Page.ReloadAsync();
            await lena.SeesAsync(heading);
            await lena.AssertSoundAsync($"state-{name}-{scheme}".ToLowerInvariant());
        }
    }

    private sealed class Key : IStepUpAlternative
    {
        public string Name => "security-key";

        public ValueTask<bool> IsOfferedAsync(StepUpChallenge challenge, CancellationToken cancellationToken = default) => new(true);

        public string UrlFor(Microsoft.AspNetCore.Http.HttpContext context, StepUpChallenge challenge) => "/key/" + challenge.Id;
    }

    private sealed class Factor : ISecondFactor
    {
        public ValueTask<bool> IsAvailableAsync(StepUpChallenge challenge, CancellationToken cancellationToken = default) => new(true);

        public string UrlFor(Microsoft.AspNetCore.Http.HttpContext context, StepUpChallenge challenge) => "/factor/" + challenge.Id;
    }
}

using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The first party's promises, over each host: the same tests, the same words.</summary>
public abstract partial class HostTests
{
    /// <summary>How many calls compete at once.</summary>
    private protected virtual int Competing => 200;

    [Fact]
    public async Task Without_a_face_nothing_runs_and_the_caller_is_told_of_the_challenge()
    {
        await using var bank = await StartAsync();
        await using var alice = await CallerAsync(bank, "alice");
        var asked = await alice.ChangeAsync("9000");
        Assert.False(asked.Ran);
        var challenge = await bank.ChallengeAsync(asked.Challenge!);
        Assert.Equal((StepUpReason.SettingsChange, "alice", ChallengeState.Pending), (challenge.Reason, challenge.Binding.Subject, challenge.State));
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task With_a_face_the_action_runs_once()
    {
        await using var bank = await StartAsync();
        await using var alice = await CallerAsync(bank, "alice");
        var asked = await alice.ChangeAsync("9000");
        await alice.ShowFaceAsync(asked.Challenge!);

        Assert.True((await alice.ChangeAsync("9000")).Ran);
        Assert.Equal(["limit 9000"], bank.Executed);
        Assert.Equal(ChallengeState.Consumed, (await bank.ChallengeAsync(asked.Challenge!)).State);
        var again = await alice.ChangeAsync("9000");
        Assert.False(again.Ran);
        Assert.NotEqual(asked.Challenge, again.Challenge);
        Assert.Single(bank.Executed);
    }

    [Fact]
    public async Task A_payment_is_shown_and_runs_once()
    {
        await using var bank = await StartAsync();
        await using var alice = await CallerAsync(bank, "alice");
        var asked = await alice.PayAsync();
        Assert.Equal("250.00", (await bank.ChallengeAsync(asked.Challenge!)).Transaction!.Amount.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
        await alice.ShowFaceAsync(asked.Challenge!);
        Assert.True((await alice.PayAsync()).Ran);
        Assert.Equal(["250.00 EUR to DE89370400440532013000"], bank.Executed);
        Assert.False((await alice.PayAsync()).Ran);
        Assert.Single(bank.Executed);
    }

    [Fact]
    public async Task The_same_question_gets_the_same_challenge()
    {
        await using var bank = await StartAsync();
        await using var alice = await CallerAsync(bank, "alice");
        Assert.Equal((await alice.PayAsync()).Challenge, (await alice.PayAsync()).Challenge);
    }

    [Fact]
    public async Task Another_value_than_the_approved_one_does_not_run()
    {
        await using var bank = await StartAsync();
        await using var alice = await CallerAsync(bank, "alice");
        var asked = await alice.ChangeAsync("9000");
        await alice.ShowFaceAsync(asked.Challenge!);
        var changed = await alice.ChangeAsync("90000");
        Assert.False(changed.Ran);
        Assert.NotEqual(asked.Challenge, changed.Challenge);
        Assert.Empty(bank.Executed);
    }

    [Theory]
    [InlineData("250.01", "DE89370400440532013000")]
    [InlineData("250.00", "FR1420041010050500013M02606")]
    public async Task Another_amount_or_payee_than_the_approved_one_does_not_run(string amount, string account)
    {
        await using var bank = await StartAsync();
        await using var alice = await CallerAsync(bank, "alice");
        await alice.ShowFaceAsync((await alice.PayAsync()).Challenge!);
        Assert.False((await alice.PayAsync(amount, account)).Ran);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task A_face_for_one_action_serves_no_other()
    {
        await using var bank = await StartAsync();
        await using var alice = await CallerAsync(bank, "alice");
        await alice.ShowFaceAsync((await alice.ChangeAsync("9000")).Challenge!);
        Assert.False((await alice.PayAsync()).Ran);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Who_has_the_password_and_another_sign_in_gets_nothing_from_the_owners_face()
    {
        await using var bank = await StartAsync();
        await using var owner = await CallerAsync(bank, "alice");
        await using var thief = await CallerAsync(bank, "alice");
        var asked = await owner.PayAsync();
        await owner.ShowFaceAsync(asked.Challenge!);
        var stolen = await thief.PayAsync();
        Assert.False(stolen.Ran);
        Assert.NotEqual(asked.Challenge, stolen.Challenge);
        Assert.Empty(bank.Executed);
        Assert.True((await owner.PayAsync()).Ran);
    }

    [Fact]
    public async Task Somebody_elses_face_is_nobodys()
    {
        await using var bank = await StartAsync();
        await using var alice = await CallerAsync(bank, "alice");
        await using var bob = await CallerAsync(bank, "bob");
        await bob.ShowFaceAsync((await bob.PayAsync()).Challenge!);
        Assert.False((await alice.PayAsync()).Ran);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task A_face_that_nobody_came_back_with_is_not_usable()
    {
        await using var bank = await StartAsync();
        await using var alice = await CallerAsync(bank, "alice");
        var asked = await alice.PayAsync();
        await alice.ShowFaceOnlyAsync(asked.Challenge!);
        await bank.UntilAsync(asked.Challenge!, challenge => challenge.State == ChallengeState.Approved);
        Assert.False((await alice.PayAsync()).Ran);
        Assert.Empty(bank.Executed);
    }

    [Theory]
    [InlineData(SandboxScenario.DeclineFaceMatchLowSimilarity)]
    [InlineData(SandboxScenario.ReviewFaceMatchBorderline)]
    public async Task A_face_that_is_refused_or_held_runs_nothing(string scenario)
    {
        await using var bank = await StartAsync();
        await using var alice = await CallerAsync(bank, "alice");
        var asked = await alice.PayAsync();
        await alice.ShowFaceAsync(asked.Challenge!, scenario);
        Assert.NotEqual(ChallengeState.Approved, (await bank.ChallengeAsync(asked.Challenge!)).State);
        Assert.False((await alice.PayAsync()).Ran);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Of_many_calls_at_once_one_runs()
    {
        await using var bank = await StartAsync();
        await using var alice = await CallerAsync(bank, "alice");
        await alice.ShowFaceAsync((await alice.PayAsync()).Challenge!);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Competing).Select(_ => alice.PayAsync()));
        Assert.Single(outcomes, outcome => outcome.Ran);
        Assert.Single(bank.Executed);
    }

    [Fact]
    public async Task Who_has_no_face_on_file_is_told_so()
    {
        await using var bank = await StartAsync(setup => setup.NotEnrolled.Add("newcomer"));
        await using var newcomer = await CallerAsync(bank, "newcomer");
        Assert.Equal(new Outcome(Ran: false, Problem: "not-enrolled"), await newcomer.ChangeAsync("9000"));
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task An_approval_whose_time_is_over_runs_nothing()
    {
        var time = new ManualTime();
        await using var bank = await StartAsync(setup => setup.Time = time);
        await using var alice = await CallerAsync(bank, "alice");
        await alice.ShowFaceAsync((await alice.ChangeAsync("9000")).Challenge!);
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.False((await alice.ChangeAsync("9000")).Ran);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task A_store_in_trouble_lets_nobody_in()
    {
        var isDown = false;
        var (store, proxy) = StoreProxy.Create(TimeProvider.System);
        proxy.Before = call => isDown && call is nameof(IStepUpStore.TryConsumeAsync) ? throw new StepUpStoreException("The disk is full.", new IOException()) : Task.CompletedTask;
        await using var bank = await StartAsync(setup => setup.ConfigureServicesLast += services => services.AddSingleton(store));
        await using var alice = await CallerAsync(bank, "alice");
        await alice.ShowFaceAsync((await alice.ChangeAsync("9000")).Challenge!);
        isDown = true;
        Assert.Equal(new Outcome(Ran: false, Problem: "unavailable"), await alice.ChangeAsync("9000"));
        Assert.Empty(bank.Executed);
        isDown = false;
        Assert.True((await alice.ChangeAsync("9000")).Ran);
    }

    /// <summary>Adds the host to the relying party.</summary>
    private protected abstract void Add(RelyingPartySetup setup);

    /// <summary>Signs somebody in.</summary>
    private protected abstract Task<Caller> CallerAsync(RelyingParty bank, string user);

    private protected Task<RelyingParty> StartAsync(Action<RelyingPartySetup>? configure = null) => RelyingParty.StartAsync(setup =>
    {
        Add(setup);
        configure?.Invoke(setup);
    });
}

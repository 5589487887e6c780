namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The one conditional write with which an approval is used (protocol 7.1, R-10, R-11, R-26).</summary>
public abstract partial class StepUpStoreContract
{
    [Fact]
    public async Task An_approval_is_used_by_who_asked_for_what_was_asked()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);

        var result = await store.TryConsumeAsync(RequestFor(approved));

        Assert.Equal(ConsumeOutcome.Consumed, result.Outcome);
        var used = await store.FindAsync(approved.Id);
        AssertSame(used, result.Challenge);
        Assert.Equal(
            (ChallengeState.Consumed, "operation-1", Now.AddMinutes(1), approved.Version + 1),
            (used!.State, used.OperationId, used.ConsumedAt, used.Version));
    }

    [Fact]
    public async Task An_approval_is_found_without_its_name()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);
        await ApprovedAsync(store, New("other"));

        var result = await store.TryConsumeAsync(RequestFor(approved, named: false));

        Assert.Equal((ConsumeOutcome.Consumed, "one"), (result.Outcome, result.Challenge?.Id));
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("scheme")]
    [InlineData("subject")]
    [InlineData("subject's case")]
    [InlineData("sign-in session")]
    [InlineData("reason")]
    [InlineData("digest")]
    [InlineData("challenge id")]
    [InlineData("empty challenge id")]
    [InlineData("time")]
    [InlineData("long after")]
    public async Task With_one_fact_changed_an_approval_cannot_be_used_and_stays_as_it_is(string fact)
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);
        var right = RequestFor(approved);
        var wrong = fact switch
        {
            "tenant" => right with { Binding = Alice with { Tenant = "" } },
            "scheme" => right with { Binding = Alice with { Scheme = "Token" } },
            "subject" => right with { Binding = Alice with { Subject = "bob" } },
            "subject's case" => right with { Binding = Alice with { Subject = "Alice" } },
            "sign-in session" => right with { Binding = Alice with { SessionHash = "5e56" } },
            "reason" => right with { Reason = "settings_change" },
            "digest" => right with { Digest = right.Digest.ToUpperInvariant() },
            "challenge id" => right with { ChallengeId = "two" },
            "empty challenge id" => right with { ChallengeId = "" },
            "time" => right with { Now = approved.ExecuteBy!.Value },
            "long after" => right with { Now = Now.AddDays(365) },
            _ => throw new ArgumentOutOfRangeException(nameof(fact)),
        };

        await RefusedAsync(store, wrong, approved);
        await RefusedAsync(store, wrong with { ChallengeId = wrong.ChallengeId == right.ChallengeId ? null : wrong.ChallengeId }, approved);

        Assert.Equal(ConsumeOutcome.Consumed, (await store.TryConsumeAsync(right)).Outcome);
    }

    [Theory]
    [InlineData("unclaimed")]
    [InlineData("frozen")]
    [InlineData("out of review and not confirmed")]
    [InlineData("without a time for its use")]
    public async Task With_one_mark_missing_an_approval_cannot_be_used(string mark)
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store, change: good => mark switch
        {
            "unclaimed" => good with { ClaimedAt = null },
            "frozen" => good with { FrozenAt = Now },
            "out of review and not confirmed" => good with { CameOutOfReview = true },
            "without a time for its use" => good with { ExecuteBy = null },
            _ => throw new ArgumentOutOfRangeException(nameof(mark)),
        });

        await RefusedAsync(store, RequestFor(approved), approved);
        await RefusedAsync(store, RequestFor(approved, named: false), approved);
    }

    [Fact]
    public async Task An_approval_whose_reason_needs_no_claim_can_be_used_unclaimed()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store, New() with { ClaimRequired = false }, good => good with { ClaimedAt = null });
        Assert.Equal(ConsumeOutcome.Consumed, (await store.TryConsumeAsync(RequestFor(approved))).Outcome);
    }

    [Fact]
    public async Task A_confirmed_approval_out_of_review_can_be_used()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store, change: good => good with { CameOutOfReview = true, ConfirmedAt = Now });
        Assert.Equal(ConsumeOutcome.Consumed, (await store.TryConsumeAsync(RequestFor(approved))).Outcome);
    }

    [Fact]
    public async Task The_last_moment_before_the_end_counts()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);
        var last = RequestFor(approved) with { Now = approved.ExecuteBy!.Value - Instant };
        Assert.Equal(ConsumeOutcome.Consumed, (await store.TryConsumeAsync(last)).Outcome);
    }

    [Theory]
    [InlineData(ChallengeState.Pending)]
    [InlineData(ChallengeState.InReview)]
    [InlineData(ChallengeState.Declined)]
    [InlineData(ChallengeState.NotFinished)]
    [InlineData(ChallengeState.Expired)]
    [InlineData(ChallengeState.Abandoned)]
    [InlineData(ChallengeState.Superseded)]
    [InlineData(ChallengeState.Violated)]
    [InlineData(ChallengeState.Unclaimed)]
    [InlineData(ChallengeState.Revoked)]
    public async Task Only_an_approval_can_be_used(ChallengeState state)
    {
        var store = await CreateAsync();
        // All marks of a good approval, but the state.
        var challenge = await InStateAsync(store, state);
        if (challenge.IsOpen)
        {
            challenge = await ReplaceAsync(store, challenge, same => same with { ClaimedAt = Now, ApprovedAt = Now, ExecuteBy = Now.AddMinutes(10) });
        }

        await RefusedAsync(store, RequestFor(challenge), challenge);
    }

    [Fact]
    public async Task The_same_operation_again_is_told_that_it_has_it_and_nobody_elses_is()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);
        var request = RequestFor(approved);
        await store.TryConsumeAsync(request);

        var again = await store.TryConsumeAsync(request with { Now = Now.AddDays(1) });
        Assert.Equal((ConsumeOutcome.AlreadyYours, approved.Id), (again.Outcome, again.Challenge?.Id));
        Assert.Equal(ConsumeOutcome.AlreadyYours, (await store.TryConsumeAsync(request with { ChallengeId = null })).Outcome);

        Assert.Equal(ConsumeOutcome.NotUsable, (await store.TryConsumeAsync(request with { Binding = Alice with { Subject = "bob" } })).Outcome);
        Assert.Equal(ConsumeOutcome.NotUsable, (await store.TryConsumeAsync(request with { Digest = "another" })).Outcome);
        Assert.Equal(ConsumeOutcome.NotUsable, (await store.TryConsumeAsync(request with { Reason = "settings_change" })).Outcome);
    }

    [Fact]
    public async Task Another_operation_is_told_that_the_named_approval_was_used_and_a_nameless_one_needs_a_new_face()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);
        await store.TryConsumeAsync(RequestFor(approved));

        Assert.Equal(ConsumeOutcome.AlreadyUsed, (await store.TryConsumeAsync(RequestFor(approved, "operation-2"))).Outcome);
        Assert.Equal(ConsumeOutcome.NotUsable, (await store.TryConsumeAsync(RequestFor(approved, "operation-2", named: false))).Outcome);
        Assert.Equal("operation-1", (await store.FindAsync(approved.Id))!.OperationId);
    }

    [Fact]
    public async Task An_operation_that_has_its_approval_never_gets_a_second_one()
    {
        // Two approvals of one question come about when one, confirmed after a review, moves to the present sign-in session.
        var store = await CreateAsync();
        var moved = await ApprovedAsync(store, New("moved") with { Binding = Alice with { SessionHash = "former" }, Digest = "same" });
        var used = await ApprovedAsync(store, New("used") with { Digest = "same" });
        var request = RequestFor(used, named: false);
        Assert.Equal("used", (await store.TryConsumeAsync(request)).Challenge?.Id);
        await ReplaceAsync(store, moved, former => former with { Binding = Alice });

        var again = await store.TryConsumeAsync(request);

        Assert.Equal((ConsumeOutcome.AlreadyYours, "used"), (again.Outcome, again.Challenge?.Id));
        Assert.Equal(ChallengeState.Approved, (await store.FindAsync("moved"))!.State);
    }

    [Fact]
    public async Task Of_a_hundred_operations_at_once_exactly_one_gets_the_approval()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);

        var results = await TogetherAsync(100, number => store.TryConsumeAsync(RequestFor(approved, "operation-" + number)));

        Assert.Single(results, result => result.Outcome == ConsumeOutcome.Consumed);
        Assert.Equal(99, results.Count(result => result.Outcome == ConsumeOutcome.AlreadyUsed));
    }

    [Fact]
    public async Task Of_a_hundred_tries_of_one_operation_exactly_one_runs()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);

        var results = await TogetherAsync(100, _ => store.TryConsumeAsync(RequestFor(approved, named: false)));

        Assert.Single(results, result => result.Outcome == ConsumeOutcome.Consumed);
        Assert.Equal(99, results.Count(result => result.Outcome == ConsumeOutcome.AlreadyYours));
    }

    [Fact]
    public async Task A_use_and_a_revocation_at_once_have_one_winner()
    {
        for (var round = 0; round < 50; round++)
        {
            var store = await CreateAsync();
            var approved = await ApprovedAsync(store);
            var revoked = approved with { State = ChallengeState.Revoked, Version = approved.Version + 1 };

            var won = await TogetherAsync(2, async number => number == 0
                ? (await store.TryConsumeAsync(RequestFor(approved))).Outcome == ConsumeOutcome.Consumed
                : await store.TryReplaceAsync(revoked) == ReplaceResult.Replaced);

            Assert.Single(won, true);
            Assert.Equal(won[0] ? ChallengeState.Consumed : ChallengeState.Revoked, (await store.FindAsync(approved.Id))!.State);
        }
    }

    private static async Task RefusedAsync(IStepUpStore store, ConsumeRequest request, StepUpChallenge before)
    {
        var result = await store.TryConsumeAsync(request);
        Assert.Equal((ConsumeOutcome.NotUsable, null), (result.Outcome, result.Challenge));
        AssertSame(before, await store.FindAsync(before.Id));
    }
}

using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Testing;

/// <summary>The one conditional write with which an approval is used (protocol 7.1, R-10, R-11, R-26).</summary>
public sealed partial class StepUpStoreConformance
{
    [StoreCase]
    internal async Task An_approval_is_used_by_who_asked_for_what_was_asked()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);

        var result = await store.TryConsumeAsync(RequestFor(approved));

        Expect.Equal(ConsumeOutcome.Consumed, result.Outcome);
        var used = await store.FindAsync(approved.Id);
        ExpectSame(used, result.Challenge);
        Expect.Equal(
            (ChallengeState.Consumed, "operation-1", Now.AddMinutes(1), approved.Version + 1),
            (used!.State, used.OperationId, used.ConsumedAt, used.Version));
    }

    [StoreCase]
    internal async Task An_approval_is_found_without_its_name()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);
        await ApprovedAsync(store, New("other"));

        var result = await store.TryConsumeAsync(RequestFor(approved, named: false));

        Expect.Equal((ConsumeOutcome.Consumed, "one"), (result.Outcome, result.Challenge?.Id));
    }

    [StoreCase("tenant")]
    [StoreCase("scheme")]
    [StoreCase("subject")]
    [StoreCase("subject's case")]
    [StoreCase("sign-in session")]
    [StoreCase("reason")]
    [StoreCase("digest")]
    [StoreCase("challenge id")]
    [StoreCase("empty challenge id")]
    [StoreCase("time")]
    [StoreCase("long after")]
    internal async Task With_one_fact_changed_an_approval_cannot_be_used_and_stays_as_it_is(string fact)
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

        Expect.Equal(ConsumeOutcome.Consumed, (await store.TryConsumeAsync(right)).Outcome);
    }

    [StoreCase("unclaimed")]
    [StoreCase("frozen")]
    [StoreCase("out of review and not confirmed")]
    [StoreCase("without a time for its use")]
    internal async Task With_one_mark_missing_an_approval_cannot_be_used(string mark)
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

    [StoreCase]
    internal async Task An_approval_whose_reason_needs_no_claim_can_be_used_unclaimed()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store, New() with { ClaimRequired = false }, good => good with { ClaimedAt = null });
        Expect.Equal(ConsumeOutcome.Consumed, (await store.TryConsumeAsync(RequestFor(approved))).Outcome);
    }

    [StoreCase]
    internal async Task A_confirmed_approval_out_of_review_can_be_used()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store, change: good => good with { CameOutOfReview = true, ConfirmedAt = Now });
        Expect.Equal(ConsumeOutcome.Consumed, (await store.TryConsumeAsync(RequestFor(approved))).Outcome);
    }

    [StoreCase]
    internal async Task The_last_moment_before_the_end_counts()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);
        var last = RequestFor(approved) with { Now = approved.ExecuteBy!.Value - Instant };
        Expect.Equal(ConsumeOutcome.Consumed, (await store.TryConsumeAsync(last)).Outcome);
    }

    [StoreCase(ChallengeState.Pending)]
    [StoreCase(ChallengeState.InReview)]
    [StoreCase(ChallengeState.Declined)]
    [StoreCase(ChallengeState.NotFinished)]
    [StoreCase(ChallengeState.Expired)]
    [StoreCase(ChallengeState.Abandoned)]
    [StoreCase(ChallengeState.Superseded)]
    [StoreCase(ChallengeState.Violated)]
    [StoreCase(ChallengeState.Unclaimed)]
    [StoreCase(ChallengeState.Revoked)]
    internal async Task Only_an_approval_can_be_used(ChallengeState state)
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

    [StoreCase]
    internal async Task The_same_operation_again_is_told_that_it_has_it_and_nobody_elses_is()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);
        var request = RequestFor(approved);
        await store.TryConsumeAsync(request);

        var again = await store.TryConsumeAsync(request with { Now = Now.AddDays(1) });
        Expect.Equal((ConsumeOutcome.AlreadyYours, approved.Id), (again.Outcome, again.Challenge?.Id));
        Expect.Equal(ConsumeOutcome.AlreadyYours, (await store.TryConsumeAsync(request with { ChallengeId = null })).Outcome);

        Expect.Equal(ConsumeOutcome.NotUsable, (await store.TryConsumeAsync(request with { Binding = Alice with { Subject = "bob" } })).Outcome);
        Expect.Equal(ConsumeOutcome.NotUsable, (await store.TryConsumeAsync(request with { Digest = "another" })).Outcome);
        Expect.Equal(ConsumeOutcome.NotUsable, (await store.TryConsumeAsync(request with { Reason = "settings_change" })).Outcome);
    }

    [StoreCase]
    internal async Task Another_operation_is_told_that_the_named_approval_was_used_and_a_nameless_one_needs_a_new_face()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);
        await store.TryConsumeAsync(RequestFor(approved));

        Expect.Equal(ConsumeOutcome.AlreadyUsed, (await store.TryConsumeAsync(RequestFor(approved, "operation-2"))).Outcome);
        Expect.Equal(ConsumeOutcome.NotUsable, (await store.TryConsumeAsync(RequestFor(approved, "operation-2", named: false))).Outcome);
        Expect.Equal("operation-1", (await store.FindAsync(approved.Id))!.OperationId);
    }

    [StoreCase]
    internal async Task An_operation_that_has_its_approval_never_gets_a_second_one()
    {
        // Two approvals of one question come about when one, confirmed after a review, moves to the present sign-in session.
        var store = await CreateAsync();
        var moved = await ApprovedAsync(store, New("moved") with { Binding = Alice with { SessionHash = "former" }, Digest = "same" });
        var used = await ApprovedAsync(store, New("used") with { Digest = "same" });
        var request = RequestFor(used, named: false);
        Expect.Equal("used", (await store.TryConsumeAsync(request)).Challenge?.Id);
        await ReplaceAsync(store, moved, former => former with { Binding = Alice });

        var again = await store.TryConsumeAsync(request);

        Expect.Equal((ConsumeOutcome.AlreadyYours, "used"), (again.Outcome, again.Challenge?.Id));
        Expect.Equal(ChallengeState.Approved, (await store.FindAsync("moved"))!.State);
    }

    [StoreCase]
    internal async Task Of_a_hundred_operations_at_once_exactly_one_gets_the_approval()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);

        var results = await TogetherAsync(100, number => store.TryConsumeAsync(RequestFor(approved, "operation-" + number)));

        Expect.Single(results, result => result.Outcome == ConsumeOutcome.Consumed);
        Expect.Equal(99, results.Count(result => result.Outcome == ConsumeOutcome.AlreadyUsed));
    }

    [StoreCase]
    internal async Task Of_a_hundred_tries_of_one_operation_exactly_one_runs()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);

        var results = await TogetherAsync(100, _ => store.TryConsumeAsync(RequestFor(approved, named: false)));

        Expect.Single(results, result => result.Outcome == ConsumeOutcome.Consumed);
        Expect.Equal(99, results.Count(result => result.Outcome == ConsumeOutcome.AlreadyYours));
    }

    [StoreCase]
    internal async Task A_use_and_a_revocation_at_once_have_one_winner()
    {
        var store = await CreateAsync();
        for (var round = 0; round < 50; round++)
        {
            var approved = await ApprovedAsync(store, New("round " + round));
            var revoked = approved with { State = ChallengeState.Revoked, Version = approved.Version + 1 };

            var won = await TogetherAsync(2, async number => number == 0
                ? (await store.TryConsumeAsync(RequestFor(approved))).Outcome == ConsumeOutcome.Consumed
                : await store.TryReplaceAsync(revoked) == ReplaceResult.Replaced);

            Expect.Single(won, true);
            Expect.Equal(won[0] ? ChallengeState.Consumed : ChallengeState.Revoked, (await store.FindAsync(approved.Id))!.State);
        }
    }

    private static async Task RefusedAsync(IStepUpStore store, ConsumeRequest request, StepUpChallenge before)
    {
        var result = await store.TryConsumeAsync(request);
        Expect.Equal((ConsumeOutcome.NotUsable, null), (result.Outcome, result.Challenge));
        ExpectSame(before, await store.FindAsync(before.Id));
    }
}

using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Testing;

/// <summary>Making and finding challenges (protocol 2.3, 2.4, R-17, R-21).</summary>
public sealed partial class StepUpStoreConformance
{
    [StoreCase]
    internal async Task An_overdue_challenge_is_not_handed_out_again()
    {
        var store = await CreateAsync();
        var old = await AddAsync(store, New("old"));
        var just = await store.AddOrGetAsync(New("just") with { Digest = old.Digest, CreatedAt = old.Deadline - Instant, Deadline = Now.AddMinutes(20) }, 10, Now.AddDays(-1));
        Expect.Equal("old", just?.Id);
        var late = await store.AddOrGetAsync(New("late") with { Digest = old.Digest, CreatedAt = old.Deadline, Deadline = Now.AddMinutes(20) }, 10, Now.AddDays(-1));
        Expect.Equal("late", late?.Id);
    }

    [StoreCase]
    internal async Task The_same_question_gets_the_same_challenge()
    {
        var store = await CreateAsync();
        await AddAsync(store, New());

        var again = await store.AddOrGetAsync(New("two") with { Digest = New().Digest }, 10, Now.AddDays(-1));

        Expect.Equal("one", again?.Id);
        Expect.Null(await store.FindAsync("two"));
    }

    [StoreCase("tenant")]
    [StoreCase("scheme")]
    [StoreCase("subject")]
    [StoreCase("sign-in session")]
    [StoreCase("kind")]
    [StoreCase("reason")]
    [StoreCase("digest")]
    internal async Task Another_question_gets_a_challenge_of_its_own(string difference)
    {
        var store = await CreateAsync();
        await AddAsync(store, New());
        var same = New("two") with { Digest = New().Digest };
        await AddAsync(store, difference switch
        {
            "tenant" => same with { Binding = Alice with { Tenant = "" } },
            "scheme" => same with { Binding = Alice with { Scheme = "Token" } },
            "subject" => same with { Binding = Alice with { Subject = "bob" } },
            "sign-in session" => same with { Binding = Alice with { SessionHash = "5e56" } },
            "kind" => same with { Kind = ChallengeKind.FaceEnrolment },
            "reason" => same with { Reason = "settings_change" },
            "digest" => same with { Digest = "another" },
            _ => throw new ArgumentOutOfRangeException(nameof(difference)),
        });
        Expect.Equal("one", (await store.FindAsync("one"))?.Id);
    }

    [StoreCase(ChallengeState.Pending, "one")]
    [StoreCase(ChallengeState.InReview, "one")]
    [StoreCase(ChallengeState.Approved, "one")]
    [StoreCase(ChallengeState.Consumed, "two")]
    [StoreCase(ChallengeState.Declined, "two")]
    [StoreCase(ChallengeState.Expired, "two")]
    [StoreCase(ChallengeState.Revoked, "two")]
    internal async Task A_challenge_that_has_ended_is_not_handed_out_again(ChallengeState state, string expected)
    {
        var store = await CreateAsync();
        await InStateAsync(store, state);
        var again = await store.AddOrGetAsync(New("two") with { Digest = New().Digest }, 10, Now.AddDays(-1));
        Expect.Equal(expected, again?.Id);
    }

    [StoreCase]
    internal async Task A_user_gets_no_more_new_challenges_than_the_limit_whatever_the_reason()
    {
        var store = await CreateAsync();
        Expect.NotNull(await store.AddOrGetAsync(New("one") with { CreatedAt = Now }, 2, Now));
        Expect.NotNull(await store.AddOrGetAsync(New("two") with { Reason = "settings_change", Binding = Alice with { SessionHash = "other" } }, 2, Now));

        Expect.Null(await store.AddOrGetAsync(New("three"), 2, Now));
        Expect.Null(await store.FindAsync("three"));

        Expect.Equal("one", (await store.AddOrGetAsync(New("one again") with { Digest = New("one").Digest }, 2, Now))?.Id);
        Expect.NotNull(await store.AddOrGetAsync(New("bobs") with { Binding = Alice with { Subject = "bob" } }, 2, Now));
        Expect.NotNull(await store.AddOrGetAsync(New("elsewhere") with { Binding = Alice with { Tenant = "" } }, 2, Now));
        Expect.NotNull(await store.AddOrGetAsync(New("later"), 2, Now + Instant));
    }

    [StoreCase]
    internal async Task An_ended_challenge_counts_for_the_limit_as_an_open_one()
    {
        var store = await CreateAsync();
        await InStateAsync(store, ChallengeState.Abandoned);
        Expect.Null(await store.AddOrGetAsync(New("two"), 1, Now));
    }

    [StoreCase]
    internal async Task The_limit_and_the_same_question_hold_for_those_who_come_at_once()
    {
        var store = await CreateAsync();
        var made = await TogetherAsync(50, number => store.AddOrGetAsync(New("c" + number), 10, Now));
        Expect.Equal(10, made.Count(challenge => challenge is not null));

        store = await CreateAsync();
        made = await TogetherAsync(50, number => store.AddOrGetAsync(New("c" + number) with { Digest = "same" }, 10, Now));
        Expect.Single(made.Select(challenge => challenge!.Id).Distinct(StringComparer.Ordinal));
    }

    [StoreCase]
    internal async Task A_subjects_open_challenges_are_listed_newest_first()
    {
        var store = await CreateAsync();
        await AddAsync(store, New("old") with { CreatedAt = Now.AddMinutes(-2) });
        await AddAsync(store, New("new") with { CreatedAt = Now });
        await AddAsync(store, New("middle") with { CreatedAt = Now.AddMinutes(-1), Binding = Alice with { SessionHash = "other" } });
        await InStateAsync(store, ChallengeState.Declined, "ended");
        await AddAsync(store, New("bobs") with { Binding = Alice with { Subject = "bob" } });
        await AddAsync(store, New("elsewhere") with { Binding = Alice with { Tenant = "" } });

        Expect.Equal(["new", "middle", "old"], (await store.ListOpenAsync("bank", "alice")).Select(challenge => challenge.Id));
        Expect.Empty(await store.ListOpenAsync("bank", "Alice"));
    }

    [StoreCase]
    internal async Task What_is_due_is_listed_at_its_deadline_the_oldest_first_and_no_more_than_asked()
    {
        var store = await CreateAsync();
        await AddAsync(store, New("second") with { Deadline = Now.AddMinutes(2) });
        await AddAsync(store, New("first") with { Deadline = Now.AddMinutes(1) });
        await ReplaceAsync(store, await AddAsync(store, New("ended") with { Deadline = Now.AddMinutes(1) }), one => one with { State = ChallengeState.Declined });

        Expect.Empty(await store.ListDueAsync(Now.AddMinutes(1) - Instant, 10));
        Expect.Equal(["first"], (await store.ListDueAsync(Now.AddMinutes(1), 10)).Select(challenge => challenge.Id));
        Expect.Equal(["first", "second"], (await store.ListDueAsync(Now.AddMinutes(2), 10)).Select(challenge => challenge.Id));
        Expect.Equal(["first"], (await store.ListDueAsync(Now.AddMinutes(2), 1)).Select(challenge => challenge.Id));
    }

    [StoreCase]
    internal async Task Declines_in_a_row_are_counted_and_a_success_ends_the_row()
    {
        var store = await CreateAsync();
        Expect.Equal(0, await CountAsync());
        await EndedAsync("a", -9, ChallengeState.Declined);
        await EndedAsync("b", -8, ChallengeState.Declined);
        Expect.Equal(2, await CountAsync());

        await ApprovedAsync(store, New("success") with { CreatedAt = Now.AddMinutes(-7) });
        Expect.Equal(0, await CountAsync());

        await EndedAsync("c", -6, ChallengeState.Declined);
        Expect.Equal(1, await CountAsync());

        async Task<int> CountAsync() => await store.CountDeclinesInARowAsync("bank", "alice", "", Now.AddMinutes(-15));

        async Task EndedAsync(string id, int minute, ChallengeState state) =>
            await ReplaceAsync(store, await AddAsync(store, New(id) with { CreatedAt = Now.AddMinutes(minute) }), one => one with { State = state });
    }

    [StoreCase]
    internal async Task A_used_approval_ends_the_row_of_declines_too()
    {
        var store = await CreateAsync();
        await ReplaceAsync(store, await AddAsync(store, New("a") with { CreatedAt = Now.AddMinutes(-2) }), one => one with { State = ChallengeState.Declined });
        var approved = await ApprovedAsync(store, New("b") with { CreatedAt = Now.AddMinutes(-1) });
        await store.TryConsumeAsync(RequestFor(approved));
        Expect.Equal(0, await store.CountDeclinesInARowAsync("bank", "alice", "", Now.AddMinutes(-15)));
    }

    [StoreCase(ChallengeState.Pending)]
    [StoreCase(ChallengeState.InReview)]
    [StoreCase(ChallengeState.NotFinished)]
    [StoreCase(ChallengeState.Expired)]
    [StoreCase(ChallengeState.Abandoned)]
    [StoreCase(ChallengeState.Superseded)]
    [StoreCase(ChallengeState.Violated)]
    internal async Task Only_a_decline_is_a_failure_and_what_is_neither_does_not_break_the_row(ChallengeState state)
    {
        var store = await CreateAsync();
        await ReplaceAsync(store, await AddAsync(store, New("before") with { CreatedAt = Now.AddMinutes(-2) }), one => one with { State = ChallengeState.Declined });
        await InStateAsync(store, state);
        Expect.Equal(1, await store.CountDeclinesInARowAsync("bank", "alice", "", Now.AddMinutes(-15)));
    }

    [StoreCase]
    internal async Task Declines_count_for_their_tenant_and_subject_since_the_time_asked_for()
    {
        var store = await CreateAsync();
        await InStateAsync(store, ChallengeState.Declined);
        Expect.Equal(1, await store.CountDeclinesInARowAsync("bank", "alice", "", Now));
        Expect.Equal(0, await store.CountDeclinesInARowAsync("bank", "alice", "", Now + Instant));
        Expect.Equal(0, await store.CountDeclinesInARowAsync("bank", "bob", "", Now));
        Expect.Equal(0, await store.CountDeclinesInARowAsync("", "alice", "", Now));
    }
}

using System.Reflection;
using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Testing;

/// <summary>Nothing that a challenge says is lost, and one operation has one approval.</summary>
public sealed partial class StepUpStoreConformance
{
    [StoreCase]
    internal async Task Every_property_of_a_challenge_comes_back_as_it_was()
    {
        var full = Full();
        foreach (var property in typeof(StepUpChallenge).GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.CanWrite))
        {
            // A property that was added since this was written must be filled here too, or its loss would not be seen.
            var unset = property.GetValue(full) is var value && (value is null || value.Equals(property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null));
            Expect.True(!unset || property.Name is nameof(StepUpChallenge.State) or nameof(StepUpChallenge.Version) or nameof(StepUpChallenge.ClaimRequired), property.Name + " is filled");
        }

        var store = await CreateAsync();
        var added = await AddAsync(store, full);
        ExpectSame(full, await store.FindAsync(full.Id));
        var changed = await ReplaceAsync(store, added, same => same with { State = ChallengeState.Approved });
        ExpectSame(changed, await store.FindAsync(full.Id));
        ExpectSame(changed, Expect.Single(await store.ListOpenAsync(full.Binding.Tenant, full.Binding.Subject)));
    }

    [StoreCase]
    internal async Task A_batch_of_payments_comes_back_with_its_digest()
    {
        var batch = Transaction.CreateBatch("JPY", [new TransactionItem(1000m, "DE89370400440532013000", "Café"), new TransactionItem(2m, "DE89370400440532013000", "Café")]);
        var store = await CreateAsync();
        var added = await AddAsync(store, New() with { Transaction = batch });
        ExpectSame(added, await store.FindAsync("one"));
        Expect.Equal(batch.Digest.ToString(), (await store.FindAsync("one"))!.Transaction!.Digest.ToString());
    }

    [StoreCase]
    internal async Task An_operation_that_has_its_approval_gets_no_second_one_by_naming_it()
    {
        var store = await CreateAsync();
        var first = await ApprovedAsync(store, New("first") with { Digest = "same" });
        Expect.Equal(ConsumeOutcome.Consumed, (await store.TryConsumeAsync(RequestFor(first))).Outcome);
        var second = await ApprovedAsync(store, New("second") with { Digest = "same" });

        var again = await store.TryConsumeAsync(RequestFor(second));

        Expect.Equal((ConsumeOutcome.AlreadyYours, "first"), (again.Outcome, again.Challenge?.Id));
        ExpectSame(second, await store.FindAsync("second"));
    }

    [StoreCase]
    internal async Task Of_two_hundred_operations_at_once_exactly_one_gets_the_approval_and_one_use_is_evidenced()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);

        var results = await TogetherAsync(200, number => store.TryConsumeAsync(RequestFor(approved, "operation-" + number, named: number % 2 == 0) with { Evidence = Draft() }));

        Expect.Single(results.Select(result => result.Outcome), ConsumeOutcome.Consumed);
        Expect.True(results.All(result => result.Outcome is ConsumeOutcome.Consumed or ConsumeOutcome.AlreadyUsed or ConsumeOutcome.NotUsable));
        Expect.Equal(approved.Id, Expect.Single(await store.ListWaitingEvidenceAsync(10)).Draft.ChallengeId);
    }

    [StoreCase]
    internal async Task As_many_operations_as_there_are_approvals_of_one_question_get_one_each()
    {
        var store = await CreateAsync();
        for (var number = 0; number < 10; number++)
        {
            await ApprovedAsync(store, New("c" + number) with { Digest = "same", Kind = (ChallengeKind)(number % 2), FaceMatchFloorPercent = number });
        }

        var results = await TogetherAsync(40, number => store.TryConsumeAsync(new ConsumeRequest(Alice, "high_value_txn", "same", "operation-" + number, ChallengeId: null, Now.AddMinutes(1))));

        var used = results.Where(result => result.Outcome == ConsumeOutcome.Consumed).Select(result => result.Challenge!.Id).ToArray();
        Expect.Equal(10, used.Length);
        Expect.Equal(10, used.Distinct(StringComparer.Ordinal).Count());
    }

    [StoreCase]
    internal async Task A_look_at_what_could_be_used_says_what_a_use_would_and_changes_nothing()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);
        var request = RequestFor(approved) with { Evidence = Draft() };

        Expect.Equal(ConsumeOutcome.NotUsable, (await store.FindUsableAsync(request with { Digest = "another" })).Outcome);
        Expect.Equal(ConsumeOutcome.NotUsable, (await store.FindUsableAsync(request with { Now = approved.ExecuteBy!.Value })).Outcome);
        var usable = await store.FindUsableAsync(request);
        Expect.Equal(ConsumeOutcome.Consumed, usable.Outcome);
        ExpectSame(approved, usable.Challenge);
        ExpectSame(approved, await store.FindAsync(approved.Id));
        Expect.Empty(await store.ListWaitingEvidenceAsync(10));

        await store.TryConsumeAsync(request);
        Expect.Equal(ConsumeOutcome.AlreadyYours, (await store.FindUsableAsync(request)).Outcome);
        Expect.Equal(ConsumeOutcome.AlreadyUsed, (await store.FindUsableAsync(request with { OperationId = "other" })).Outcome);
        Expect.Equal(ConsumeOutcome.NotUsable, (await store.FindUsableAsync(request with { OperationId = "other", ChallengeId = null })).Outcome);
    }

    [StoreCase]
    internal async Task What_has_ended_is_forgotten_after_its_time_a_few_at_once_and_sessions_never()
    {
        var store = await CreateAsync();
        var attached = await AddAsync(store, New("attached")) with { SessionId = Session(), CodeHash = "code", Version = 1 };
        Expect.Equal(AttachResult.Attached, await store.TryAttachSessionAsync(attached));
        await ReplaceAsync(store, attached, same => same with { State = ChallengeState.Declined });
        await ReplaceAsync(store, await AddAsync(store, New("later") with { Deadline = Now.AddMinutes(20) }), same => same with { State = ChallengeState.Expired });
        await InStateAsync(store, ChallengeState.Consumed, "used");
        await AddAsync(store, New("open"));

        Expect.Equal(0, await store.ForgetEndedAsync(Now.AddMinutes(10), 10));
        Expect.Equal(1, await store.ForgetEndedAsync(Now.AddMinutes(10) + Instant, 1));
        Expect.Equal(1, await store.ForgetEndedAsync(Now.AddMinutes(10) + Instant, 10));
        Expect.Equal(0, await store.ForgetEndedAsync(Now.AddMinutes(10) + Instant, 10));

        Expect.Null(await store.FindAsync("attached"));
        Expect.Null(await store.FindAsync("used"));
        Expect.Null(await store.FindByCodeAsync("code"));
        Expect.Null(await store.FindBySessionAsync("bank", Session()));
        Expect.NotNull(await store.FindAsync("later"));
        Expect.NotNull(await store.FindAsync("open"));
        Expect.True(await store.IsKnownSessionAsync("bank", Session()));
        var other = await AddAsync(store, New("other")) with { SessionId = Session(), Version = 1 };
        Expect.Equal(AttachResult.SessionKnown, await store.TryAttachSessionAsync(other));
    }

    private static StepUpChallenge Full() => New("full") with
    {
        Kind = ChallengeKind.Recovery,
        Transaction = Transaction.Create(247.5m, "EUR", "DE89 3704 0044 0532 0130 00", "Zoë", "rent"),
        Title = "Pay",
        Environment = ProviderEnvironment.Sandbox,
        DemandedMethod = LivenessMethod.Active3D,
        DemandsIpAnalysis = true,
        FaceMatchFloorPercent = 90.123456789m,
        LivenessFloorPercent = 80.5m,
        ClaimRequired = false,
        Original = new OriginalRequest("POST", "/pay?a=\"b\"", [1, 2, 3]) { BackUrl = "/back" },
        CodeHash = "code",
        SessionId = Session("full-session"),
        SealedSessionUrl = [4, 5, 6],
        AskedFrom = new AskingDevice { DeviceHash = "device", BrowserHash = "browser", NetworkHash = "network", IsKnown = true, IsNetworkKnown = true },
        SealedSignIn = [7, 8],
        RememberClient = true,
        HandOver = new HandOver
        {
            OfferedAt = Now.AddTicks(2),
            AskedOn = new DeviceTraits("macOS", "Safari") { Country = "FR", NetworkHash = "asked" },
            SealedCode = [9, 10],
            WrongDigits = 2,
            TakenAt = Now.AddTicks(3),
            CookieHash = "cookie",
        },
        StartedOn = new DeviceTraits("Windows", "Firefox") { Country = "CH", NetworkHash = "started" },
        ClaimedAt = Now.AddTicks(1),
        ApprovedAt = Now.AddTicks(12_345_670),
        ExecuteBy = Now.AddMinutes(3),
        ReviewDeadline = Now.AddMinutes(4),
        CameOutOfReview = true,
        ConfirmedAt = Now.AddMinutes(5),
        Demand = ExtraDemand.BeneficiaryConfirmation,
        DemandMetAt = Now.AddMinutes(6),
        HoldReleasedAt = Now.AddMinutes(7),
        Factors = ["pwd", "hwk"],
        Alternative = "security-key",
        WithoutFace = true,
        FrozenAt = Now.AddMinutes(8),
        OperationId = "operation",
        ConsumedAt = Now.AddMinutes(9),
        ReasonCodes = ["one", "two"],
        LastReadAt = Now.AddMinutes(10),
        NextReadAt = Now.AddMinutes(11),
        ReadCount = 12,
        RemindedAt = Now.AddMinutes(13),
    };
}

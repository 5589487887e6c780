using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Testing;

/// <summary>Known devices and networks, limits by device, blocks, and the windows of account access (protocol 2.1, 2.4, 9).</summary>
public sealed partial class StepUpStoreConformance
{
    private static readonly AskingDevice Recognised = new() { IsKnown = true, DeviceHash = "device" };

    [StoreCase]
    internal async Task Devices_and_networks_are_known_each_for_itself_to_one_subject_of_one_tenant()
    {
        var store = await CreateAsync();
        await store.RememberDeviceAsync("bank", "alice", "device", "network", Now);

        Expect.Equal(new DeviceTrust(true, true), await FindAsync("bank", "alice", "device", "network"));
        Expect.Equal(new DeviceTrust(true, false), await FindAsync("bank", "alice", "device", "other"));
        Expect.Equal(new DeviceTrust(false, true), await FindAsync("bank", "alice", "Device", "network"));
        Expect.Equal(default, await FindAsync("bank", "alice", "network", "device")); // a device is no network
        Expect.Equal(default, await FindAsync("bank", "alice", null, null));
        Expect.Equal(default, await FindAsync("bank", "bob", "device", "network"));
        Expect.Equal(default, await FindAsync("bank", "Alice", "device", "network"));
        Expect.Equal(default, await FindAsync("", "alice", "device", "network"));

        ValueTask<DeviceTrust> FindAsync(string tenant, string subject, string? device, string? network) =>
            store.FindDeviceAsync(tenant, subject, device, network, Now.AddDays(-1));
    }

    [StoreCase]
    internal async Task A_hash_that_is_null_is_not_remembered_and_leaves_the_other()
    {
        var store = await CreateAsync();
        await store.RememberDeviceAsync("bank", "alice", deviceHash: null, "network", Now);
        Expect.Equal(new DeviceTrust(false, true), await store.FindDeviceAsync("bank", "alice", deviceHash: null, "network", Now));
        await store.RememberDeviceAsync("bank", "alice", "device", networkHash: null, Now.AddHours(1));
        Expect.Equal(new DeviceTrust(true, false), await store.FindDeviceAsync("bank", "alice", "device", "network", Now + Instant));
    }

    [StoreCase]
    internal async Task What_was_last_seen_too_long_ago_is_known_no_longer_and_seeing_it_again_renews_it()
    {
        var store = await CreateAsync();
        await store.RememberDeviceAsync("bank", "alice", "device", "network", Now);
        Expect.Equal(new DeviceTrust(true, true), await store.FindDeviceAsync("bank", "alice", "device", "network", Now));
        Expect.Equal(default, await store.FindDeviceAsync("bank", "alice", "device", "network", Now + Instant));
        await store.RememberDeviceAsync("bank", "alice", "device", "network", Now.AddDays(1));
        Expect.Equal(new DeviceTrust(true, true), await store.FindDeviceAsync("bank", "alice", "device", "network", Now.AddDays(1)));
    }

    [StoreCase]
    internal async Task Forgetting_is_of_one_subject()
    {
        var store = await CreateAsync();
        await store.RememberDeviceAsync("bank", "alice", "device", "network", Now);
        await store.RememberDeviceAsync("bank", "bob", "device", "network", Now);
        await store.RememberDeviceAsync("", "alice", "device", "network", Now);
        await store.ForgetDevicesAsync("bank", "alice");
        await store.ForgetDevicesAsync("bank", "nobody");
        Expect.Equal(default, await store.FindDeviceAsync("bank", "alice", "device", "network", Now));
        Expect.Equal(new DeviceTrust(true, true), await store.FindDeviceAsync("bank", "bob", "device", "network", Now));
        Expect.Equal(new DeviceTrust(true, true), await store.FindDeviceAsync("", "alice", "device", "network", Now));
    }

    [StoreCase]
    internal async Task Devices_that_become_known_at_once_all_do()
    {
        var store = await CreateAsync();
        await TogetherAsync(20, async number =>
        {
            await store.RememberDeviceAsync("bank", "alice", "device-" + number, "network", Now);
            return number;
        });
        for (var number = 0; number < 20; number++)
        {
            Expect.True((await store.FindDeviceAsync("bank", "alice", "device-" + number, networkHash: null, Now)).IsDeviceKnown);
        }
    }

    [StoreCase]
    internal async Task A_block_is_of_one_device_group_of_one_subject_until_it_is_lifted()
    {
        var store = await CreateAsync();
        await store.BlockAsync("bank", "alice", "", Now);
        await store.BlockAsync("bank", "alice", "", Now); // twice is once
        await store.BlockAsync("bank", "bob", "device", Now);
        Expect.True(await store.IsBlockedAsync("bank", "alice", ""));
        Expect.False(await store.IsBlockedAsync("bank", "alice", "device"));
        Expect.False(await store.IsBlockedAsync("bank", "bob", ""));
        Expect.False(await store.IsBlockedAsync("", "alice", ""));

        await store.BlockAsync("bank", "alice", "device", Now);
        await store.UnblockAsync("bank", "alice", Now);
        Expect.False(await store.IsBlockedAsync("bank", "alice", ""));
        Expect.False(await store.IsBlockedAsync("bank", "alice", "device"));
        Expect.True(await store.IsBlockedAsync("bank", "bob", "device"));
    }

    [StoreCase]
    internal async Task Declines_are_counted_for_each_device_group()
    {
        var store = await CreateAsync();
        await DeclineAsync(store, "a", AskingDevice.Unknown);
        await DeclineAsync(store, "b", AskingDevice.Unknown with { DeviceHash = "one", NetworkHash = "n" }); // not recognised
        await DeclineAsync(store, "c", Recognised);
        Expect.Equal(2, await store.CountDeclinesInARowAsync("bank", "alice", "", Now.AddDays(-1)));
        Expect.Equal(1, await store.CountDeclinesInARowAsync("bank", "alice", "device", Now.AddDays(-1)));
        Expect.Equal(0, await store.CountDeclinesInARowAsync("bank", "alice", "one", Now.AddDays(-1)));
        Expect.Equal(0, await store.CountDeclinesInARowAsync("bank", "bob", "", Now.AddDays(-1)));
    }

    [StoreCase(ChallengeState.Consumed, true, 0)]
    [StoreCase(ChallengeState.Approved, true, 0)]
    [StoreCase(ChallengeState.Expired, true, 0)] // shown and claimed, and not used
    [StoreCase(ChallengeState.Approved, false, 1)] // nobody claimed it: a link that was sent on forgives nobody
    [StoreCase(ChallengeState.Unclaimed, false, 1)]
    [StoreCase(ChallengeState.Violated, true, 1)]
    [StoreCase(ChallengeState.Revoked, true, 1)]
    internal async Task A_row_of_declines_is_ended_by_a_claimed_approval(ChallengeState state, bool claimed, int declines)
    {
        var store = await CreateAsync();
        await DeclineAsync(store, "a", AskingDevice.Unknown);
        var approved = await ApprovedAsync(store, New("b") with { CreatedAt = Now.AddMinutes(1) }, mark => mark with { ClaimedAt = claimed ? Now : null });
        if (state == ChallengeState.Consumed)
        {
            Expect.Equal(ConsumeOutcome.Consumed, (await store.TryConsumeAsync(RequestFor(approved))).Outcome);
        }
        else if (state != ChallengeState.Approved)
        {
            await ReplaceAsync(store, approved, current => current with { State = state });
        }

        Expect.Equal(declines, await store.CountDeclinesInARowAsync("bank", "alice", "", DateTimeOffset.UnixEpoch));
    }

    [StoreCase]
    internal async Task Declines_from_before_the_unblocking_do_not_count()
    {
        var store = await CreateAsync();
        await DeclineAsync(store, "a", AskingDevice.Unknown);
        await store.UnblockAsync("bank", "bob", Now.AddMinutes(1));
        Expect.Equal(1, await store.CountDeclinesInARowAsync("bank", "alice", "", DateTimeOffset.UnixEpoch));
        await store.UnblockAsync("bank", "alice", Now.AddMinutes(1));
        Expect.Equal(0, await store.CountDeclinesInARowAsync("bank", "alice", "", DateTimeOffset.UnixEpoch));
        await DeclineAsync(store, "b", AskingDevice.Unknown, Now.AddMinutes(1));
        Expect.Equal(1, await store.CountDeclinesInARowAsync("bank", "alice", "", DateTimeOffset.UnixEpoch));
    }

    [StoreCase]
    internal async Task New_challenges_are_limited_for_each_device_group()
    {
        var store = await CreateAsync();
        Expect.NotNull(await store.AddOrGetAsync(New("one"), 1, Now));
        Expect.Null(await store.AddOrGetAsync(New("two") with { AskedFrom = AskingDevice.Unknown with { DeviceHash = "one" } }, 1, Now));
        Expect.NotNull(await store.AddOrGetAsync(New("three") with { AskedFrom = Recognised }, 1, Now));
        Expect.Null(await store.AddOrGetAsync(New("four") with { AskedFrom = Recognised }, 1, Now));
    }

    [StoreCase]
    internal async Task New_challenges_of_one_device_are_limited_across_subjects()
    {
        var store = await CreateAsync();
        Expect.NotNull(await AddOnAsync("one", "alice", "browser"));
        Expect.NotNull(await AddOnAsync("two", "bob", "browser"));
        Expect.Null(await AddOnAsync("three", "carol", "browser"));
        Expect.Equal("one", (await AddOnAsync("one again", "alice", "browser", digestOf: "one"))?.Id); // the same question is no new one
        Expect.NotNull(await AddOnAsync("four", "carol", "another"));
        Expect.NotNull(await AddOnAsync("five", "carol", browser: null));
        Expect.NotNull(await AddOnAsync("six", "carol", browser: null));
        Expect.NotNull(await AddOnAsync("seven", "carol", browser: null));
        Expect.NotNull(await AddOnAsync("eight", "carol", "browser", tenant: ""));
        Expect.NotNull(await AddOnAsync("nine", "carol", "browser", since: Now + Instant)); // those before have had their time

        ValueTask<StepUpChallenge?> AddOnAsync(string id, string subject, string? browser, string? digestOf = null, string tenant = "bank", DateTimeOffset? since = null) =>
            store.AddOrGetAsync(
                New(digestOf ?? id) with { Id = id, Binding = Alice with { Subject = subject, Tenant = tenant }, AskedFrom = new AskingDevice { BrowserHash = browser } },
                limit: 100, since ?? Now, deviceLimit: 2);
    }

    [StoreCase]
    internal async Task The_limit_of_a_device_holds_for_those_who_come_at_once()
    {
        var store = await CreateAsync();
        var made = await TogetherAsync(50, number => store.AddOrGetAsync(
            New("c" + number) with { Binding = Alice with { Subject = "user-" + number }, AskedFrom = new AskingDevice { BrowserHash = "browser" } },
            limit: 100, Now, deviceLimit: 10));
        Expect.Equal(10, made.Count(challenge => challenge is not null));
    }

    [StoreCase]
    internal async Task A_question_that_demands_more_is_another_one()
    {
        var store = await CreateAsync();
        await AddAsync(store, New());
        await AddAsync(store, New() with { Id = "two", WorkflowId = "strong" });
        await AddAsync(store, New() with { Id = "three", FaceMatchFloorPercent = 90m });
        await AddAsync(store, New() with { Id = "four", LivenessFloorPercent = 90m });
        Expect.Equal("three", (await store.AddOrGetAsync(New() with { Id = "five", FaceMatchFloorPercent = 90m }, 10, Now))?.Id);
    }

    [StoreCase(null, null, true)]
    [StoreCase("workflow", null, true)]
    [StoreCase("workflow", "strong", true)]
    [StoreCase("ordinary", "workflow", true)] // approved by the stronger one
    [StoreCase("strong", null, false)] // approved by the ordinary one
    [StoreCase("WORKFLOW", null, false)]
    [StoreCase("ordinary", "WORKFLOW", false)]
    internal async Task An_approval_is_used_where_its_own_workflow_or_a_weaker_one_is_demanded(string? demanded, string? stronger, bool serves)
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);
        var result = await store.TryConsumeAsync(RequestFor(approved) with { WorkflowId = demanded, StrongerWorkflowId = stronger });
        Expect.Equal(serves ? ConsumeOutcome.Consumed : ConsumeOutcome.NotUsable, result.Outcome);
        Expect.Equal(serves ? ChallengeState.Consumed : ChallengeState.Approved, (await store.FindAsync(approved.Id))?.State);
    }

    [StoreCase(null, null, null, null, true)]
    [StoreCase(90, 70, null, null, true)]
    [StoreCase(90, 70, 90, 70, true)]
    [StoreCase(90, 70, 89, 69, true)]
    [StoreCase(90, 70, 91, 70, false)]
    [StoreCase(90, 70, 90, 71, false)]
    [StoreCase(null, 70, 90, 70, false)]
    [StoreCase(90, null, 90, 70, false)]
    internal async Task An_approval_is_used_where_no_higher_floor_is_demanded(int? face, int? liveness, int? demandedFace, int? demandedLiveness, bool serves)
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store, New() with { FaceMatchFloorPercent = face, LivenessFloorPercent = liveness });
        var result = await store.TryConsumeAsync(RequestFor(approved) with { FaceMatchFloorPercent = demandedFace, LivenessFloorPercent = demandedLiveness });
        Expect.Equal(serves ? ConsumeOutcome.Consumed : ConsumeOutcome.NotUsable, result.Outcome);
    }

    [StoreCase]
    internal async Task An_operation_that_has_its_approval_keeps_it_whatever_is_demanded_by_then()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);
        await ApprovedAsync(store, New() with { Id = "two", WorkflowId = "strong" }); // for the same facts, and nobody's yet
        Expect.Equal(ConsumeOutcome.Consumed, (await store.TryConsumeAsync(RequestFor(approved, named: false))).Outcome);
        var again = await store.TryConsumeAsync(RequestFor(approved, named: false) with { WorkflowId = "strong", FaceMatchFloorPercent = 99m });
        Expect.Equal((ConsumeOutcome.AlreadyYours, approved.Id), (again.Outcome, again.Challenge?.Id));
    }

    [StoreCase]
    internal async Task A_window_is_open_to_its_own_binding_and_to_no_other()
    {
        var store = await CreateAsync();
        await store.OpenAccessAsync(Window());
        foreach (var other in new[] { Alice with { Tenant = "" }, Alice with { Scheme = "Token" }, Alice with { Subject = "Alice" }, Alice with { SessionHash = "5e56" } })
        {
            Expect.Null(await store.TryTouchAccessAsync(other, Now, TimeSpan.FromMinutes(5)));
            await store.CloseAccessAsync(other);
        }

        var open = await store.TryTouchAccessAsync(Alice, Now, TimeSpan.FromMinutes(5));
        Expect.Equal(
            (Alice, "one", "digest", Now, Now, Now.AddHours(1), "pwd,face"),
            (open!.Binding, open.ChallengeId, open.Digest, open.AuthenticatedAt, open.SeenAt, open.EndsAt, string.Join(',', open.Factors)));
        await store.CloseAccessAsync(Alice);
        Expect.Null(await store.TryTouchAccessAsync(Alice, Now, TimeSpan.FromMinutes(5)));
    }

    [StoreCase]
    internal async Task A_window_slides_with_activity_and_ends_at_its_end()
    {
        var store = await CreateAsync();
        await store.OpenAccessAsync(Window());
        var five = TimeSpan.FromMinutes(5);
        for (var at = five - Instant; at < TimeSpan.FromHours(1); at += five - Instant)
        {
            Expect.Equal(Now + at, (await store.TryTouchAccessAsync(Alice, Now + at, five))?.SeenAt);
        }

        Expect.NotNull(await store.TryTouchAccessAsync(Alice, Now.AddHours(1) - Instant, five));
        Expect.Null(await store.TryTouchAccessAsync(Alice, Now.AddHours(1), five));
    }

    [StoreCase]
    internal async Task A_window_that_nobody_used_is_closed_and_stays_closed()
    {
        var store = await CreateAsync();
        await store.OpenAccessAsync(Window());
        Expect.Null(await store.TryTouchAccessAsync(Alice, Now.AddMinutes(5), TimeSpan.FromMinutes(5)));
        Expect.Null(await store.TryTouchAccessAsync(Alice, Now.AddMinutes(6), TimeSpan.FromMinutes(5)));
    }

    [StoreCase]
    internal async Task A_clock_that_went_back_makes_no_window_longer()
    {
        var store = await CreateAsync();
        await store.OpenAccessAsync(Window() with { AuthenticatedAt = Now, SeenAt = Now });
        await store.TryTouchAccessAsync(Alice, Now.AddMinutes(4), TimeSpan.FromMinutes(5));
        Expect.Equal(Now.AddMinutes(4), (await store.TryTouchAccessAsync(Alice, Now.AddMinutes(2), TimeSpan.FromMinutes(5)))?.SeenAt);
        Expect.Null(await store.TryTouchAccessAsync(Alice, Now - Instant, TimeSpan.FromMinutes(5))); // before the face was shown
    }

    [StoreCase]
    internal async Task A_new_face_replaces_the_bindings_former_window()
    {
        var store = await CreateAsync();
        await store.OpenAccessAsync(Window());
        await store.OpenAccessAsync(Window() with { ChallengeId = "two", AuthenticatedAt = Now.AddHours(2), SeenAt = Now.AddHours(2), EndsAt = Now.AddHours(3) });
        Expect.Equal("two", (await store.TryTouchAccessAsync(Alice, Now.AddHours(2), TimeSpan.FromMinutes(5)))?.ChallengeId);
    }

    [StoreCase]
    internal async Task Whoever_comes_at_once_to_a_window_is_never_later_than_its_last_activity()
    {
        var store = await CreateAsync();
        await store.OpenAccessAsync(Window());
        var touched = await TogetherAsync(50, number => store.TryTouchAccessAsync(Alice, Now.AddSeconds(number), TimeSpan.FromMinutes(5)));
        Expect.All(touched, window => Expect.NotNull(window));
        Expect.Equal(Now.AddSeconds(49), (await store.TryTouchAccessAsync(Alice, Now, TimeSpan.FromMinutes(5)))?.SeenAt); // the latest won, in whatever order they came
    }

    private static AccessWindow Window() => new(Alice, "one", "digest", Now, Now, Now.AddHours(1)) { Factors = ["pwd", "face"] };

    private static async Task DeclineAsync(IStepUpStore store, string id, AskingDevice from, DateTimeOffset? at = null) =>
        await ReplaceAsync(
            store,
            await AddAsync(store, New(id) with { AskedFrom = from, CreatedAt = at ?? Now }),
            pending => pending with { State = ChallengeState.Declined });
}

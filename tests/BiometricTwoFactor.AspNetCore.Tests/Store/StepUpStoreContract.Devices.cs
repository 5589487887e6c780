namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Known devices and networks, limits by device, blocks, and the windows of account access (protocol 2.1, 2.4, 9).</summary>
public abstract partial class StepUpStoreContract
{
    private static readonly AskingDevice Recognised = new() { IsKnown = true, DeviceHash = "device" };

    [Fact]
    public async Task Devices_and_networks_are_known_each_for_itself_to_one_subject_of_one_tenant()
    {
        var store = await CreateAsync();
        await store.RememberDeviceAsync("bank", "alice", "device", "network", Now);

        Assert.Equal(new DeviceTrust(true, true), await FindAsync("bank", "alice", "device", "network"));
        Assert.Equal(new DeviceTrust(true, false), await FindAsync("bank", "alice", "device", "other"));
        Assert.Equal(new DeviceTrust(false, true), await FindAsync("bank", "alice", "Device", "network"));
        Assert.Equal(default, await FindAsync("bank", "alice", "network", "device")); // a device is no network
        Assert.Equal(default, await FindAsync("bank", "alice", null, null));
        Assert.Equal(default, await FindAsync("bank", "bob", "device", "network"));
        Assert.Equal(default, await FindAsync("bank", "Alice", "device", "network"));
        Assert.Equal(default, await FindAsync("", "alice", "device", "network"));

        ValueTask<DeviceTrust> FindAsync(string tenant, string subject, string? device, string? network) =>
            store.FindDeviceAsync(tenant, subject, device, network, Now.AddDays(-1));
    }

    [Fact]
    public async Task A_hash_that_is_null_is_not_remembered_and_leaves_the_other()
    {
        var store = await CreateAsync();
        await store.RememberDeviceAsync("bank", "alice", deviceHash: null, "network", Now);
        Assert.Equal(new DeviceTrust(false, true), await store.FindDeviceAsync("bank", "alice", deviceHash: null, "network", Now));
        await store.RememberDeviceAsync("bank", "alice", "device", networkHash: null, Now.AddHours(1));
        Assert.Equal(new DeviceTrust(true, false), await store.FindDeviceAsync("bank", "alice", "device", "network", Now + Instant));
    }

    [Fact]
    public async Task What_was_last_seen_too_long_ago_is_known_no_longer_and_seeing_it_again_renews_it()
    {
        var store = await CreateAsync();
        await store.RememberDeviceAsync("bank", "alice", "device", "network", Now);
        Assert.Equal(new DeviceTrust(true, true), await store.FindDeviceAsync("bank", "alice", "device", "network", Now));
        Assert.Equal(default, await store.FindDeviceAsync("bank", "alice", "device", "network", Now + Instant));
        await store.RememberDeviceAsync("bank", "alice", "device", "network", Now.AddDays(1));
        Assert.Equal(new DeviceTrust(true, true), await store.FindDeviceAsync("bank", "alice", "device", "network", Now.AddDays(1)));
    }

    [Fact]
    public async Task Forgetting_is_of_one_subject()
    {
        var store = await CreateAsync();
        await store.RememberDeviceAsync("bank", "alice", "device", "network", Now);
        await store.RememberDeviceAsync("bank", "bob", "device", "network", Now);
        await store.RememberDeviceAsync("", "alice", "device", "network", Now);
        await store.ForgetDevicesAsync("bank", "alice");
        await store.ForgetDevicesAsync("bank", "nobody");
        Assert.Equal(default, await store.FindDeviceAsync("bank", "alice", "device", "network", Now));
        Assert.Equal(new DeviceTrust(true, true), await store.FindDeviceAsync("bank", "bob", "device", "network", Now));
        Assert.Equal(new DeviceTrust(true, true), await store.FindDeviceAsync("", "alice", "device", "network", Now));
    }

    [Fact]
    public async Task Devices_that_become_known_at_once_all_do()
    {
        var store = await CreateAsync();
        await TogetherAsync(20, async number =>
        {
            await store.RememberDeviceAsync("bank", "alice", "device-" + number, "network", Now);
            return number;
        });
        for (var number = 0; number < 20; number++)
        {
            Assert.True((await store.FindDeviceAsync("bank", "alice", "device-" + number, networkHash: null, Now)).IsDeviceKnown);
        }
    }

    [Fact]
    public async Task A_block_is_of_one_device_group_of_one_subject_until_it_is_lifted()
    {
        var store = await CreateAsync();
        await store.BlockAsync("bank", "alice", "", Now);
        await store.BlockAsync("bank", "alice", "", Now); // twice is once
        await store.BlockAsync("bank", "bob", "device", Now);
        Assert.True(await store.IsBlockedAsync("bank", "alice", ""));
        Assert.False(await store.IsBlockedAsync("bank", "alice", "device"));
        Assert.False(await store.IsBlockedAsync("bank", "bob", ""));
        Assert.False(await store.IsBlockedAsync("", "alice", ""));

        await store.BlockAsync("bank", "alice", "device", Now);
        await store.UnblockAsync("bank", "alice", Now);
        Assert.False(await store.IsBlockedAsync("bank", "alice", ""));
        Assert.False(await store.IsBlockedAsync("bank", "alice", "device"));
        Assert.True(await store.IsBlockedAsync("bank", "bob", "device"));
    }

    [Fact]
    public async Task Declines_are_counted_for_each_device_group()
    {
        var store = await CreateAsync();
        await DeclineAsync(store, "a", AskingDevice.Unknown);
        await DeclineAsync(store, "b", AskingDevice.Unknown with { DeviceHash = "one", NetworkHash = "n" }); // not recognised
        await DeclineAsync(store, "c", Recognised);
        Assert.Equal(2, await store.CountDeclinesInARowAsync("bank", "alice", "", Now.AddDays(-1)));
        Assert.Equal(1, await store.CountDeclinesInARowAsync("bank", "alice", "device", Now.AddDays(-1)));
        Assert.Equal(0, await store.CountDeclinesInARowAsync("bank", "alice", "one", Now.AddDays(-1)));
        Assert.Equal(0, await store.CountDeclinesInARowAsync("bank", "bob", "", Now.AddDays(-1)));
    }

    [Theory]
    [InlineData(ChallengeState.Consumed, true, 0)]
    [InlineData(ChallengeState.Approved, true, 0)]
    [InlineData(ChallengeState.Expired, true, 0)] // shown and claimed, and not used
    [InlineData(ChallengeState.Approved, false, 1)] // nobody claimed it: a link that was sent on forgives nobody
    [InlineData(ChallengeState.Unclaimed, false, 1)]
    [InlineData(ChallengeState.Violated, true, 1)]
    [InlineData(ChallengeState.Revoked, true, 1)]
    public async Task A_row_of_declines_is_ended_by_a_claimed_approval(ChallengeState state, bool claimed, int declines)
    {
        var store = await CreateAsync();
        await DeclineAsync(store, "a", AskingDevice.Unknown);
        var approved = await ApprovedAsync(store, New("b") with { CreatedAt = Now.AddMinutes(1) }, mark => mark with { ClaimedAt = claimed ? Now : null });
        if (state == ChallengeState.Consumed)
        {
            Assert.Equal(ConsumeOutcome.Consumed, (await store.TryConsumeAsync(RequestFor(approved))).Outcome);
        }
        else if (state != ChallengeState.Approved)
        {
            await ReplaceAsync(store, approved, current => current with { State = state });
        }

        Assert.Equal(declines, await store.CountDeclinesInARowAsync("bank", "alice", "", DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public async Task Declines_from_before_the_unblocking_do_not_count()
    {
        var store = await CreateAsync();
        await DeclineAsync(store, "a", AskingDevice.Unknown);
        await store.UnblockAsync("bank", "bob", Now.AddMinutes(1));
        Assert.Equal(1, await store.CountDeclinesInARowAsync("bank", "alice", "", DateTimeOffset.UnixEpoch));
        await store.UnblockAsync("bank", "alice", Now.AddMinutes(1));
        Assert.Equal(0, await store.CountDeclinesInARowAsync("bank", "alice", "", DateTimeOffset.UnixEpoch));
        await DeclineAsync(store, "b", AskingDevice.Unknown, Now.AddMinutes(1));
        Assert.Equal(1, await store.CountDeclinesInARowAsync("bank", "alice", "", DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public async Task New_challenges_are_limited_for_each_device_group()
    {
        var store = await CreateAsync();
        Assert.NotNull(await store.AddOrGetAsync(New("one"), 1, Now));
        Assert.Null(await store.AddOrGetAsync(New("two") with { AskedFrom = AskingDevice.Unknown with { DeviceHash = "one" } }, 1, Now));
        Assert.NotNull(await store.AddOrGetAsync(New("three") with { AskedFrom = Recognised }, 1, Now));
        Assert.Null(await store.AddOrGetAsync(New("four") with { AskedFrom = Recognised }, 1, Now));
    }

    [Fact]
    public async Task New_challenges_of_one_device_are_limited_across_subjects()
    {
        var store = await CreateAsync();
        Assert.NotNull(await AddOnAsync("one", "alice", "browser"));
        Assert.NotNull(await AddOnAsync("two", "bob", "browser"));
        Assert.Null(await AddOnAsync("three", "carol", "browser"));
        Assert.Equal("one", (await AddOnAsync("one again", "alice", "browser", digestOf: "one"))?.Id); // the same question is no new one
        Assert.NotNull(await AddOnAsync("four", "carol", "another"));
        Assert.NotNull(await AddOnAsync("five", "carol", browser: null));
        Assert.NotNull(await AddOnAsync("six", "carol", browser: null));
        Assert.NotNull(await AddOnAsync("seven", "carol", browser: null));
        Assert.NotNull(await AddOnAsync("eight", "carol", "browser", tenant: ""));
        Assert.NotNull(await AddOnAsync("nine", "carol", "browser", since: Now + Instant)); // those before have had their time

        ValueTask<StepUpChallenge?> AddOnAsync(string id, string subject, string? browser, string? digestOf = null, string tenant = "bank", DateTimeOffset? since = null) =>
            store.AddOrGetAsync(
                New(digestOf ?? id) with { Id = id, Binding = Alice with { Subject = subject, Tenant = tenant }, AskedFrom = new AskingDevice { BrowserHash = browser } },
                limit: 100, since ?? Now, deviceLimit: 2);
    }

    [Fact]
    public async Task The_limit_of_a_device_holds_for_those_who_come_at_once()
    {
        var store = await CreateAsync();
        var made = await TogetherAsync(50, number => store.AddOrGetAsync(
            New("c" + number) with { Binding = Alice with { Subject = "user-" + number }, AskedFrom = new AskingDevice { BrowserHash = "browser" } },
            limit: 100, Now, deviceLimit: 10));
        Assert.Equal(10, made.Count(challenge => challenge is not null));
    }

    [Fact]
    public async Task A_question_that_demands_more_is_another_one()
    {
        var store = await CreateAsync();
        await AddAsync(store, New());
        await AddAsync(store, New() with { Id = "two", WorkflowId = "strong" });
        await AddAsync(store, New() with { Id = "three", FaceMatchFloorPercent = 90m });
        await AddAsync(store, New() with { Id = "four", LivenessFloorPercent = 90m });
        Assert.Equal("three", (await store.AddOrGetAsync(New() with { Id = "five", FaceMatchFloorPercent = 90m }, 10, Now))?.Id);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("workflow", null, true)]
    [InlineData("workflow", "strong", true)]
    [InlineData("ordinary", "workflow", true)] // approved by the stronger one
    [InlineData("strong", null, false)] // approved by the ordinary one
    [InlineData("WORKFLOW", null, false)]
    [InlineData("ordinary", "WORKFLOW", false)]
    public async Task An_approval_is_used_where_its_own_workflow_or_a_weaker_one_is_demanded(string? demanded, string? stronger, bool serves)
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);
        var result = await store.TryConsumeAsync(RequestFor(approved) with { WorkflowId = demanded, StrongerWorkflowId = stronger });
        Assert.Equal(serves ? ConsumeOutcome.Consumed : ConsumeOutcome.NotUsable, result.Outcome);
        Assert.Equal(serves ? ChallengeState.Consumed : ChallengeState.Approved, (await store.FindAsync(approved.Id))?.State);
    }

    [Theory]
    [InlineData(null, null, null, null, true)]
    [InlineData(90, 70, null, null, true)]
    [InlineData(90, 70, 90, 70, true)]
    [InlineData(90, 70, 89, 69, true)]
    [InlineData(90, 70, 91, 70, false)]
    [InlineData(90, 70, 90, 71, false)]
    [InlineData(null, 70, 90, 70, false)]
    [InlineData(90, null, 90, 70, false)]
    public async Task An_approval_is_used_where_no_higher_floor_is_demanded(int? face, int? liveness, int? demandedFace, int? demandedLiveness, bool serves)
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store, New() with { FaceMatchFloorPercent = face, LivenessFloorPercent = liveness });
        var result = await store.TryConsumeAsync(RequestFor(approved) with { FaceMatchFloorPercent = demandedFace, LivenessFloorPercent = demandedLiveness });
        Assert.Equal(serves ? ConsumeOutcome.Consumed : ConsumeOutcome.NotUsable, result.Outcome);
    }

    [Fact]
    public async Task An_operation_that_has_its_approval_keeps_it_whatever_is_demanded_by_then()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);
        await ApprovedAsync(store, New() with { Id = "two", WorkflowId = "strong" }); // for the same facts, and nobody's yet
        Assert.Equal(ConsumeOutcome.Consumed, (await store.TryConsumeAsync(RequestFor(approved, named: false))).Outcome);
        var again = await store.TryConsumeAsync(RequestFor(approved, named: false) with { WorkflowId = "strong", FaceMatchFloorPercent = 99m });
        Assert.Equal((ConsumeOutcome.AlreadyYours, approved.Id), (again.Outcome, again.Challenge?.Id));
    }

    [Fact]
    public async Task A_window_is_open_to_its_own_binding_and_to_no_other()
    {
        var store = await CreateAsync();
        await store.OpenAccessAsync(Window());
        foreach (var other in new[] { Alice with { Tenant = "" }, Alice with { Scheme = "Token" }, Alice with { Subject = "Alice" }, Alice with { SessionHash = "5e56" } })
        {
            Assert.Null(await store.TryTouchAccessAsync(other, Now, TimeSpan.FromMinutes(5)));
            await store.CloseAccessAsync(other);
        }

        var open = await store.TryTouchAccessAsync(Alice, Now, TimeSpan.FromMinutes(5));
        Assert.Equal(
            (Alice, "one", "digest", Now, Now, Now.AddHours(1), "pwd,face"),
            (open!.Binding, open.ChallengeId, open.Digest, open.AuthenticatedAt, open.SeenAt, open.EndsAt, string.Join(',', open.Factors)));
        await store.CloseAccessAsync(Alice);
        Assert.Null(await store.TryTouchAccessAsync(Alice, Now, TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task A_window_slides_with_activity_and_ends_at_its_end()
    {
        var store = await CreateAsync();
        await store.OpenAccessAsync(Window());
        var five = TimeSpan.FromMinutes(5);
        for (var at = five - Instant; at < TimeSpan.FromHours(1); at += five - Instant)
        {
            Assert.Equal(Now + at, (await store.TryTouchAccessAsync(Alice, Now + at, five))?.SeenAt);
        }

        Assert.NotNull(await store.TryTouchAccessAsync(Alice, Now.AddHours(1) - Instant, five));
        Assert.Null(await store.TryTouchAccessAsync(Alice, Now.AddHours(1), five));
    }

    [Fact]
    public async Task A_window_that_nobody_used_is_closed_and_stays_closed()
    {
        var store = await CreateAsync();
        await store.OpenAccessAsync(Window());
        Assert.Null(await store.TryTouchAccessAsync(Alice, Now.AddMinutes(5), TimeSpan.FromMinutes(5)));
        Assert.Null(await store.TryTouchAccessAsync(Alice, Now.AddMinutes(6), TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task A_clock_that_went_back_makes_no_window_longer()
    {
        var store = await CreateAsync();
        await store.OpenAccessAsync(Window() with { AuthenticatedAt = Now, SeenAt = Now });
        await store.TryTouchAccessAsync(Alice, Now.AddMinutes(4), TimeSpan.FromMinutes(5));
        Assert.Equal(Now.AddMinutes(4), (await store.TryTouchAccessAsync(Alice, Now.AddMinutes(2), TimeSpan.FromMinutes(5)))?.SeenAt);
        Assert.Null(await store.TryTouchAccessAsync(Alice, Now - Instant, TimeSpan.FromMinutes(5))); // before the face was shown
    }

    [Fact]
    public async Task A_new_face_replaces_the_bindings_former_window()
    {
        var store = await CreateAsync();
        await store.OpenAccessAsync(Window());
        await store.OpenAccessAsync(Window() with { ChallengeId = "two", AuthenticatedAt = Now.AddHours(2), SeenAt = Now.AddHours(2), EndsAt = Now.AddHours(3) });
        Assert.Equal("two", (await store.TryTouchAccessAsync(Alice, Now.AddHours(2), TimeSpan.FromMinutes(5)))?.ChallengeId);
    }

    [Fact]
    public async Task Whoever_comes_at_once_to_a_window_is_never_later_than_its_last_activity()
    {
        var store = await CreateAsync();
        await store.OpenAccessAsync(Window());
        var touched = await TogetherAsync(50, number => store.TryTouchAccessAsync(Alice, Now.AddSeconds(number), TimeSpan.FromMinutes(5)));
        Assert.All(touched, Assert.NotNull);
        Assert.Equal(Now.AddSeconds(49), (await store.TryTouchAccessAsync(Alice, Now, TimeSpan.FromMinutes(5)))?.SeenAt); // the latest won, in whatever order they came
    }

    private static AccessWindow Window() => new(Alice, "one", "digest", Now, Now, Now.AddHours(1)) { Factors = ["pwd", "face"] };

    private static async Task DeclineAsync(IStepUpStore store, string id, AskingDevice from, DateTimeOffset? at = null) =>
        await ReplaceAsync(
            store,
            await AddAsync(store, New(id) with { AskedFrom = from, CreatedAt = at ?? Now }),
            pending => pending with { State = ChallengeState.Declined });
}

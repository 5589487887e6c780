namespace BiometricTwoFactor.Emulator.Tests;

public sealed class WebhookFaultTests
{
    private static async Task<(RelyingParty Party, ManualTimeProvider Clock)> StartAsync(ApiEdition edition = ApiEdition.Reference)
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        var party = await RelyingParty.StartAsync(options => (options.TimeProvider, options.WebhookEdition) = (clock, edition));
        return (party, clock);
    }

    private static void Plan(RelyingParty party, EmulatorFaultKind kind) => party.Emulator.Faults.Plan(new EmulatorFault { Kind = kind });

    private static async Task<SessionId> ApproveAsync(RelyingParty party, string user = "user-42")
    {
        var session = await party.CreatedKycAsync(user);
        await party.Emulator.CompleteAsync(session.Id);
        return session.Id;
    }

    [Fact]
    public async Task A_dropped_webhook_is_logged_and_never_sent_and_the_next_one_is()
    {
        var (party, clock) = await StartAsync();
        await using var _ = party;
        Plan(party, EmulatorFaultKind.WebhookDrop);
        await ApproveAsync(party);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(party.Receiver.All);
        Assert.Equal(WebhookDeliveryOutcome.Dropped, Assert.Single(party.Emulator.Deliveries).Outcome);
        Assert.Empty(party.Emulator.Faults.Planned);

        await ApproveAsync(party, "user-43");
        Assert.Single(party.Receiver.All);
    }

    [Fact]
    public async Task A_fault_of_one_session_strikes_no_other()
    {
        var (party, _) = await StartAsync();
        await using var __ = party;
        var struck = await party.CreatedKycAsync();
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.WebhookDrop, SessionId = struck.Id });
        var spared = await ApproveAsync(party, "user-43");
        await party.Emulator.CompleteAsync(struck.Id);
        Assert.Equal(spared.ToString(), (string?)Deliveries.Body(Assert.Single(party.Receiver.All))["session_id"]);
    }

    [Fact]
    public async Task A_fault_waits_for_a_webhook_that_says_more_than_In_Progress()
    {
        var (party, _) = await StartAsync();
        await using var __ = party;
        Plan(party, EmulatorFaultKind.WebhookDrop);
        var session = await party.CreatedKycAsync();
        await party.Emulator.OpenAsync(session.Id);
        await party.Emulator.CompleteAsync(session.Id);
        Assert.Equal("In Progress", Deliveries.Statuses(party.Receiver));
    }

    [Fact]
    public async Task A_delayed_webhook_leaves_later_and_is_dated_then()
    {
        var (party, clock) = await StartAsync();
        await using var _ = party;
        Plan(party, EmulatorFaultKind.WebhookDelay);
        await ApproveAsync(party);
        await party.Emulator.WebhooksIdleAsync();
        Assert.Equal(WebhookDeliveryOutcome.Held, Assert.Single(party.Emulator.Deliveries).Outcome);
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(party.Receiver.All);

        clock.Advance(TimeSpan.FromSeconds(1));
        await Deliveries.LoggedAsync(party.Emulator, 2);

        var received = Assert.Single(party.Receiver.All);
        Assert.Equal(1774970030, (long?)Deliveries.Body(received)["timestamp"]);
        Assert.Equal(1774970000, (long?)Deliveries.Body(received)["created_at"]);
        Assert.Equal("1774970030", received.Headers["X-Timestamp"]);
        Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(received, clock));
    }

    [Fact]
    public async Task A_delay_is_as_long_as_planned()
    {
        var (party, clock) = await StartAsync();
        await using var _ = party;
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.WebhookDelay, Delay = TimeSpan.FromHours(2) });
        await ApproveAsync(party);
        clock.Advance(TimeSpan.FromHours(2));
        await Deliveries.LoggedAsync(party.Emulator, 2);
        Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(Assert.Single(party.Receiver.All), clock));
    }

    [Fact]
    public async Task Duplicates_are_the_same_bytes_under_the_same_headers()
    {
        var (party, clock) = await StartAsync();
        await using var _ = party;
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.WebhookDuplicate, Count = 3 });
        await ApproveAsync(party);

        Assert.Equal(4, party.Receiver.All.Count);
        var first = party.Receiver.All[0];
        Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(first, clock));
        Assert.All(party.Receiver.All, received =>
        {
            Assert.Equal(first.Body, received.Body);
            Assert.Equal(first.Headers, received.Headers);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_was_deleted_or_disabled_meanwhile_gets_nothing_of_what_was_held(bool deleted)
    {
        var (party, _) = await StartAsync();
        await using var __ = party;
        await using var other = await Receiver.StartAsync();
        party.Emulator.AddWebhookDestination(other.Url);
        party.Emulator.Faults.HoldWebhooks = true;
        await ApproveAsync(party);
        var first = party.Emulator.WebhookDestinations[0].Id;
        Assert.True(deleted ? party.Emulator.RemoveWebhookDestination(first) : party.Emulator.SetWebhookDestinationEnabled(first, enabled: false));

        await party.Emulator.Faults.ReleaseWebhooksAsync();

        Assert.Single(other.All);
        Assert.Empty(party.Receiver.All);
    }

    [Fact]
    public async Task A_reordered_webhook_comes_after_the_next_one()
    {
        var (party, clock) = await StartAsync();
        await using var _ = party;
        Plan(party, EmulatorFaultKind.WebhookReorder);
        var session = await party.CreatedKycAsync();
        await party.Emulator.OpenAsync(session.Id);
        await party.Emulator.WebhooksIdleAsync();
        Assert.Empty(party.Receiver.All);

        await party.Emulator.CompleteAsync(session.Id);
        await party.Emulator.WebhooksIdleAsync();

        Assert.Equal("Approved, In Progress", Deliveries.Statuses(party.Receiver));
        Assert.All(party.Receiver.All, received => Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(received, clock)));
    }

    [Fact]
    public async Task A_webhook_that_was_under_way_before_does_not_release_a_reordered_one()
    {
        var (party, _) = await StartAsync();
        await using var __ = party;
        var answer = new TaskCompletionSource();
        party.Receiver.Answer = _ => answer.Task;
        var earlier = ApproveAsync(party, "earlier");
        while (party.Receiver.All.Count == 0)
        {
            await Task.Yield();
        }

        Plan(party, EmulatorFaultKind.WebhookReorder);
        await ApproveAsync(party, "reordered");
        answer.SetResult();
        await earlier;
        await party.Emulator.WebhooksIdleAsync();
        Assert.Single(party.Receiver.All);

        await ApproveAsync(party, "later");
        await party.Emulator.WebhooksIdleAsync();
        Assert.Equal("earlier later reordered", string.Join(' ', party.Receiver.All.Select(received => (string?)Deliveries.Body(received)["vendor_data"])));
    }

    [Theory]
    [InlineData(ApiEdition.Reference)]
    [InlineData(ApiEdition.Guide)]
    public async Task A_wrong_secret_is_a_signature_mismatch(ApiEdition edition)
    {
        var (party, clock) = await StartAsync(edition);
        await using var _ = party;
        Plan(party, EmulatorFaultKind.WebhookWrongSecret);
        await ApproveAsync(party);
        await ApproveAsync(party, "user-43");
        Assert.Equal(WebhookOutcome.SignatureMismatch, Deliveries.Outcome(party.Receiver.All[0], clock));
        Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(party.Receiver.All[1], clock));
    }

    [Fact]
    public async Task After_a_rotation_only_the_new_secret_verifies_and_it_can_be_read_everywhere()
    {
        var (party, clock) = await StartAsync();
        await using var _ = party;
        Plan(party, EmulatorFaultKind.WebhookRotatedSecret);
        await ApproveAsync(party);
        await ApproveAsync(party, "user-43");

        var rotated = Assert.Single(party.Emulator.WebhookDestinations).Secret;
        Assert.Matches("^[A-Za-z0-9_-]{43}$", rotated);
        Assert.Equal(rotated, party.Emulator.WebhookSecret);
        Assert.All(party.Receiver.All, received =>
        {
            Assert.Equal(WebhookOutcome.SignatureMismatch, Deliveries.Outcome(received, clock));
            Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(received, clock, rotated));
        });
    }

    [Fact]
    public async Task A_stale_webhook_is_rightly_signed_and_too_old()
    {
        var (party, clock) = await StartAsync();
        await using var _ = party;
        Plan(party, EmulatorFaultKind.WebhookStaleTimestamp);
        await ApproveAsync(party);
        var received = Assert.Single(party.Receiver.All);
        Assert.Equal(1774970000 - 600, (long?)Deliveries.Body(received)["timestamp"]);
        Assert.Equal(WebhookOutcome.Stale, Deliveries.Outcome(received, clock));
        var then = new ManualTimeProvider(Deliveries.Start - TimeSpan.FromMinutes(10));
        Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(received, then));
    }

    [Theory]
    [InlineData(ApiEdition.Reference)]
    [InlineData(ApiEdition.Guide)]
    public async Task A_truncated_webhook_fails_for_its_json_and_not_for_its_signature(ApiEdition edition)
    {
        var (party, clock) = await StartAsync(edition);
        await using var _ = party;
        Plan(party, EmulatorFaultKind.WebhookTruncated);
        await ApproveAsync(party, "Jörg 😀😀😀");
        var received = Assert.Single(party.Receiver.All);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => Deliveries.Body(received));
        Assert.Equal(WebhookOutcome.Malformed, Deliveries.Outcome(received, clock));
    }

    [Theory]
    [InlineData(ApiEdition.Reference, null, 8 * 1024 * 1024)]
    [InlineData(ApiEdition.Reference, 300_000, 300_000)]
    [InlineData(ApiEdition.Guide, 300_000, 300_000)]
    public async Task A_huge_webhook_is_valid_but_for_its_size(ApiEdition edition, int? count, int expected)
    {
        var (party, clock) = await StartAsync(edition);
        await using var _ = party;
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.WebhookHuge, Count = count });
        await ApproveAsync(party, "Jörg");
        var received = Assert.Single(party.Receiver.All);
        Assert.Equal(expected, received.Body.Length);
        Assert.Equal(WebhookOutcome.TooLarge, Deliveries.Outcome(received, clock));
        Assert.Equal(WebhookOutcome.Valid, Deliveries.Verify(received, clock, maxBodyBytes: expected).Outcome);
    }

    [Fact]
    public async Task One_use_of_a_fault_strikes_an_event_at_all_of_its_destinations()
    {
        var (party, clock) = await StartAsync();
        await using var _ = party;
        await using var mirror = await Receiver.StartAsync();
        var other = party.Emulator.AddWebhookDestination(mirror.Url);
        Plan(party, EmulatorFaultKind.WebhookStaleTimestamp);
        await ApproveAsync(party);
        Assert.Equal(WebhookOutcome.Stale, Deliveries.Outcome(Assert.Single(party.Receiver.All), clock));
        Assert.Equal(WebhookOutcome.Stale, Deliveries.Outcome(Assert.Single(mirror.All), clock, other.Secret));
    }

    [Fact]
    public async Task Without_a_destination_no_fault_is_used_up()
    {
        var (party, _) = await StartAsync();
        await using var __ = party;
        party.Emulator.WebhookUrl = null;
        Plan(party, EmulatorFaultKind.WebhookDrop);
        await ApproveAsync(party);
        Assert.Single(party.Emulator.Faults.Planned);
        Assert.Empty(party.Emulator.Deliveries);
    }

    [Fact]
    public async Task A_delayed_webhook_of_a_destination_that_is_gone_is_not_sent()
    {
        var (party, clock) = await StartAsync();
        await using var _ = party;
        Plan(party, EmulatorFaultKind.WebhookDelay);
        await ApproveAsync(party);
        Assert.True(party.Emulator.RemoveWebhookDestination(party.Emulator.WebhookDestinations[0].Id));
        clock.Advance(TimeSpan.FromMinutes(1));
        await party.Emulator.WebhooksIdleAsync();
        Assert.Empty(party.Receiver.All);
    }

    [Fact]
    public async Task Disposing_ends_what_is_delayed()
    {
        var (party, clock) = await StartAsync();
        Plan(party, EmulatorFaultKind.WebhookDelay);
        await ApproveAsync(party);
        await party.DisposeAsync();
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(party.Emulator.Deliveries);
    }
}

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class SeveralDestinationsTests
{
    [Fact]
    public async Task Each_destination_gets_each_event_under_its_own_secret_and_the_same_event_id()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        await using var mirror = await Receiver.StartAsync();
        var other = party.Emulator.AddWebhookDestination(mirror.Url);
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);

        var first = Assert.Single(party.Receiver.All);
        var second = Assert.Single(mirror.All);
        Assert.Equal(first.Body, second.Body);
        Assert.NotEqual(first.Headers["X-Signature"], second.Headers["X-Signature"]);
        Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(first, clock));
        Assert.Equal(WebhookOutcome.SignatureMismatch, Deliveries.Outcome(first, clock, other.Secret));
        Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(second, clock, other.Secret));
        Assert.Equal(WebhookOutcome.SignatureMismatch, Deliveries.Outcome(second, clock));

        var eventId = (string?)Deliveries.Body(first)["event_id"];
        Assert.NotNull(eventId);
        Assert.All(party.Emulator.Deliveries, delivery => Assert.Equal(eventId, delivery.EventId));
        Assert.Equal(
            party.Emulator.WebhookDestinations.Select(destination => destination.Id).Order(StringComparer.Ordinal),
            party.Emulator.Deliveries.Select(delivery => delivery.DestinationId).Order(StringComparer.Ordinal));
        Assert.Equal(2, party.Emulator.Deliveries.Select(delivery => delivery.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task The_event_id_is_the_same_in_a_retry_and_another_in_the_next_event()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        party.Receiver.AnswerNext(500);
        var session = await party.CreatedKycAsync();
        await party.Emulator.OpenAsync(session.Id);
        await clock.WaitForTimerAsync(TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromMinutes(1));
        await Deliveries.LoggedAsync(party.Emulator, 2);
        await party.Emulator.CompleteAsync(session.Id);
        var ids = party.Receiver.All.Select(received => (string?)Deliveries.Body(received)["event_id"]).ToArray();
        Assert.Equal(3, ids.Length);
        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(ids[0], ids[2]);
    }

    [Fact]
    public async Task A_destination_that_is_disabled_or_subscribed_to_something_else_gets_nothing()
    {
        await using var party = await RelyingParty.StartAsync();
        await using var mirror = await Receiver.StartAsync();
        var other = party.Emulator.AddWebhookDestination(mirror.Url);
        Assert.True(party.Emulator.SetWebhookDestinationEnabled(other.Id, enabled: false));
        var first = await party.CreatedKycAsync("user-1");
        await party.Emulator.CompleteAsync(first.Id);
        Assert.Empty(mirror.All);

        party.Emulator.SetWebhookDestinationEnabled(other.Id, enabled: true);
        var (status, _) = await party.SendAsync(
            HttpMethod.Patch, $"/v3/webhook/destinations/{other.Id}/", """{"subscribed_events":["transaction.created"]}""");
        Assert.Equal(200, status);
        var second = await party.CreatedKycAsync("user-2");
        await party.Emulator.CompleteAsync(second.Id);
        Assert.Empty(mirror.All);
        Assert.Equal(2, party.Receiver.All.Count);
    }

    [Fact]
    public async Task A_destination_of_version_2_gets_singular_keys_and_a_valid_signature()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        await using var old = await Receiver.StartAsync();
        var pinned = party.Emulator.AddWebhookDestination(old.Url, version: "v2");
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);

        var received = Assert.Single(old.All);
        var decision = Deliveries.Body(received)["decision"]!.AsObject();
        Assert.Equal("Approved", (string?)decision["liveness"]!["status"]);
        Assert.Equal("Approved", (string?)decision["face_match"]!["status"]);
        Assert.True(decision.TryGetPropertyValue("ip_analysis", out var step));
        Assert.Null(step);
        Assert.DoesNotContain(decision, member => member.Key is "liveness_checks" or "face_matches" or "ip_analyses");
        Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(received, clock, pinned.Secret));
        Assert.NotNull(Deliveries.Body(Assert.Single(party.Receiver.All))["decision"]!["liveness_checks"]);
    }

    [Fact]
    public async Task Events_of_different_sessions_do_not_wait_for_each_other()
    {
        await using var party = await RelyingParty.StartAsync();
        var release = new TaskCompletionSource();
        var isFirst = 0;
        party.Receiver.Answer = _ => Interlocked.Increment(ref isFirst) == 1 ? release.Task : Task.CompletedTask;
        var slow = await party.CreatedKycAsync("slow");
        var waiting = party.Emulator.CompleteAsync(slow.Id);
        while (Volatile.Read(ref isFirst) == 0)
        {
            await Task.Yield();
        }

        var fast = await party.CreatedKycAsync("fast");
        await party.Emulator.CompleteAsync(fast.Id);
        Assert.False(waiting.IsCompleted);
        Assert.Equal(fast.Id, Assert.Single(party.Emulator.Deliveries).SessionId);
        release.SetResult();
        await waiting;
    }

    [Fact]
    public async Task The_url_of_the_options_is_the_first_destination_and_moves_with_the_property()
    {
        await using var party = await RelyingParty.StartAsync();
        var destination = Assert.Single(party.Emulator.WebhookDestinations);
        Assert.Equal(("Application default", party.Receiver.Url, true, "v3", RelyingParty.Secret),
            (destination.Label, destination.Url, destination.IsEnabled, destination.Version, destination.Secret));
        Assert.Equal("status.updated data.updated", string.Join(' ', destination.SubscribedEvents));

        var other = new Uri("https://elsewhere.example/hook");
        party.Emulator.WebhookUrl = other;
        Assert.Equal((destination.Id, other), (party.Emulator.WebhookDestinations[0].Id, party.Emulator.WebhookDestinations[0].Url));
        party.Emulator.WebhookUrl = null;
        Assert.Null(party.Emulator.WebhookUrl);
        Assert.False(Assert.Single(party.Emulator.WebhookDestinations).IsEnabled);

        Assert.True(party.Emulator.RemoveWebhookDestination(destination.Id));
        Assert.False(party.Emulator.RemoveWebhookDestination(destination.Id));
        Assert.Empty(party.Emulator.WebhookDestinations);
        party.Emulator.WebhookUrl = party.Receiver.Url;
        var again = Assert.Single(party.Emulator.WebhookDestinations);
        Assert.NotEqual(destination.Id, again.Id);
        Assert.Equal(RelyingParty.Secret, again.Secret);
    }

    [Fact]
    public async Task No_two_destinations_have_one_url_and_nonsense_is_refused()
    {
        await using var party = await RelyingParty.StartAsync();
        var taken = party.Receiver.Url;
        Assert.Throws<ArgumentException>("url", () => party.Emulator.AddWebhookDestination(taken));
        Assert.Throws<ArgumentException>("url", () => party.Emulator.AddWebhookDestination(new Uri("ftp://example.com/")));
        Assert.Throws<ArgumentException>("url", () => party.Emulator.AddWebhookDestination(new Uri("/relative", UriKind.Relative)));
        var url = new Uri("https://example.com/");
        Assert.Throws<ArgumentException>("version", () => party.Emulator.AddWebhookDestination(url, version: "v4"));
        Assert.ThrowsAny<ArgumentException>(() => party.Emulator.AddWebhookDestination(url, "too short"));
        party.Emulator.AddWebhookDestination(url);
        Assert.Throws<ArgumentException>("url", () => party.Emulator.WebhookUrl = url);
        Assert.Equal(taken, party.Emulator.WebhookUrl);
        Assert.False(party.Emulator.SetWebhookDestinationEnabled("unknown", enabled: true));
    }

    [Fact]
    public void No_destination_prints_its_secret()
    {
        var settings = new EmulatorSettings(new BiometricEmulatorOptions { WebhookUrl = new Uri("https://bank.example/") });
        var store = new DestinationStore(settings, new ChangeFeed());
        var shown = $"{store.All[0]} {store.Application.Change(changesUrl: true, new Uri("https://bank.example/"), null, rotates: false)}";
        Assert.DoesNotContain(store.All[0].Secret, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(store.Application.Now.Secret, shown, StringComparison.Ordinal);
    }
}

using System.Net;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Mvc.Testing;

namespace BiometricTwoFactor.Testing.Tests;

/// <summary>A verdict is one line, and the application has heard of it when the line ends.</summary>
public sealed class VerdictTests : IAsyncLifetime
{
    private static readonly byte[] NoFace = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0];

    private BiometricTestProvider _provider = null!;
    private WebApplicationFactory<Program> _app = null!;

    public async Task InitializeAsync()
    {
        _provider = await BiometricTestProvider.StartAsync();
        _app = new WebApplicationFactory<Program>().UseBiometricEmulator(_provider);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Theory]
    [InlineData(nameof(BiometricEmulatorExtensions.ApproveNextAsync), SessionStatus.Approved, "approved")]
    [InlineData(nameof(BiometricEmulatorExtensions.DeclineNextAsync), SessionStatus.Declined, "declined")]
    [InlineData(nameof(BiometricEmulatorExtensions.HoldNextAsync), SessionStatus.InReview, "held")]
    [InlineData(nameof(BiometricEmulatorExtensions.AbandonNextAsync), SessionStatus.Abandoned, "not-finished")]
    [InlineData(nameof(BiometricEmulatorExtensions.ExpireNextAsync), SessionStatus.Expired, "not-finished")]
    public async Task One_line_ends_the_next_session(string verdict, SessionStatus status, string state)
    {
        using var ada = await _app.SignedInAsync(_provider);
        await ada.StartedAsync();

        var emulator = _provider.Emulator;
        var finished = await (verdict switch
        {
            nameof(BiometricEmulatorExtensions.ApproveNextAsync) => emulator.ApproveNextAsync(),
            nameof(BiometricEmulatorExtensions.DeclineNextAsync) => emulator.DeclineNextAsync(),
            nameof(BiometricEmulatorExtensions.HoldNextAsync) => emulator.HoldNextAsync(),
            nameof(BiometricEmulatorExtensions.AbandonNextAsync) => emulator.AbandonNextAsync(),
            _ => emulator.ExpireNextAsync(),
        });

        Assert.Equal(status, finished.Session.Status);
        Assert.Equal($"{finished.Session.Id} {status.ToWire()}", finished.ToString());
        Assert.Contains(emulator.Deliveries, delivery => delivery.SessionId == finished.Session.Id && delivery.Status == status && delivery.Outcome == WebhookDeliveryOutcome.Accepted);
        var claimed = await ada.ClaimStepUpAsync(finished.Callback!);
        Assert.Equal(state, claimed.State);
        Assert.Equal(state == "approved", claimed.IsApproved);
    }

    [Fact]
    public async Task Any_scenario_can_be_named_and_an_unknown_one_is_refused_at_once()
    {
        using var ada = await _app.SignedInAsync(_provider);
        await ada.StartedAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => _provider.Emulator.FinishNextAsync("aprove"));
        var finished = await _provider.Emulator.FinishNextAsync(SandboxScenario.DeclineIpBlocklist);

        Assert.Equal(SessionStatus.Declined, finished.Session.Status);
    }

    [Fact]
    public async Task A_verdict_waits_for_the_session_that_is_yet_to_come()
    {
        using var ada = await _app.SignedInAsync(_provider);
        var verdict = _provider.Emulator.ApproveNextAsync();
        Assert.False(verdict.IsCompleted);

        await ada.StartedAsync();

        var claimed = await ada.ClaimStepUpAsync((await verdict).Callback!);
        Assert.True(claimed.IsApproved);
    }

    [Fact]
    public async Task The_oldest_unfinished_session_comes_first_and_one_users_can_be_asked_for()
    {
        using var ada = await _app.SignedInAsync(_provider, "ada");
        using var bob = await _app.SignedInAsync(_provider, "bob");
        using var eve = await _app.SignedInAsync(_provider, "eve");
        await ada.StartedAsync();
        await bob.StartedAsync();
        await eve.StartedAsync();

        var named = await _provider.Emulator.DeclineNextAsync("bob");
        var first = await _provider.Emulator.ApproveNextAsync();
        var last = await _provider.Emulator.ApproveNextAsync();

        Assert.Equal("bob ada eve", $"{named.Session.VendorData} {first.Session.VendorData} {last.Session.VendorData}");
    }

    [Fact]
    public async Task Several_verdicts_at_once_finish_different_sessions()
    {
        const int many = 16;
        foreach (var number in Enumerable.Range(0, many))
        {
            using var somebody = await _app.SignedInAsync(_provider, $"user-{number}");
            await somebody.StartedAsync();
        }

        var finished = await Task.WhenAll(Enumerable.Range(0, many).Select(_ => Task.Run(() => _provider.Emulator.ApproveNextAsync())));

        Assert.Equal(many, finished.Select(one => one.Session.Id).Distinct().Count());
        Assert.All(finished, one => Assert.Equal(SessionStatus.Approved, one.Session.Status));
    }

    [Fact]
    public async Task A_session_that_was_deleted_is_nobodys_next()
    {
        using var ada = await _app.SignedInAsync(_provider);
        await ada.StartedAsync();
        using var http = new HttpClient { BaseAddress = _provider.Emulator.BaseAddress };
        http.DefaultRequestHeaders.Add("x-api-key", _provider.Emulator.ApiKey);
        using var deleted = await http.DeleteAsync($"/v3/session/{_provider.Emulator.Sessions.Single().Id}/delete/");
        deleted.EnsureSuccessStatusCode();

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => _provider.Emulator.ApproveNextAsync(timeout: TimeSpan.FromMilliseconds(50)));

        Assert.Contains("(deleted)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_in_vain_says_what_was_there_and_names_nobody()
    {
        using var ada = await _app.SignedInAsync(_provider);
        await ada.StartedAsync();
        var finished = await _provider.Emulator.DeclineNextAsync();

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => _provider.Emulator.ApproveNextAsync("somebody-else", TimeSpan.FromMilliseconds(50)));

        Assert.Contains($"{finished.Session.Id} Declined", failure.Message, StringComparison.Ordinal);
        Assert.Contains("of the wanted user", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Customer.Ada, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("somebody-else", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(finished.Session.Token.Reveal(), failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_before_anything_happened_says_so()
    {
        var failure = await Assert.ThrowsAsync<TimeoutException>(() => _provider.Emulator.ApproveNextAsync(timeout: TimeSpan.FromMilliseconds(50)));
        Assert.Contains("There is no session at all.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        var verdict = _provider.Emulator.ApproveNextAsync(cancellationToken: cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => verdict);
    }

    [Fact]
    public async Task An_application_that_does_not_answer_its_webhook_is_named_as_that()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        using var silent = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        provider.Emulator.StoreFace("ada");
        using var http = new HttpClient { BaseAddress = provider.Emulator.BaseAddress };
        http.DefaultRequestHeaders.Add("x-api-key", provider.Emulator.ApiKey);
        using var body = new StringContent($$"""{"workflow_id":"{{EmulatedWorkflow.BiometricAuthenticationId}}","vendor_data":"ada"}""", null, "application/json");
        using var created = await http.PostAsync("/v3/session/", body);
        created.EnsureSuccessStatusCode();
        provider.Emulator.WebhookUrl = new Uri($"http://{silent.LocalEndpoint}/webhook");

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => provider.Emulator.ApproveNextAsync(timeout: TimeSpan.FromMilliseconds(200)));

        Assert.Contains("its webhook was not answered", failure.Message, StringComparison.Ordinal);
        Assert.Contains(provider.Emulator.Sessions.Single().Id.ToString(), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_shows_no_face_approves_nothing()
    {
        using var ada = await _app.SignedInAsync(_provider, "ada");
        using var bob = await _app.SignedInAsync(_provider, "bob");
        await ada.StartedAsync();
        await bob.StartedAsync();

        var judged = await _provider.Emulator.FinishNextAsync(NoFace, "ada");
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => _provider.Emulator.ApproveNextAsync(NoFace, "bob"));

        Assert.Equal(SessionStatus.Declined, judged.Session.Status);
        Assert.Contains("Declined", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_approves_where_it_is_the_same_face()
    {
        // The scores are set: what the matcher makes of two photographs is tested where photographs are.
        await using var provider = await BiometricTestProvider.StartAsync(options => (options.FaceMatchScore, options.LivenessScore) = (97m, 98m));
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider);
        provider.Emulator.StoreFace(Customer.Ada, NoFace);
        using var ada = await app.SignedInAsync();
        await ada.StartedAsync();

        var finished = await provider.Emulator.ApproveNextAsync(NoFace);

        Assert.Equal(SessionStatus.Approved, finished.Session.Status);
        Assert.True((await ada.ClaimStepUpAsync(finished.Callback!)).IsApproved);
    }

    [Fact]
    public async Task A_review_is_ended_by_the_operator()
    {
        using var ada = await _app.SignedInAsync(_provider);
        await ada.StartedAsync();
        var held = await _provider.Emulator.HoldNextAsync();
        await ada.ClaimStepUpAsync(held.Callback!);

        await _provider.Emulator.ReviewAsync(held.Session.Id, approved: false);

        Assert.Equal("declined", (await ada.ClaimStepUpAsync(held.Callback!)).State ?? "nothing");
    }

    [Fact]
    public async Task A_claim_from_another_browser_ends_the_challenge()
    {
        using var ada = await _app.SignedInAsync(_provider);
        using var mallory = await _app.SignedInAsync(_provider, "mallory");
        await ada.StartedAsync();
        var finished = await _provider.Emulator.ApproveNextAsync();

        var stolen = await mallory.ClaimStepUpAsync(finished.Callback!);
        var late = await ada.ClaimStepUpAsync(finished.Callback!);

        Assert.Equal(HttpStatusCode.NotFound, stolen.Status);
        Assert.False(late.IsApproved);
    }

    [Fact]
    public async Task A_claim_without_a_verdict_ends_in_time_although_the_clock_stands()
    {
        using var ada = await _app.SignedInAsync(_provider);
        var started = await ada.StartedAsync();
        var session = _provider.Emulator.Sessions.Single(one => one.HostedPage == started.HostedPage);
        await _provider.Emulator.OpenAsync(session.Id);

        await Assert.ThrowsAsync<TimeoutException>(() => ada.ClaimStepUpAsync(new Uri(session.Callback!), TimeSpan.FromMilliseconds(200)));
    }

    [Fact]
    public async Task The_clock_of_provider_and_application_is_one()
    {
        using var ada = await _app.SignedInAsync(_provider);
        await ada.StartedAsync();
        var finished = await _provider.Emulator.ApproveNextAsync();

        _provider.Clock.Advance(TimeSpan.FromMinutes(11)); // longer than a capture may take

        Assert.False((await ada.ClaimStepUpAsync(finished.Callback!)).IsApproved);
        Assert.Equal(_provider.Clock.GetUtcNow() - TimeSpan.FromMinutes(11), _provider.Emulator.Sessions.Single().CreatedAt);
    }

    [Fact]
    public async Task A_lost_webhook_comes_again_when_the_clock_has_moved()
    {
        using var ada = await _app.SignedInAsync(_provider);
        await ada.StartedAsync();
        var address = _provider.Emulator.WebhookUrl!;
        _provider.Emulator.WebhookUrl = new Uri(address, "/nothing-here");
        var finished = await _provider.Emulator.ApproveNextAsync();
        Assert.Equal(WebhookDeliveryOutcome.Failed, _provider.Emulator.Deliveries[^1].Outcome);

        await _provider.Clock.WaitForTimerAsync(TimeSpan.FromMinutes(1));
        _provider.Clock.Advance(TimeSpan.FromMinutes(1));
        await _provider.Clock.WaitForTimerAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(2, _provider.Emulator.Deliveries.Count(delivery => delivery.SessionId == finished.Session.Id));
    }

    [Fact]
    public async Task A_clock_of_the_tests_own_is_shared_as_well()
    {
        await using var provider = await BiometricTestProvider.StartAsync(options => options.TimeProvider = TimeProvider.System);
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider);
        using var ada = await app.SignedInAsync(provider);

        using var answer = await ada.SendWithFaceAsync(provider.Emulator, () => Customer.Call());

        Assert.Equal("paid 250.00", await answer.Content.ReadAsStringAsync());
        Assert.Throws<InvalidOperationException>(() => provider.Clock);
    }
}

using System.Net;
using System.Reflection;
using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BiometricTwoFactor.Testing.Tests;

/// <summary>The client for unit tests: no host, no socket.</summary>
public sealed class FakeBiometricClientTests
{
    private const string Workflow = "wf";
    private const string User = "user-42";

    private readonly TestClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeBiometricClient _fake;

    public FakeBiometricClientTests() => _fake = new FakeBiometricClient(_clock);

    [Fact]
    public void Held_back_is_what_a_test_says()
    {
        Assert.False(_fake.IsHeldBack);
        _fake.HeldBack = true;
        Assert.True(_fake.IsHeldBack);
    }

    [Fact]
    public void Every_method_of_the_client_is_its_own()
    {
        var inherited = typeof(FakeBiometricClient).GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(method => method.IsVirtual && method.GetBaseDefinition().DeclaringType == typeof(BiometricClient) && method.DeclaringType != typeof(FakeBiometricClient))
            .Select(method => method.Name);
        Assert.Empty(inherited);
        Assert.True(typeof(FakeBiometricClient).IsSealed);
        Assert.Equal(10, typeof(BiometricClient).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Count(method => method.IsVirtual));
    }

    [Fact]
    public async Task A_session_is_not_started_until_the_test_ends_it()
    {
        var session = await _fake.CreateSessionAsync(Login());
        Assert.Equal(SessionStatus.NotStarted, session.Status);
        Assert.Equal("Not Started", session.StatusText);
        Assert.Equal("invalid", session.Url.Reveal().Host.Split('.')[^1]);

        var open = await _fake.GetDecisionAsync(session.SessionId);
        Assert.Equal(SessionStatus.NotStarted, open.Status);
        Assert.Empty(open.FaceMatches);

        _fake.Approve(session.SessionId);

        Assert.Equal(SessionStatus.Approved, (await _fake.GetDecisionAsync(session.SessionId)).Status);
        _fake.Decline(session.SessionId);
        Assert.Equal(FeatureStatus.Declined, (await _fake.GetDecisionAsync(session.SessionId)).FaceMatches.Single().Status);
    }

    [Fact]
    public async Task An_approval_says_all_that_an_approval_says()
    {
        var payment = Transaction.Create("247.50", "EUR", "DE89370400440532013000", "Nora", "invoice 7");
        _fake.Verdict = FakeVerdict.Approved;
        var session = await _fake.CreateSessionAsync(CreateSessionRequest.ForScaPayment(Workflow, User, payment) with
        {
            Reason = "high_value_txn",
            Nonce = "n-1",
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["branch"] = "7" },
        });

        var decision = await _fake.GetDecisionAsync(session.SessionId);

        Assert.Equal(session.SessionId, decision.SessionId);
        Assert.Equal(User, decision.VendorData);
        Assert.Equal(Workflow, decision.WorkflowId);
        Assert.Equal(ProviderEnvironment.Sandbox, decision.Environment);
        Assert.True(decision.HasEnvironment);
        Assert.False(decision.IsGuideShape);
        Assert.Equal(EchoResult.Matched, EchoCheck.Compare(payment, decision.Metadata));
        Assert.Equal("payment", decision.Metadata.GetString("purpose"));
        Assert.Equal("high_value_txn", decision.Metadata.GetString("reason"));
        Assert.Equal("n-1", decision.Metadata.GetString("nonce"));
        Assert.Equal("7", decision.Metadata.GetString("branch"));
        Assert.True(decision.LivenessChecks.Single() is { Status: FeatureStatus.Approved, Method: LivenessMethod.Passive, HasMethod: true });
        Assert.True(decision.FaceMatches.Single().Similarity > Score.FromPercent(80));
        Assert.True(decision.IpAnalyses.Single() is { Status: FeatureStatus.Approved, IsVpnOrTor: false, IsDataCenter: false });
        Assert.Empty(decision.IdVerifications);
        Assert.Equal(_clock.GetUtcNow(), decision.CreatedAt);
    }

    [Fact]
    public async Task An_enrolment_shows_a_document_and_a_login_says_so()
    {
        _fake.Verdict = FakeVerdict.Approved;
        var enrolment = await _fake.CreateSessionAsync(CreateSessionRequest.ForEnrolment(Workflow, User));
        var login = await _fake.CreateSessionAsync(CreateSessionRequest.ForScaLogin(Workflow, User, "digest"));

        Assert.Equal("Carmen", (await _fake.GetDecisionAsync(enrolment.SessionId)).IdVerifications.Single().FirstName);
        Assert.Equal("login", (await _fake.GetDecisionAsync(login.SessionId)).Metadata.GetString("purpose"));
    }

    [Fact]
    public async Task Verdicts_are_scripted_one_session_after_the_other()
    {
        _fake.Verdict = FakeVerdict.Approved;
        _fake.Script(FakeVerdict.Declined, null, FakeVerdict.Approved with { FaceMatches = [] });

        var statuses = new List<SessionStatus>();
        for (var i = 0; i < 4; i++)
        {
            statuses.Add((await _fake.CreateSessionAsync(Login($"user-{i}"))).Status);
        }

        Assert.Equal([SessionStatus.Declined, SessionStatus.NotStarted, SessionStatus.Approved, SessionStatus.Approved], statuses);
        Assert.Empty((await _fake.GetDecisionAsync(_fake.Sessions[2])).FaceMatches);
    }

    [Fact]
    public async Task Anything_at_all_can_be_said_about_a_session()
    {
        var session = await _fake.CreateSessionAsync(Login());
        var odd = new SessionDecision { SessionId = session.SessionId, Status = SessionStatus.Unknown, StatusText = "approved" };

        _fake.Decide(session.SessionId, odd);

        Assert.Same(odd, await _fake.GetDecisionAsync(session.SessionId));
        Assert.Throws<ArgumentException>(() => _fake.Approve(SessionId.Parse("unknown")));
    }

    [Fact]
    public async Task An_unfinished_session_comes_back_with_its_metadata_overwritten()
    {
        var first = await _fake.CreateSessionAsync(Login() with { Nonce = "one" });
        var second = await _fake.CreateSessionAsync(Login() with { Nonce = "two" });
        var other = await _fake.CreateSessionAsync(CreateSessionRequest.ForReauthentication("another", User, "settings_change"));
        _fake.Approve(first.SessionId);
        var third = await _fake.CreateSessionAsync(Login() with { Nonce = "three" });

        Assert.Equal(first.SessionId, second.SessionId);
        Assert.Equal("two", (await _fake.GetDecisionAsync(first.SessionId)).Metadata.GetString("nonce"));
        Assert.Equal(3, new[] { first.SessionId, other.SessionId, third.SessionId }.Distinct().Count());
    }

    [Fact]
    public async Task Calls_are_remembered_with_what_was_asked()
    {
        var request = Login();
        var session = await _fake.CreateSessionAsync(request);
        await _fake.GetDecisionAsync(session.SessionId);
        await _fake.DeleteUserAsync(User);
        await Assert.ThrowsAsync<BiometricException>(() => _fake.GetDecisionAsync(session.SessionId));

        Assert.Same(request, Assert.Single(_fake.CreateRequests));
        Assert.Equal(
            [nameof(BiometricClient.CreateSessionAsync), nameof(BiometricClient.GetDecisionAsync), nameof(BiometricClient.DeleteUserAsync), nameof(BiometricClient.GetDecisionAsync)],
            _fake.Calls.Select(call => call.Method));
        Assert.Equal(session.SessionId, _fake.Calls[0].SessionId);
        Assert.Equal(User, _fake.Calls[2].Request);
        Assert.DoesNotContain(User, string.Join('\n', _fake.Calls), StringComparison.Ordinal);
        Assert.Null(_fake.Calls[2].Failure);
        Assert.Equal(BiometricErrorCode.NotFound, Assert.IsType<BiometricException>(_fake.Calls[3].Failure).Code);
    }

    [Fact]
    public async Task Failures_are_planned_once_each_for_a_method_or_for_whichever_comes()
    {
        var planned = new TimeoutException("mine");
        _fake.FailNext(BiometricErrorCode.RateLimited, nameof(BiometricClient.GetDecisionAsync), TimeSpan.FromSeconds(9));
        _fake.FailNext(planned);

        Assert.Same(planned, await Assert.ThrowsAsync<TimeoutException>(() => _fake.CreateSessionAsync(Login())));
        var session = await _fake.CreateSessionAsync(Login());
        var limited = await Assert.ThrowsAsync<BiometricException>(() => _fake.GetDecisionAsync(session.SessionId));
        Assert.Equal(BiometricErrorCode.RateLimited, limited.Code);
        Assert.Equal(TimeSpan.FromSeconds(9), limited.RetryAfter);
        await _fake.GetDecisionAsync(session.SessionId);
        Assert.Throws<ArgumentException>(() => _fake.FailNext(planned, "GetDecision"));
    }

    [Fact]
    public async Task What_the_real_client_refuses_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _fake.CreateSessionAsync(Login() with { Callback = new Uri("/done", UriKind.Relative) }));
        await Assert.ThrowsAsync<ArgumentException>(() => _fake.CreateSessionAsync(
            Login() with { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["amount"] = "1" } }));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _fake.CreateSessionAsync(null!));
        await Assert.ThrowsAsync<ArgumentException>(() => _fake.GetDecisionAsync(default));
        await Assert.ThrowsAsync<ArgumentException>(() => _fake.DeleteSessionAsync(default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _fake.DeleteUserAsync(""));
        Assert.Empty(_fake.Sessions);
    }

    [Fact]
    public async Task A_cancelled_call_does_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _fake.CreateSessionAsync(Login(), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in _fake.ListSessionsAsync(cancellationToken: cancelled))
            {
            }
        });
        Assert.Empty(_fake.Sessions);
        Assert.Empty(_fake.Calls);
    }

    [Fact]
    public async Task Lists_and_deletions_see_the_same_sessions()
    {
        var ada = await _fake.CreateSessionAsync(Login("ada"));
        var bob = await _fake.CreateSessionAsync(Login("bob"));
        _fake.Approve(bob.SessionId);

        Assert.Equal([bob.SessionId, ada.SessionId], await ListAsync(null));
        Assert.Equal([ada.SessionId], await ListAsync(new SessionFilter { VendorData = "ada", WorkflowId = Workflow }));
        Assert.Equal([bob.SessionId], await ListAsync(new SessionFilter { Status = SessionStatus.Approved, DateFrom = new DateOnly(2026, 3, 1), DateTo = new DateOnly(2026, 3, 1) }));
        Assert.Empty(await ListAsync(new SessionFilter { DateFrom = new DateOnly(2026, 3, 2) }));
        Assert.Equal([bob.SessionId], await ListAsync(new SessionFilter { Search = "BOB" }));

        Assert.True(await _fake.DeleteSessionAsync(ada.SessionId));
        Assert.False(await _fake.DeleteSessionAsync(ada.SessionId));
        Assert.True(await _fake.DeleteUserAsync("bob"));
        Assert.False(await _fake.DeleteUserAsync("bob"));
        Assert.Empty(_fake.Sessions);
    }

    [Fact]
    public async Task A_review_is_decided_by_hand_and_steps_can_be_sent_back()
    {
        _fake.Verdict = FakeVerdict.InReview;
        var session = await _fake.CreateSessionAsync(Login());

        await _fake.UpdateStatusAsync(session.SessionId, new UpdateStatusRequest(SessionStatus.Approved));
        var decision = await _fake.GetDecisionAsync(session.SessionId);
        Assert.Equal(SessionStatus.Approved, decision.Status);
        Assert.Equal(FeatureStatus.Approved, decision.FaceMatches.Single().Status);
        Assert.Equal(65.43m, decision.FaceMatches.Single().Similarity!.Value.Percent);

        var same = await Assert.ThrowsAsync<BiometricException>(() => _fake.UpdateStatusAsync(session.SessionId, new UpdateStatusRequest(SessionStatus.Approved)));
        Assert.Equal(BiometricErrorCode.InvalidRequest, same.Code);

        await _fake.UpdateStatusAsync(session.SessionId, new UpdateStatusRequest(SessionStatus.Resubmitted));
        Assert.Equal(SessionStatus.Resubmitted, (await _fake.GetDecisionAsync(session.SessionId)).Status);
        Assert.Equal(session.SessionId, (await _fake.CreateSessionAsync(Login())).SessionId);
    }

    [Fact]
    public async Task Faces_liveness_and_reports_are_answered()
    {
        using var picture = new MemoryStream();
        var image = new FaceImage(picture, "a.jpg");
        Assert.Equal(FeatureStatus.Approved, (await _fake.MatchFacesAsync(new FaceMatchRequest(image, image))).Status);
        _fake.FaceMatchAnswer = new FaceMatchResult { Status = FeatureStatus.Declined };
        Assert.Equal(FeatureStatus.Declined, (await _fake.MatchFacesAsync(new FaceMatchRequest(image, image))).Status);
        Assert.Equal(95m, (await _fake.CheckPassiveLivenessAsync(new PassiveLivenessRequest(image))).Score!.Value.Percent);

        var session = await _fake.CreateSessionAsync(Login());
        Assert.Equal(403, (await Assert.ThrowsAsync<BiometricException>(() => _fake.GetReportAsync(session.SessionId))).Status);
        _fake.Approve(session.SessionId);
        await using var report = await _fake.GetReportAsync(session.SessionId);
        using var text = new StreamReader(report);
        Assert.StartsWith("%PDF", await text.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_sdks_own_judge_takes_its_verdicts_as_they_are(bool approved)
    {
        // The whole application, with no provider at all behind it.
        var fake = new FakeBiometricClient();
        await using var app = new WebApplicationFactory<Program>().WithWebHostBuilder(web => web
            .UseSetting("Biometric:Environment", "Sandbox")
            .ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<BiometricClient>(fake))));
        using var ada = await app.SignedInAsync();
        using var call = Customer.Call();
        using var asked = await ada.SendAsync(call);
        var started = await ada.StartStepUpAsync(asked);

        fake.Finish(fake.Sessions.Single(), approved ? FakeVerdict.Approved : FakeVerdict.DeclinedAttack);
        var claimed = await ada.ClaimStepUpAsync(fake.CreateRequests.Single().Callback!);

        Assert.Equal(approved ? "approved" : "declined", claimed.State);
        using var again = Customer.Call();
        again.Headers.Add("Biometric-Challenge", started.ChallengeId);
        using var answer = await ada.SendAsync(again);
        Assert.Equal(approved ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(approved ? 1 : 0, app.Executed().Count);
    }

    private static CreateSessionRequest Login(string user = User) => CreateSessionRequest.ForReauthentication(Workflow, user, "login_new_device");

    private async Task<IReadOnlyList<SessionId>> ListAsync(SessionFilter? filter)
    {
        List<SessionId> found = [];
        await foreach (var session in _fake.ListSessionsAsync(filter))
        {
            found.Add(session.SessionId);
        }

        return found;
    }
}

namespace BiometricTwoFactor.Tests.Client;

public sealed class CreateSessionAnswerTests
{
    private static readonly CreateSessionRequest Request = CreateSessionRequest.ForEnrolment("wf", "user-1");

    private static async Task<BiometricSession> CreateAsync(string answer, Action<BiometricClientOptions>? configure = null)
    {
        using var harness = new ClientHarness(configure);
        harness.Network.Then(201, answer);
        return await harness.Client.CreateSessionAsync(Request);
    }

    private static string AnswerWith(string url) => "{\"session_id\":\"s-1\",\"url\":\"" + url + "\"}";

    [Fact]
    public async Task The_references_answer_is_read_whole()
    {
        var session = await CreateAsync(ClientHarness.CreatedBody);
        Assert.Equal(ClientHarness.SessionUuid, session.SessionId.ToString());
        Assert.Equal("https://verify.didit.me/en/session/CANARYtoken1", session.Url.Reveal().AbsoluteUri);
        Assert.Equal("CANARYtoken1", session.SessionToken!.Reveal());
        Assert.Equal(SessionStatus.NotStarted, session.Status);
        Assert.Equal("Not Started", session.StatusText);
        Assert.Equal("user-1", session.VendorData);
        Assert.Equal("wf", session.WorkflowId);
        Assert.Equal(3, session.WorkflowVersion);
        Assert.Equal(7, session.SessionNumber);
        Assert.Equal("n-1", session.Metadata.GetString(SessionMetadataNames.Nonce));
        Assert.Equal("***", session.Url.ToString());
    }

    [Fact]
    public async Task The_guides_answer_needs_no_more_than_id_and_session_url()
    {
        var session = await CreateAsync("{\"session_id\":\"abc-1\",\"session_url\":\"https://verify.didit.me/session/x\"}");
        Assert.Equal("abc-1", session.SessionId.ToString());
        Assert.Equal("https://verify.didit.me/session/x", session.Url.Reveal().AbsoluteUri);
        Assert.Null(session.SessionToken);
        Assert.Equal(SessionStatus.Unknown, session.Status);
    }

    [Theory]
    [InlineData("https://evil.example/session/x")]
    [InlineData("https://verify.didit.me.evil.example/x")]
    [InlineData("https://sub.verify.didit.me/x")]
    [InlineData("https://verify.didit.me@evil.example/x")]
    [InlineData("https://user:pw@verify.didit.me/x")]
    [InlineData("https://verify.didit.me:8443/x")]
    [InlineData("http://verify.didit.me/x")]
    [InlineData("http://127.0.0.1:5000/x")]
    [InlineData("https://localhost/x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/relative")]
    public async Task A_page_that_is_not_on_an_allowed_host_over_https_is_refused(string url)
    {
        var refusal = await Assert.ThrowsAsync<BiometricException>(() => CreateAsync(AnswerWith(url)));
        Assert.Equal(BiometricErrorCode.UntrustedPage, refusal.Code);
        Assert.DoesNotContain(url, refusal.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Configured_hosts_take_the_place_of_the_default()
    {
        var session = await CreateAsync(AnswerWith("https://face.bank.example/x"), options => options.HostedPageHosts.Add("face.bank.example"));
        Assert.Equal("face.bank.example", session.Url.Reveal().Host);
        var refusal = await Assert.ThrowsAsync<BiometricException>(
            () => CreateAsync(AnswerWith("https://verify.didit.me/x"), options => options.HostedPageHosts.Add("face.bank.example")));
        Assert.Equal(BiometricErrorCode.UntrustedPage, refusal.Code);
    }

    [Fact]
    public async Task Pages_on_this_machine_are_allowed_when_the_provider_is_on_this_machine()
    {
        var session = await CreateAsync(AnswerWith("http://localhost:5001/s/x"), options => options.BaseAddress = new Uri("http://127.0.0.1:5001"));
        Assert.Equal(5001, session.Url.Reveal().Port);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<html>hello</html>")]
    [InlineData("{\"session_id\":\"s-1\"}")]
    [InlineData("{\"url\":\"https://verify.didit.me/x\"}")]
    [InlineData("{\"session_id\":\"../admin\",\"url\":\"https://verify.didit.me/x\"}")]
    [InlineData("{\"session_id\":\"s-1\",\"url\":5}")]
    [InlineData("{\"session_id\":\"s-1\",\"url\":\"https://verify.didit.me/x\"")]
    [InlineData("{\"session_id\":\"s-1\",\"url\":\"https://verify.didit.me/x\",\"url\":\"https://verify.didit.me/x\"}")]
    [InlineData("{\"session_id\":\"s-1\",\"url\":\"https://verify.didit.me/x\",\"session_url\":\"https://verify.didit.me/y\"}")]
    public async Task A_success_that_is_no_session_is_an_invalid_answer(string answer)
    {
        var refusal = await Assert.ThrowsAsync<BiometricException>(() => CreateAsync(answer));
        Assert.Equal(BiometricErrorCode.InvalidAnswer, refusal.Code);
        Assert.Equal(201, refusal.Status);
    }
}

using System.Net.Http.Headers;
using BiometricTwoFactor.Tests.Client;
using BiometricTwoFactor.Tests.Support;

namespace BiometricTwoFactor.Tests.Http;

public sealed class ErrorShapeTests
{
    private static async Task<BiometricException> RefusalOf(int status, string body, Action<HttpResponseMessage>? change = null)
    {
        using var harness = new ClientHarness();
        harness.Network.Then(status, body, change);
        var refusal = await Assert.ThrowsAsync<BiometricException>(
            () => harness.Client.CreateSessionAsync(CreateSessionRequest.ForEnrolment("wf", "u")));
        Assert.Single(harness.Network.Sent);
        return refusal;
    }

    [Theory]
    [InlineData("{\"workflow_id\":[\"This field is required.\"]}", BiometricErrorCode.InvalidRequest, "workflow_id")]
    [InlineData("{\"workflow_id\":\"Invalid workflow_id.\"}", BiometricErrorCode.InvalidRequest, "workflow_id")]
    [InlineData("{\"expected_details\":{\"address\":[\"x\"]},\"language\":[\"y\"]}", BiometricErrorCode.InvalidRequest, "expected_details,language")]
    [InlineData("{\"vendor_data\":\"This user is blocked and cannot start a session.\"}", BiometricErrorCode.BlockedUser, "vendor_data")]
    [InlineData("{\"portrait_image\":\"No stored face image was found for this user.\"}", BiometricErrorCode.NoStoredFace, "portrait_image")]
    [InlineData("{\"detail\":\"You don't have enough credits to perform this action.\"}", BiometricErrorCode.OutOfCredit, "")]
    [InlineData("{\"detail\":[\"You don't have enough credits to perform this action.\"]}", BiometricErrorCode.OutOfCredit, "")]
    [InlineData("{\"error\":\"Something\"}", BiometricErrorCode.InvalidRequest, "")]
    [InlineData("[\"Session already has this status.\"]", BiometricErrorCode.InvalidRequest, "")]
    [InlineData("<!doctype html><html><body>Bad Request</body></html>", BiometricErrorCode.InvalidRequest, "")]
    [InlineData("", BiometricErrorCode.InvalidRequest, "")]
    [InlineData("{\"workflow_id\":[\"This fie", BiometricErrorCode.InvalidRequest, "workflow_id")]
    [InlineData("\"text\"", BiometricErrorCode.InvalidRequest, "")]
    [InlineData("{\"detail\":\"\\ud800\"}", BiometricErrorCode.InvalidRequest, "")]
    public async Task Every_shape_of_a_400_becomes_the_one_exception(string body, BiometricErrorCode code, string fields)
    {
        var refusal = await RefusalOf(400, body);
        Assert.Equal(code, refusal.Code);
        Assert.Equal(400, refusal.Status);
        Assert.Equal(fields, string.Join(',', refusal.Fields));
    }

    [Theory]
    [InlineData(401, "{\"detail\":\"Invalid token.\"}", BiometricErrorCode.NotAuthorised)]
    [InlineData(403, "{\"detail\":\"You do not have permission to perform this action.\"}", BiometricErrorCode.NotAuthorised)]
    [InlineData(403, "{\"error\":\"You don't have enough credits.\"}", BiometricErrorCode.OutOfCredit)]
    [InlineData(404, "{\"detail\":\"Not found.\"}", BiometricErrorCode.NotFound)]
    [InlineData(404, "<html>Not Found</html>", BiometricErrorCode.NotFound)]
    [InlineData(413, "", BiometricErrorCode.InvalidRequest)]
    [InlineData(429, "{\"detail\":\"Session creation rate limit exceeded.\"}", BiometricErrorCode.RateLimited)]
    [InlineData(500, "<html>", BiometricErrorCode.ProviderError)]
    [InlineData(503, "", BiometricErrorCode.ProviderError)]
    [InlineData(301, "", BiometricErrorCode.Redirected)]
    [InlineData(307, "", BiometricErrorCode.Redirected)]
    public async Task Every_status_has_its_code(int status, string body, BiometricErrorCode code)
    {
        var refusal = await RefusalOf(status, body, response =>
        {
            if (status is 301 or 307)
            {
                response.Headers.Location = new Uri("https://evil.example/v3/session/");
            }
        });
        Assert.Equal(code, refusal.Code);
        Assert.Equal(status, refusal.Status);
    }

    [Fact]
    public async Task The_providers_request_id_and_its_wait_are_handed_on()
    {
        var refusal = await RefusalOf(429, "", response =>
        {
            response.Headers.Add("X-Request-Id", "req-7.a_B");
            response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(17));
        });
        Assert.Equal("req-7.a_B", refusal.RequestId);
        Assert.Equal(TimeSpan.FromSeconds(17), refusal.RetryAfter);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("<script>")]
    [InlineData("")]
    public async Task A_request_id_that_does_not_look_like_one_is_dropped(string header) =>
        Assert.Null((await RefusalOf(400, "", response => response.Headers.TryAddWithoutValidation("X-Request-Id", header))).RequestId);

    [Fact]
    public async Task Names_that_are_no_field_names_are_not_repeated()
    {
        var refusal = await RefusalOf(400, "{\"John Smith\":[\"x\"],\"A-B\":1,\"vendor_data\":[\"x\"]}");
        Assert.Equal(["vendor_data"], refusal.Fields);
        Assert.DoesNotContain("John", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_most_sixteen_fields_are_named()
    {
        var body = "{" + string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"f{i}\":[\"x\"]")) + "}";
        Assert.Equal(16, (await RefusalOf(400, body)).Fields.Count);
    }
}

using System.Text;

namespace BiometricTwoFactor.Tests.Client;

/// <summary>Nothing that must stay unseen is seen (attack 65), on any way a call can end.</summary>
public sealed class CanaryTests
{
    private static readonly string[] Canaries = ["CANARY", Convert.ToBase64String("\xFF\xD8\xFF CANARY-portrait"u8.ToArray())[..12], "AcmeCanaryPayee", "ES91CANARY"];

    private static CreateSessionRequest Request(PortraitImage portrait) => CreateSessionRequest.ForScaPayment(
        "wf", "CANARY-user", Transaction.Create(247.5m, "EUR", "ES91CANARY", "AcmeCanaryPayee", "CANARY-reference")) with
    {
        Portrait = portrait,
        Nonce = "CANARY-nonce",
        Callback = new Uri("https://bank.example/CANARY"),
        ContactDetails = new ContactDetails { Email = "CANARY@bank.example" },
        ExpectedDetails = new ExpectedDetails { LastName = "CANARY" },
    };

    private static byte[] Portrait() => [0xFF, 0xD8, 0xFF, .. Encoding.ASCII.GetBytes(" CANARY-portrait")];

    private static void AssertClean(string text) =>
        Assert.All(Canaries, canary => Assert.DoesNotContain(canary, text, StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData(201, "{\"session_id\":\"s-1\",\"session_token\":\"CANARYtoken\",\"url\":\"https://evil.example/CANARY\"}")]
    [InlineData(201, "{\"session_id\":\"CANARY CANARY\",\"url\":\"https://verify.didit.me/CANARY\"}")]
    [InlineData(201, "CANARY not json")]
    [InlineData(302, "CANARY")]
    [InlineData(400, "{\"vendor_data\":[\"CANARY is wrong\"]}")]
    [InlineData(400, "{\"detail\":\"CANARY\"}")]
    [InlineData(400, "{\"CANARY name\":[\"CANARY is wrong\"]}")]
    [InlineData(400, "[\"CANARY\"]")]
    [InlineData(403, "{\"error\":\"CANARY enough credits\"}")]
    [InlineData(500, "<html>CANARY</html>")]
    [InlineData(500, "{\"detail\":\"CANA")]
    public async Task A_call_that_fails_tells_nothing(int status, string body)
    {
        using var harness = new ClientHarness();
        using var portrait = PortraitImage.FromBytes(Portrait());
        harness.Network.Then(status, body, response =>
        {
            response.ReasonPhrase = "CANARY";
            response.Headers.TryAddWithoutValidation("X-Request-Id", "CANARY id");
            response.Headers.Location = new Uri("https://evil.example/CANARY");
        });
        var failure = await Assert.ThrowsAsync<BiometricException>(() => harness.Client.CreateSessionAsync(Request(portrait)));
        AssertClean(failure.ToString());
        Assert.Empty(failure.Data);
        Assert.NotEmpty(harness.Log.Lines);
        Assert.All(harness.Log.Lines, AssertClean);
    }

    [Fact]
    public async Task A_call_that_finds_nobody_tells_nothing()
    {
        using var harness = new ClientHarness();
        using var portrait = PortraitImage.FromBytes(Portrait());
        harness.Network.ThenThrow(new HttpRequestException("Connection refused (verification.didit.me:443)"));
        var failure = await Assert.ThrowsAsync<BiometricException>(() => harness.Client.CreateSessionAsync(Request(portrait)));
        AssertClean(failure.ToString());
        Assert.NotEmpty(harness.Log.Lines);
        Assert.All(harness.Log.Lines, AssertClean);
    }

    [Fact]
    public async Task Calls_that_succeed_tell_nothing_either()
    {
        using var harness = new ClientHarness();
        using var portrait = PortraitImage.FromBytes(Portrait());
        harness.Network.Then(201, ClientHarness.CreatedBody)
            .Then(200, "{\"session_id\":\"s\",\"status\":\"Declined\",\"vendor_data\":\"CANARY\"}")
            .Then(200, "{\"next\":null,\"results\":[{\"session_id\":\"s\",\"vendor_data\":\"CANARY\"}]}")
            .Then(204);
        var request = Request(portrait);
        var session = await harness.Client.CreateSessionAsync(request);
        await harness.Client.GetDecisionAsync(ClientHarness.Session);
        await foreach (var found in harness.Client.ListSessionsAsync(new SessionFilter { VendorData = "CANARY", Search = "CANARY" }))
        {
            AssertClean(found.ToString());
        }

        await harness.Client.DeleteUserAsync("CANARY");
        Assert.NotEmpty(harness.Log.Lines);
        Assert.All(harness.Log.Lines, AssertClean);
        object[] printed =
        [
            session, session.Url, session.SessionToken!, session.Metadata, request, request.Transaction!, request.Transaction!.Items[0],
            request.ContactDetails!, request.ExpectedDetails!, portrait, new SessionFilter { VendorData = "CANARY" },
            new BiometricClientOptions { ApiKey = ClientHarness.Key },
        ];
        Assert.All(printed, thing => AssertClean(thing.ToString()!));
    }
}

using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Secrets change without a restart, and end when they say so (R-39, attack 43).</summary>
public sealed class SecretRotationTests
{
    private const string NewSecret = "whsec-that-comes-later-0123456789-0123456789-b";

    [Fact]
    public async Task A_secret_that_is_added_counts_at_once_and_one_that_is_removed_no_longer_does()
    {
        await using var app = await new Starting().StartAsync();
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(app, Starting.Secret));
        Assert.Equal(HttpStatusCode.Unauthorized, await DeliverAsync(app, NewSecret));

        Set(app, "Biometric:WebhookSecrets:1", NewSecret);
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(app, Starting.Secret));
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(app, NewSecret));

        Set(app, "Biometric:WebhookSecrets:0", NewSecret);
        Assert.Equal(HttpStatusCode.Unauthorized, await DeliverAsync(app, Starting.Secret));
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(app, NewSecret));
    }

    [Fact]
    public async Task A_secret_whose_end_has_come_verifies_nothing()
    {
        var starting = new Starting();
        starting.Settings["Biometric:WebhookSecrets:old:Value"] = NewSecret;
        starting.Settings["Biometric:WebhookSecrets:old:ExpiresAt"] = "2020-01-01T00:00:00Z";
        await using var app = await starting.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await DeliverAsync(app, NewSecret));
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(app, Starting.Secret));
    }

    [Fact]
    public async Task A_change_that_will_not_do_trusts_nothing_rather_than_everything()
    {
        await using var app = await new Starting().StartAsync();
        var refusal = Assert.ThrowsAny<Exception>(() => Set(app, "Biometric:WebhookSecrets:0", "short"));
        Assert.Contains("Biometric:WebhookSecrets:0", refusal.ToString(), StringComparison.Ordinal);

        Assert.NotEqual(HttpStatusCode.OK, await DeliverAsync(app, Starting.Secret));
        Assert.NotEqual(HttpStatusCode.OK, await DeliverAsync(app, "short-but-long-enough-to-be-a-secret"));

        Set(app, "Biometric:WebhookSecrets:0", Starting.Secret);
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(app, Starting.Secret));
    }

    private static void Set(WebApplication app, string key, string value)
    {
        app.Configuration[key] = value;
        ((IConfigurationRoot)app.Configuration).Reload();
    }

    /// <summary>An authentic delivery that concerns no challenge: 200 says that its signature counted.</summary>
    private static async Task<HttpStatusCode> DeliverAsync(WebApplication app, string secret)
    {
        var body = Encoding.UTF8.GetBytes("""{"webhook_type":"user.updated","event_id":"e-1","user_id":"u-1"}""");
        using var client = new HttpClient();
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        content.Headers.Add("X-Signature-V2", WebhookSigner.SignCanonical(body, new WebhookSecret(secret)));
        using var answer = await client.PostAsync(new Uri(Starting.AddressOf(app), "/biometric/webhook"), content);
        return answer.StatusCode;
    }
}

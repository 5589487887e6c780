using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Webhook deliveries made by hand: what the provider, or somebody in its place, could send.</summary>
internal static class Deliveries
{
    /// <summary>A complete approval of a session, for alice.</summary>
    public static string Verdict(string session, string nonce) =>
        $$"""{"session_id":"{{session}}","status":"Approved","vendor_data":"alice","environment":"sandbox","workflow_id":"{{EmulatedWorkflow.BiometricAuthenticationId}}","webhook_type":"status.updated","metadata":{"nonce":"{{nonce}}"},"timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}}}""";

    /// <summary>A body with another value in its metadata, or none.</summary>
    public static JsonObject Echo(JsonObject body, string member, string? value)
    {
        body["metadata"]!.AsObject().Remove(member);
        body["decision"]?["metadata"]?.AsObject().Remove(member);
        if (value is not null)
        {
            body["metadata"]![member] = value;
            if (body["decision"]?["metadata"] is JsonObject inner)
            {
                inner[member] = value;
            }
        }

        return body;
    }

    public static string Sign(RelyingParty bank, string body, string? secret = null) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? bank.Provider.WebhookSecret), Encoding.UTF8.GetBytes(body)));

    /// <summary>Signs a body that stands in its canonical form already, and delivers it.</summary>
    public static async Task<HttpResponseMessage> SendAsync(RelyingParty bank, string body, string? secret = null, bool test = false)
    {
        using var http = new HttpClient { BaseAddress = bank.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/biometric/webhook");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("X-Signature-V2", Sign(bank, body, secret));
        if (test)
        {
            request.Headers.Add("X-Didit-Test-Webhook", "true");
        }

        return await http.SendAsync(request);
    }
}

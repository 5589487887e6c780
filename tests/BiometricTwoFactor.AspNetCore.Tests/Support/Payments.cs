using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The steps of a payment that tests of many rules take.</summary>
internal static class Payments
{
    public static readonly object Payment = new { amount = "250.00", currency = "EUR", account = "DE89370400440532013000", name = "Ada Lovelace" };
    public static readonly object OtherAmount = new { amount = "2500.00", currency = "EUR", account = "DE89370400440532013000", name = "Ada Lovelace" };

    /// <summary>Asks for the usual transfer and shows the face for it; gives the approved, claimed challenge.</summary>
    public static async Task<string> ApprovedAsync(RelyingParty bank, Browser browser)
    {
        var id = await browser.AskAsync();
        await CompleteAsync(bank, browser, id);
        return id;
    }

    /// <summary>Starts a challenge, captures, and comes back with the claim.</summary>
    public static async Task CompleteAsync(RelyingParty bank, Browser browser, string id, string scenario = SandboxScenario.Approve)
    {
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id, scenario);
        await browser.ClaimAsync(callback!);
    }

    /// <summary>Sends a payment as JSON.</summary>
    public static async Task<HttpResponseMessage> ApiAsync(
        Browser browser, object payment, string? challenge = null, string? operation = null, string? origin = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/transfers") { Content = JsonContent.Create(payment) };
        Add(request, "Biometric-Challenge", challenge);
        Add(request, "Idempotency-Key", operation);
        Add(request, "Origin", origin);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await browser.SendAsync(request);
    }

    public static async Task<HttpResponseMessage> PostWithTokenAsync(Browser browser, string url, string token, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await browser.SendAsync(request);
    }

    /// <summary>The type of a problem answer.</summary>
    public static async Task<string?> TypeOfAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString();

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.Add(name, value);
        }
    }
}

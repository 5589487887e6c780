using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.Testing.Tests;

/// <summary>What the tests do with the application over and over.</summary>
internal static class Customer
{
    public const string Ada = "ada";

    /// <summary>A browser of a customer with a stored face.</summary>
    public static async Task<HttpClient> SignedInAsync(this WebApplicationFactory<Program> app, BiometricTestProvider provider, string user = Ada)
    {
        provider.Emulator.StoreFace(user);
        return await app.SignedInAsync(user);
    }

    public static async Task<HttpClient> SignedInAsync(this WebApplicationFactory<Program> app, string user = Ada)
    {
        var client = app.CreateStepUpClient();
        using var answer = await client.PostAsync($"/login/{user}", content: null);
        answer.EnsureSuccessStatusCode();
        return client;
    }

    public static HttpRequestMessage Call(string amount = "250.00") =>
        new(HttpMethod.Post, "/api/transfers") { Content = JsonContent.Create(new Payment(amount, "Nora")) };

    public static async Task<HttpRequestMessage> FormAsync(this HttpClient client, string amount = "250.00")
    {
        var token = await client.GetStringAsync("/form");
        return new HttpRequestMessage(HttpMethod.Post, "/transfers")
        {
            Content = new FormUrlEncodedContent(
            [
                KeyValuePair.Create("Amount", amount), KeyValuePair.Create("Payee", "Nora"), KeyValuePair.Create("__RequestVerificationToken", token),
            ]),
        };
    }

    /// <summary>Asks for a transfer and goes as far as the provider's page.</summary>
    public static async Task<StartedStepUp> StartedAsync(this HttpClient client)
    {
        using var request = Call();
        using var asked = await client.SendAsync(request);
        return await client.StartStepUpAsync(asked);
    }

    public static IReadOnlyCollection<string> Executed(this WebApplicationFactory<Program> app) => app.Services.GetRequiredService<Payments>().Executed;
}

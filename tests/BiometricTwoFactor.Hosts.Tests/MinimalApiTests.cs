using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Minimal APIs, called as a single-page application does: JSON with a cookie.</summary>
public sealed class MinimalApiTests : BrowserHostTests
{
    private protected override void Add(RelyingPartySetup setup) => setup.Map += app => app
        .MapPost("/host/limit", (Limit limit) => { limit.Carry(setup); return "done"; })
        .RequireBiometric(StepUpReason.SettingsChange, Limit.Title);

    private protected override async Task<Caller> CallerAsync(RelyingParty bank, string user) => new JsonCaller(bank, await bank.SignedInAsync(user));

    private sealed class JsonCaller(RelyingParty bank, Browser browser) : Caller(bank, browser)
    {
        public override Task<Outcome> ChangeAsync(string value) => PostAsync("/host/limit", new Limit(value));

        protected override Task<Outcome> PayToAsync(string amount, string account) => PostAsync("/api/transfers", new TransferRequest(amount, "EUR", account, "Ada Lovelace"));

        private async Task<Outcome> PostAsync<T>(string url, T body)
        {
            using var answer = await Browser.PostContentAsync(url, JsonContent.Create(body));
            return await HttpCaller.OutcomeAsync(answer);
        }
    }
}

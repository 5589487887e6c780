using System.Net;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// A relying party with every hook about risk: a page for the second factor, one for an alternative, trusted payees, and
/// addresses whose country it knows. Its pages stand for the application's, which verified something before.
/// </summary>
internal static class RiskyBank
{
    public static readonly CaptureOrigin Vpn = new() { IsVpnOrTor = true };

    public static async Task<RelyingParty> StartAsync(RiskyBankSetup? bank = null, Action<RelyingPartySetup>? configure = null)
    {
        var risky = bank ?? new RiskyBankSetup();
        return await RelyingParty.StartAsync(setup =>
        {
            setup.Options = options => risky.Policy?.Invoke(options.NetworkRisk);
            setup.ConfigureServicesLast = services =>
            {
                services.AddSingleton(risky);
                var stepUp = setup.StepUp!.AddAddressCountry<Countries>().AddTrustedBeneficiaries<Payees>();
                if (risky.HasSecondFactor)
                {
                    stepUp.AddSecondFactor<Key>();
                }

                if (risky.HasAlternative)
                {
                    stepUp.AddAlternative<Alternative>();
                }
            };
            setup.Map = app => Map(app, risky);
            configure?.Invoke(setup);
        });
    }

    /// <summary>Asks for a transfer, looks into the camera from there, and claims.</summary>
    public static async Task<(string Id, string? State)> CapturedAsync(RelyingParty bank, Browser browser, CaptureOrigin origin)
    {
        var id = await browser.AskAsync();
        return (id, await CaptureAsync(bank, browser, id, origin));
    }

    public static async Task<string?> CaptureAsync(RelyingParty bank, Browser browser, string id, CaptureOrigin origin)
    {
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteFromAsync(bank.LastSession().Id, origin);
        return (await browser.ClaimAsync(callback!)).State;
    }

    public static async Task<string> ProveAsync(this Browser browser, string page, string id, string factors, string? digest)
    {
        using var answer = await browser.PostAsync($"/{page}/{id}", ("factors", factors), ("digest", digest ?? ""));
        return await answer.Content.ReadAsStringAsync();
    }

    public static async Task<string?> StateAsync(this Browser browser, string id)
    {
        using var answer = await browser.GetAsync($"/biometric/challenges/{id}");
        return System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("state").GetString();
    }

    public static async Task<string> PageAsync(this Browser browser, string id)
    {
        using var page = await browser.GetAsync($"/biometric/confirm/{id}");
        return await page.Content.ReadAsStringAsync();
    }

    private static void Map(WebApplication app, RiskyBankSetup setup)
    {
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = setup.AskingAddress;
            return next();
        });
        app.MapPost("/second-factor/{id}", async (string id, [FromForm] string factors, [FromForm] string digest, StepUpService stepUps, HttpContext context) =>
        {
            var result = await stepUps.CompleteSecondFactorAsync(context, id, new SecondFactorProof(factors.Split(' '), digest));
            return $"{result.Outcome} {result.Next}";
        }).DisableAntiforgery();
        app.MapPost("/alternative/{id}", async (string id, [FromForm] string factors, [FromForm] string digest, StepUpService stepUps, HttpContext context) =>
        {
            var result = await stepUps.CompleteByAlternativeAsync(context, id, new AlternativeProof(setup.ProofName, factors.Split(' '), digest));
            return $"{result.Outcome} {result.Next}";
        }).DisableAntiforgery();
    }

    internal sealed class Countries : IAddressCountry
    {
        public ValueTask<string?> FindAsync(IPAddress address, CancellationToken cancellationToken = default) =>
            address.ToString() switch
            {
                "203.0.113.7" => new("ES"),
                "198.51.100.7" => new("US"),
                "192.0.2.1" => throw new InvalidOperationException("the database is gone"),
                _ => new((string?)null),
            };
    }

    internal sealed class Payees(RiskyBankSetup setup) : ITrustedBeneficiaries
    {
        public ValueTask<bool> AreTrustedAsync(StepUpChallenge challenge, CancellationToken cancellationToken = default) =>
            new(challenge.Transaction!.PayeeAccount == setup.TrustedAccount);
    }

    internal sealed class Key(RiskyBankSetup setup) : ISecondFactor
    {
        public ValueTask<bool> IsAvailableAsync(StepUpChallenge challenge, CancellationToken cancellationToken = default) =>
            setup.KeyFails ? throw new InvalidOperationException("the keys are gone") : new(!setup.WithoutKey.Contains(challenge.Binding.Subject));

        public string UrlFor(HttpContext context, StepUpChallenge challenge) => $"/second-factor/{challenge.Id}";
    }

    internal sealed class Alternative(RiskyBankSetup setup) : IStepUpAlternative
    {
        public string Name => "security-key";

        public ValueTask<bool> IsOfferedAsync(StepUpChallenge challenge, CancellationToken cancellationToken = default) =>
            setup.AlternativeFails ? throw new InvalidOperationException("the keys are gone") : new(!setup.WithoutKey.Contains(challenge.Binding.Subject));

        public string UrlFor(HttpContext context, StepUpChallenge challenge) => setup.AlternativeUrl + challenge.Id;
    }
}

/// <summary>What such a relying party has, and where its customers sit.</summary>
internal sealed class RiskyBankSetup
{
    public Action<NetworkRiskOptions>? Policy { get; set; }

    public bool HasSecondFactor { get; set; } = true;

    public bool HasAlternative { get; set; } = true;

    public bool KeyFails { get; set; }

    public bool AlternativeFails { get; set; }

    public HashSet<string> WithoutKey { get; } = new(StringComparer.Ordinal);

    public string? TrustedAccount { get; set; }

    public string ProofName { get; set; } = "security-key";

    public string AlternativeUrl { get; set; } = "/alternative/";

    public IPAddress AskingAddress { get; set; } = IPAddress.Parse("203.0.113.7"); // in Spain, where the emulator's captures are
}

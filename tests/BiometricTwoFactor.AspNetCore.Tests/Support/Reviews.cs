using System.Net;
using System.Text.Json;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The steps of a review, and what the asking browser is told meanwhile.</summary>
internal static class Reviews
{
    /// <summary>A claimed capture that the provider holds for a reviewer.</summary>
    public static async Task<string> HeldAsync(RelyingParty bank, Browser browser)
    {
        var id = await browser.AskAsync();
        await Payments.CompleteAsync(bank, browser, id, SandboxScenario.ReviewFaceMatchBorderline);
        Assert.Equal(ChallengeState.InReview, (await bank.ChallengeAsync(id)).State);
        return id;
    }

    /// <summary>Sees once more what it is for, and confirms it.</summary>
    public static async Task ConfirmAsync(Browser browser, string id)
    {
        using var page = await browser.GetAsync($"/biometric/confirm/{id}");
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("250.00 EUR", html, StringComparison.Ordinal);
        using var confirmed = await browser.PostAsync($"/biometric/confirm/{id}", await browser.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, confirmed);
    }

    /// <summary>The state in the words of the asking browser.</summary>
    public static async Task<string?> StateAsync(Browser browser, string id)
    {
        using var answer = await browser.GetAsync($"/biometric/challenges/{id}");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("state").GetString();
    }
}

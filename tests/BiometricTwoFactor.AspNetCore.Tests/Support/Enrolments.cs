using System.Net;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The steps of an enrolment.</summary>
internal static class Enrolments
{
    /// <summary>A bank at which "newcomer" has no face yet.</summary>
    public static Task<RelyingParty> StartAsync(Action<RelyingPartySetup>? configure = null) => RelyingParty.StartAsync(setup =>
    {
        setup.NotEnrolled.Add("newcomer");
        configure?.Invoke(setup);
    });

    /// <summary>Presses the enrolment page's button; gives the challenge.</summary>
    public static async Task<string> EnrolAsync(Browser browser)
    {
        using var page = await browser.GetAsync("/biometric/enrol?returnUrl=%2F");
        var (action, fields) = Browser.FormOf(await page.Content.ReadAsStringAsync());
        using var begun = await browser.PostAsync(action, fields);
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, begun);
        return Browser.IdOf(begun);
    }
}

using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Each request gets the language that fits it.</summary>
public sealed class LanguageTests
{
    [Theory]
    [InlineData(null, "en", "Amount", "1,250.00 EUR")]
    [InlineData("de", "de", "Betrag", "1.250,00 EUR")]
    [InlineData("de-AT, en;q=0.5", "de", "Betrag", "1.250,00 EUR")]
    [InlineData("ja, es;q=0.3, fr;q=0.7", "fr", "Montant", "1\u202f250,00 EUR")]
    [InlineData("ja, zh", "en", "Amount", "1,250.00 EUR")]
    [InlineData("de;q=0, es", "es", "Importe", "1.250,00 EUR")]
    [InlineData("*", "en", "Amount", "1,250.00 EUR")]
    [InlineData("nl-BE", "nl", "Bedrag", "1.250,00 EUR")]
    [InlineData("ar-EG", "ar", "المبلغ", "1,250.00 EUR")]
    public async Task Without_request_localisation_the_browsers_language_counts(string? accepted, string language, string label, string amount)
    {
        await using var bank = await WithMoreLanguagesAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync("1250.00");
        var html = await PageAsync(browser, $"/biometric/confirm/{id}", accepted);
        Assert.Contains($"<html lang=\"{language}\" dir=\"{(language == "ar" ? "rtl" : "ltr")}\">", html, StringComparison.Ordinal);
        Assert.Contains($"<dt>{label}</dt>", html, StringComparison.Ordinal);
        Assert.Contains($"<bdi>{amount}</bdi>", html, StringComparison.Ordinal);

        // What is approved is the same whoever reads it.
        Assert.Equal("1250.00", (await bank.ChallengeAsync(id)).Transaction!.AmountText);
    }

    [Fact]
    public async Task The_applications_own_request_localisation_counts_before_the_browsers_language()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Map = app => app.UseRequestLocalization(options =>
        {
            CultureInfo[] cultures = [new("en"), new("es"), new("ja")];
            (options.SupportedCultures, options.SupportedUICultures) = (cultures, cultures);
            options.DefaultRequestCulture = new("en");
        }));
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        Assert.Contains("lang=\"es\"", await PageAsync(browser, $"/biometric/confirm/{id}?culture=es", "de"), StringComparison.Ordinal);
        // The application speaks no German, or we no Japanese: English, as the rest of its pages, or as near as it gets.
        Assert.Contains("lang=\"en\"", await PageAsync(browser, $"/biometric/confirm/{id}", "de"), StringComparison.Ordinal);
        Assert.Contains("lang=\"en\"", await PageAsync(browser, $"/biometric/confirm/{id}?culture=ja", "de"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_language_can_be_set_for_all()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.Pages.Language = "fr");
        using var browser = await bank.SignedInAsync("alice");
        Assert.Contains("lang=\"fr\"", await PageAsync(browser, "/biometric/enrol", "de"), StringComparison.Ordinal);

        var starting = new Starting();
        starting.Settings["Biometric:Pages:Language"] = "nl";
        Assert.Contains("Biometric:Pages:Language", await starting.ProblemAsync() ?? "", StringComparison.Ordinal);
        starting.StepUp = stepUp => stepUp.AddTexts(new StepUpTexts { Language = "nl" });
        Assert.Null(await starting.ProblemAsync());
    }

    [Fact]
    public async Task Every_page_speaks_it_refusals_and_titles_included()
    {
        await using var bank = await Enrolments.StartAsync(setup => setup.ConfigureServicesLast = _ =>
        {
            var german = StepUpTexts.For("de");
            german.ActionTitle = title => title == "Show the secret" ? "Das Geheimnis zeigen" : title;
            setup.StepUp!.AddTexts(german);
        });
        using var browser = await bank.SignedInAsync("alice");
        Assert.Contains("Hier ist nichts", await PageAsync(browser, "/biometric/confirm/none", "de", HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("macht eine Pause", await PageAsync(browser, "/biometric/paused", "de", HttpStatusCode.TooManyRequests), StringComparison.Ordinal);
        Assert.Contains("Ausweis", await PageAsync(browser, "/biometric/enrol", "de"), StringComparison.Ordinal);
        Assert.Contains("Wir holen das Ergebnis", await PageAsync(browser, "/biometric/callback/AAAAAAAAAAAAAAAAAAAAAAAAAAA", "de"), StringComparison.Ordinal);
        using var asked = await browser.GetAsync("/secret");
        var titled = await PageAsync(browser, asked.Headers.Location!.ToString(), "de");
        Assert.Contains("<h1>Das Geheimnis zeigen</h1>", titled, StringComparison.Ordinal);
        Assert.Contains("Weiter zur Kamera", titled, StringComparison.Ordinal);
        Assert.Equal("Show the secret", (await bank.ChallengeAsync(Browser.IdOf(asked))).Title);
    }

    private static Task<RelyingParty> WithMoreLanguagesAsync() => RelyingParty.StartAsync(setup => setup.ConfigureServicesLast = _ => setup.StepUp!
        .AddTexts(new StepUpTexts { Language = "nl", AmountLabel = "Bedrag", DecimalSeparator = ",", GroupSeparator = "." })
        .AddTexts(new StepUpTexts { Language = "ar", AmountLabel = "المبلغ" }));

    private static async Task<string> PageAsync(Browser browser, string url, string? accepted, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (accepted is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        }

        using var page = await browser.SendAsync(request);
        await Browser.ExpectAsync(status, page);
        return WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
    }
}

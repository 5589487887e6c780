using BiometricTwoFactor.AspNetCore;
using BiometricTwoFactor.Emulator;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>
/// The pages in every language on 320 px, which is also a window of 1280 px at 400 % zoom: nothing is cut, wider than the
/// screen, or without a name.
/// </summary>
public sealed class LanguagePagesTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    public static TheoryData<string> Languages => [.. StepUpTexts.ShippedLanguages, "ar"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Every_page_fits_a_small_screen(string language)
    {
        var texts = language == "ar" ? Arabic() : StepUpTexts.For(language);
        await using var bank = await HonestBank.StartAsync(setup =>
        {
            setup.StepUp = stepUp => stepUp.AddTexts(Arabic());
            setup.Options = options =>
            {
                options.MaxChallengesPerUser = 100;
                options.SignIn.OtherWayUrl = "/other";
            };
        });
        await using var lena = await chromium.SignedInAsync(bank, options =>
        {
            options.Locale = language;
            options.ViewportSize = new() { Width = 320, Height = 256 };
        });
        Task SoundAsync(string name) => lena.AssertSoundAsync($"{name}-{language}");

        await AskAsync("1250.00");
        await Expect(lena.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Expect(lena.Page.Locator("html")).ToHaveAttributeAsync("dir", language == "ar" ? "rtl" : "ltr");
        await Expect(lena.Page.Locator("dd").First).ToHaveTextAsync($"1{texts.GroupSeparator}250{texts.DecimalSeparator}00 EUR");
        await SoundAsync("confirm");

        var confirm = lena.Page.Url;
        await lena.PressAsync(texts.StartButton);
        await lena.Page.WaitForURLAsync(bank.Provider.BaseAddress + "**");
        var callback = await bank.Provider.CompleteAsync(bank.Provider.Sessions[^1].Id, SandboxScenario.DeclineFaceMatchLowSimilarity);
        await lena.GoAsync(callback!.AbsoluteUri);
        await lena.SeesAsync(texts.StateText("declined").Heading);
        await SoundAsync("declined");

        await AskAsync("251.00");
        await lena.PressAsync(texts.CancelButton);
        await lena.SeesAsync(texts.StateText("not-finished").Heading);
        await SoundAsync("not-finished");

        await lena.GoAsync("/biometric/callback/AAAAAAAAAAAAAAAAAAAAAAAAAAA");
        await lena.SeesAsync(texts.CallbackForeignHeading);
        await Expect(lena.Page.Locator("h1")).ToBeFocusedAsync();
        await SoundAsync("foreign");
        foreach (var (path, heading) in new[]
        {
            ("/biometric/enrol?returnUrl=/pay", texts.EnrolHeading),
            ("/biometric/paused?returnUrl=/pay", texts.PausedHeading),
            ("/biometric/confirm/nothing", texts.ProblemText("not-found").Title),
        })
        {
            await lena.GoAsync(path);
            await lena.SeesAsync(heading);
            await SoundAsync(path.Split('/')[2].Split('?')[0] + (heading == texts.ProblemText("not-found").Title ? "-problem" : ""));
        }

        Assert.Empty(lena.Complaints);

        async Task AskAsync(string amount)
        {
            await lena.FillPaymentAsync(amount);
            await lena.PressAsync("Pay");
            await lena.SeesAsync(texts.ReasonTitle(StepUpReason.HighValueTransaction));
        }
    }

    /// <summary>Enough to see a page from right to left; the rest stays English.</summary>
    private static StepUpTexts Arabic() => new()
    {
        Language = "ar",
        ReasonTitle = _ => "تأكيد الدفع",
        AmountLabel = "المبلغ",
        PayeeLabel = "إلى",
        AccountLabel = "الحساب",
        CheckDetails = "تحقق من التفاصيل. وجهك يوافق على هذا بالضبط ولا شيء غيره.",
        StartButton = "المتابعة إلى الكاميرا",
        CancelButton = "إلغاء",
    };
}

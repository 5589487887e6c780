using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>What a screen reader finds, and where it is led when something changes.</summary>
public sealed class ScreenReaderTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    [Fact]
    public async Task The_pages_have_landmarks_one_heading_and_named_controls_in_order()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        await Expect(lena.Page.Locator("body")).ToMatchAriaSnapshotAsync("""
            - banner: Honest Bank
            - main:
              - heading "Confirm your payment" [level=1]
              - paragraph: We compare your face with the one on file. It takes a few seconds.
              - term: Amount
              - definition: 250.00 EUR
              - term: To
              - definition: Nora Fields
              - term: Account
              - definition: DE89370400440532013000
              - paragraph: Check the details. Your face approves exactly this and nothing else.
              - button "Continue to the camera"
              - button "Cancel"
              - status
              - paragraph: /Valid until \d\d:\d\d UTC\./
            """);

        await lena.PressAsync("Cancel");
        await lena.SeesAsync("The confirmation was not finished");
        await Expect(lena.Page.Locator("main")).ToMatchAriaSnapshotAsync("""
            - main:
              - heading "The confirmation was not finished" [level=1]
              - paragraph: Nothing was carried out. You can begin again at any time.
              - term: Amount
              - definition: 250.00 EUR
              - term: To
              - definition: Nora Fields
              - term: Account
              - definition: DE89370400440532013000
              - paragraph:
                - link "Begin again"
            """);

        await lena.GoAsync("/biometric/enrol?returnUrl=/pay");
        await Expect(lena.Page.Locator("main")).ToMatchAriaSnapshotAsync("""
            - main:
              - heading "Set up face confirmation" [level=1]
              - paragraph: /Once, we check an identity document/
              - button "Begin"
              - paragraph:
                - link "Back"
            """);
    }

    [Fact]
    public async Task A_state_that_changes_under_the_page_moves_the_focus_to_its_heading()
    {
        await using var bank = await HonestBank.StartAsync(setup => setup.Options = options => options.BlockingWarnings.Remove("LOW_FACE_MATCH_SIMILARITY"));
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        await lena.StartAsync();
        await lena.LookAsync("Hold for review");
        await lena.SeesAsync("We are checking this");
        await Expect(lena.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Waiting for the result. This page goes on by itself.");

        await bank.Provider.ReviewAsync(bank.Provider.Sessions[^1].Id, approved: true);
        await lena.SeesAsync("Checked and approved");
        await Expect(lena.Page.Locator("h1")).ToBeFocusedAsync();
        await lena.Page.ReloadAsync(); // by hand nothing has changed
        await lena.SeesAsync("Checked and approved");
        await Expect(lena.Page.Locator("h1")).Not.ToBeFocusedAsync();
    }
}

using Bank;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>The SDK's pages on the way to a sign-in: readable, named, and within 320 px.</summary>
public sealed partial class BrowserTests
{
    [Fact]
    public async Task The_pages_of_a_sign_in_and_of_the_enrolment_on_the_way_are_sound_on_320_px()
    {
        await using var lena = await browser.NewPageAsync(320);
        await PasswordAsync(lena, EnrolledCustomer());
        await lena.SeesAsync("Sign in");
        await Expect(lena.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Continue to the camera" })).ToBeVisibleAsync();
        await SoundAsync(lena, "sign-in");
        await lena.PressAsync("Cancel");
        await lena.SeesAsync("The confirmation was not finished");
        await SoundAsync(lena, "sign-in-cancelled");
        Assert.Empty(lena.Complaints);

        var newcomer = DemoCustomers.Newcomer($"{CustomerRegister.NewId()}@example.com");
        Assert.True(browser.Bank.TryAdd(newcomer));
        await using var carmen = await browser.NewPageAsync(320);
        await PasswordAsync(carmen, newcomer);
        await carmen.SeesAsync("Set up face confirmation");
        await SoundAsync(carmen, "enrol-for-sign-in");
        await carmen.PressAsync("Begin");
        await Expect(carmen.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Continue to the camera" })).ToBeVisibleAsync();
        await SoundAsync(carmen, "enrolment");
        Assert.Empty(carmen.Complaints);
    }

    private static async Task PasswordAsync(BankPage at, Customer customer)
    {
        await at.Page.GotoAsync("/signin");
        await at.Page.GetByLabel("E-mail").FillAsync(customer.Email);
        await at.Page.GetByLabel("Password").FillAsync(DemoCustomers.Password);
        await at.PressAsync("Sign in");
    }

    private static async Task SoundAsync(BankPage at, string name)
    {
        await at.ShotAsync(name);
        await PageCheck.AssertSoundAsync(at.Page, name);
    }
}

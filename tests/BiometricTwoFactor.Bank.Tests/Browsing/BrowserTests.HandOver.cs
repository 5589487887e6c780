using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

public sealed partial class BrowserTests
{
    [Fact]
    public async Task A_transfer_at_the_desk_is_approved_on_the_phone()
    {
        var lena = EnrolledCustomer();
        await using var desk = await browser.NewPageAsync(Desktop);
        await using var phone = await browser.NewPageAsync(Phone);
        await desk.SignInAsync(lena);
        await desk.AskTransferAsync("250.00");
        await desk.SeesAsync("Confirm your payment");
        await desk.PressAsync("Continue on another device");
        await phone.Page.GotoAsync(await desk.Page.GetByLabel("Link to send to yourself").InputValueAsync());
        await desk.ShotAsync("hand-over");
        await phone.Page.GetByLabel("The two digits that the other screen shows").FillAsync(await desk.Page.Locator("p.digits").InnerTextAsync());
        await phone.PressAsync("Go on");
        await phone.SeesAsync("Confirm your payment");
        await Expect(phone.Page.GetByText("250.00 EUR")).ToBeVisibleAsync();
        await phone.ShotAsync("hand-over-details");
        await phone.PressAsync("Continue to the camera");
        await phone.LookAsync("Approve");
        await phone.SeesAsync("Done here");
        await desk.SeesAsync("Transfer executed");
        Assert.Equal(250m, Assert.Single(browser.Bank.TransfersOf(lena)).Transaction.Amount);
        Assert.Empty(desk.Complaints);
        Assert.Empty(phone.Complaints);

        // The phone is nobody's at the bank.
        await phone.Page.GotoAsync("/");
        await Expect(phone.Page.GetByLabel("Password")).ToBeVisibleAsync();
    }
}

using Bank;
using BiometricTwoFactor.Emulator;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>A FIDO2 key in Chromium's virtual authenticator: added under a face, then beside it and in its place.</summary>
public sealed class SecurityKeyTests(BankBrowser browser) : IClassFixture<BankBrowser>
{
    [Fact]
    public async Task A_key_that_was_added_under_a_face_signs_beside_it_and_in_its_place()
    {
        var lena = EnrolledCustomer();
        await using var at = await browser.NewPageAsync(1280);
        await AddAuthenticatorAsync(at.Page);
        await at.SignInAsync(lena);
        await at.Page.GotoAsync("/security-key");
        await at.PressAsync("Touch the key");
        await at.SeesAsync("Add a security key");
        await at.PressAsync("Continue to the camera");
        await at.LookAsync("Approve");
        await at.SeesAsync("Settings");
        await Expect(at.Page.GetByText("Your security key is added.")).ToBeVisibleAsync();

        // In the face's place.
        await at.AskTransferAsync("250.00");
        await at.SeesAsync("Confirm your payment");
        await at.Page.GetByRole(AriaRole.Link, new() { Name = "No camera? Confirm in another way" }).ClickAsync();
        await at.SeesAsync("Your security key");
        await Expect(at.Page.GetByText("Transfer of 250.00 EUR")).ToBeVisibleAsync();
        await at.PressAsync("Touch the key");
        await at.SeesAsync("Transfer executed");

        // Beside the face, through a VPN.
        await at.AskTransferAsync("251.00");
        await at.SeesAsync("Confirm your payment");
        await at.PressAsync("Continue to the camera");
        await at.SeesAsync("Confirm that it is you");
        var session = browser.Bank.Emulator.Sessions.Last(one => one.VendorData == lena.Id);
        var callback = await browser.Bank.Emulator.CompleteFromAsync(session.Id, new CaptureOrigin { IsVpnOrTor = true });
        await at.Page.GotoAsync(callback!.AbsoluteUri);
        await at.SeesAsync("One more proof is needed");
        await at.ShotAsync("second-factor");
        await at.Page.GetByRole(AriaRole.Link, new() { Name = "Go on to the second factor" }).ClickAsync();
        await at.PressAsync("Touch the key");
        await at.SeesAsync("Transfer executed");
        Assert.Equal([250m, 251m], browser.Bank.TransfersOf(lena).Select(transfer => transfer.Transaction.Amount).Order());
        Assert.Empty(at.Complaints);
    }

    [Fact]
    public async Task Without_a_key_it_is_held_and_the_banks_own_release_it()
    {
        var lena = EnrolledCustomer();
        await using var at = await browser.NewPageAsync(1280);
        await at.SignInAsync(lena);
        await at.AskTransferAsync("252.00");
        await at.SeesAsync("Confirm your payment");
        await at.PressAsync("Continue to the camera");
        await at.SeesAsync("Confirm that it is you");
        var session = browser.Bank.Emulator.Sessions.Last(one => one.VendorData == lena.Id);
        var callback = await browser.Bank.Emulator.CompleteFromAsync(session.Id, new CaptureOrigin { IsVpnOrTor = true });
        await at.Page.GotoAsync(callback!.AbsoluteUri);
        await at.SeesAsync("We are checking this");
        await at.Page.GotoAsync("/operations/reviews");
        await Expect(at.Page.GetByRole(AriaRole.Heading, new() { Name = "Reviews" })).Not.ToBeVisibleAsync(); // not hers to see

        var otto = DemoCustomers.Operator($"{CustomerRegister.NewId()}@example.com");
        Assert.True(browser.Bank.TryAdd(otto));
        browser.Bank.Emulator.StoreFace(otto.Id); // a desk's browser is new too, and is asked for a face
        await using var desk = await browser.NewPageAsync(1280);
        await desk.SignInAsync(otto);
        await desk.Page.GotoAsync("/operations/reviews");
        await desk.ShotAsync("reviews");
        await desk.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "252.00 EUR" }).GetByRole(AriaRole.Button, new() { Name = "Release" }).ClickAsync();
        await Expect(desk.Page.GetByText("Decided.")).ToBeVisibleAsync();

        await at.Page.GotoAsync("/confirmations");
        await at.Page.GetByRole(AriaRole.Link, new() { Name = "Open Transfer of 252.00 EUR" }).ClickAsync();
        await at.SeesAsync("Checked and approved");
        await at.PressAsync("Confirm");
        await at.SeesAsync("Transfer executed");
        Assert.Empty(at.Complaints);
        Assert.Empty(desk.Complaints);
    }

    private Customer EnrolledCustomer()
    {
        var customer = DemoCustomers.Enrolled($"{CustomerRegister.NewId()}@example.com");
        Assert.True(browser.Bank.TryAdd(customer));
        browser.Bank.Emulator.StoreFace(customer.Id);
        return customer;
    }

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2",
                ["transport"] = "usb",
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}

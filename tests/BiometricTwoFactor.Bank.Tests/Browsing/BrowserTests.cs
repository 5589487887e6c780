using Bank;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

public sealed partial class BrowserTests(BankBrowser browser) : IClassFixture<BankBrowser>
{
    private const int Desktop = 1280;
    private const int Phone = 390;

    [Theory]
    [InlineData(Desktop)]
    [InlineData(Phone)]
    public async Task A_transfer_goes_from_sign_in_through_the_hosted_page_to_executed(int width)
    {
        var lena = EnrolledCustomer();
        await using var at = await browser.NewPageAsync(width);
        await at.SignInAsync(lena);
        await at.ShotAsync("overview");
        await at.AskTransferAsync("250.00");

        await at.SeesAsync("Confirm your payment");
        await Expect(at.Page.GetByText("250.00 EUR")).ToBeVisibleAsync();
        await Expect(at.Page.GetByText(Person.PayeeName)).ToBeVisibleAsync();
        await at.ShotAsync("confirm");
        await at.PressAsync("Continue to the camera");
        await at.ShotAsync("hosted");
        await at.LookAsync("Approve");

        await at.SeesAsync("Transfer executed");
        await at.ShotAsync("executed");
        Assert.Equal(250m, Assert.Single(browser.Bank.TransfersOf(lena)).Transaction.Amount);
        Assert.Empty(at.Complaints);
        await AssertFitsAsync(at);
    }

    [Theory]
    [InlineData(Desktop)]
    [InlineData(Phone)]
    public async Task A_declined_face_is_told_in_plain_words_and_executes_nothing(int width)
    {
        var lena = EnrolledCustomer();
        await using var at = await browser.NewPageAsync(width);
        await at.SignInAsync(lena);
        await at.AskTransferAsync("250.00");
        await at.SeesAsync("Confirm your payment");
        await at.PressAsync("Continue to the camera");
        await at.LookAsync("Decline: another person");

        await at.SeesAsync("We could not confirm that it is you");
        await Expect(at.Page.GetByText("Nothing was carried out")).ToBeVisibleAsync();
        await at.ShotAsync("declined");
        Assert.Empty(browser.Bank.TransfersOf(lena));
        await at.Page.GotoAsync("/confirmations");
        await Expect(at.Page.GetByText("We could not confirm that it was you")).ToBeVisibleAsync();
        await at.ShotAsync("confirmations-declined");
        Assert.Empty(at.Complaints);
    }

    [Fact]
    public async Task A_transfer_is_possible_on_a_phone_with_the_keyboard_alone()
    {
        var lena = EnrolledCustomer();
        await using var at = await browser.NewPageAsync(Phone);
        var keys = at.Page.Keyboard;

        await at.Page.GotoAsync("/signin");
        await TabToAsync(at, at.Page.GetByLabel("E-mail"));
        await keys.TypeAsync(lena.Email);
        await keys.PressAsync("Tab");
        await keys.TypeAsync(DemoCustomers.Password);
        await keys.PressAsync("Enter");
        await TabToAsync(at, at.Page.GetByRole(AriaRole.Button, new() { Name = "Continue to the camera" }));
        await keys.PressAsync("Enter");
        await at.SeesAsync("Confirm that it is you");
        await TabToAsync(at, at.Page.GetByLabel("Approve", new() { Exact = true }));
        await TabToAsync(at, at.Page.GetByRole(AriaRole.Button, new() { Name = "Finish" }));
        await keys.PressAsync("Enter");
        await at.SeesAsync("Good to see you, Lena");

        await TabToAsync(at, at.Page.GetByRole(AriaRole.Link, new() { Name = "Make a transfer" }));
        await keys.PressAsync("Enter");
        await TabToAsync(at, at.Page.GetByLabel("Payee"));
        await keys.TypeAsync(Person.PayeeName);
        await keys.PressAsync("Tab");
        await keys.TypeAsync(Person.PayeeIban);
        await keys.PressAsync("Tab");
        await keys.TypeAsync("250.00");
        await keys.PressAsync("Enter");

        await at.SeesAsync("Confirm your payment");
        await TabToAsync(at, at.Page.GetByRole(AriaRole.Button, new() { Name = "Continue to the camera" }));
        await keys.PressAsync("Enter");
        await at.SeesAsync("Confirm that it is you");
        await TabToAsync(at, at.Page.GetByLabel("Approve", new() { Exact = true }));
        await TabToAsync(at, at.Page.GetByRole(AriaRole.Button, new() { Name = "Finish" }));
        await keys.PressAsync("Enter");

        await at.SeesAsync("Transfer executed");
        Assert.Single(browser.Bank.TransfersOf(lena));
    }

    [Theory]
    [InlineData(Desktop)]
    [InlineData(Phone)]
    public async Task What_is_held_waits_in_the_open_tab_and_goes_on_by_itself(int width)
    {
        var lena = EnrolledCustomer();
        await using var at = await browser.NewPageAsync(width);
        await at.SignInAsync(lena);
        await at.AskTransferAsync("250.00");
        await at.SeesAsync("Confirm your payment");
        await at.PressAsync("Continue to the camera");
        await at.LookAsync("Hold for review");
        await at.SeesAsync("We are checking this");
        await at.ShotAsync("held");

        var session = browser.Bank.Emulator.Sessions.Last(session => session.VendorData == lena.Id);
        await browser.Bank.Emulator.ReviewAsync(session.Id, approved: true);
        await at.SeesAsync("Checked and approved");
        await at.ShotAsync("checked");
        Assert.Empty(browser.Bank.TransfersOf(lena));
        await at.PressAsync("Confirm");
        await at.SeesAsync("Transfer executed");
        Assert.Single(browser.Bank.TransfersOf(lena));
        Assert.Empty(at.Complaints);
    }

    [Theory]
    [InlineData(Desktop)]
    [InlineData(Phone)]
    [InlineData(360)]
    public async Task No_page_is_wider_than_the_screen_or_breaks_its_own_policy(int width)
    {
        var lena = EnrolledCustomer();
        await using var at = await browser.NewPageAsync(width);
        string[] open = ["/signin", "/signup", "/recovery", "/recovery/nobody/nothing", "/recovery/new-password", "/mailbox", "/error"];
        foreach (var path in open)
        {
            await VisitAsync(at, path);
        }

        await at.SignInAsync(lena);
        await at.AskTransferAsync("300");
        string[] own = ["/", "/transfer", "/confirmations", "/settings", "/settings?result=password", "/biometric/enrol?returnUrl=/", "/biometric/confirm/nothing", "/biometric/callback/nothing"];
        foreach (var path in own)
        {
            await VisitAsync(at, path);
        }

        await at.AskTransferAsync("nonsense");
        await Expect(at.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("such as 250.00");
        await at.ShotAsync("transfer-problem");
        await AssertFitsAsync(at);
        Assert.Empty(at.Complaints);
    }

    private static async Task VisitAsync(BankPage at, string path)
    {
        await at.Page.GotoAsync(path);
        await at.ShotAsync("page" + path.Replace('/', '-').Replace('?', '-'));
        Assert.NotEqual("", await at.Page.TitleAsync());
        Assert.Equal(1, await at.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).CountAsync());
        await AssertFitsAsync(at);
    }

    private static async Task AssertFitsAsync(BankPage at)
    {
        var overhang = await at.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overhang <= 0, $"{at.Page.Url} is {overhang} px wider than the screen");
    }

    /// <summary>Presses Tab until the element has the focus; a bounded number of times.</summary>
    private static async Task TabToAsync(BankPage at, ILocator target)
    {
        for (var i = 0; i < 30; i++)
        {
            await at.Page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"Tab does not reach {target}");
    }

    private Customer EnrolledCustomer()
    {
        var customer = DemoCustomers.Enrolled($"{CustomerRegister.NewId()}@example.com");
        Assert.True(browser.Bank.TryAdd(customer));
        browser.Bank.Emulator.StoreFace(customer.Id);
        return customer;
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>Scripts are off: what needs them says so, and the buttons do the rest.</summary>
public sealed class WithoutScriptTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    [Fact]
    public async Task The_pages_say_what_needs_a_script_and_promise_nothing_without_it()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await VisitAsync(bank);
        await lena.AskAsync();
        await lena.StartAsync();
        await lena.LookAsync();
        await ReadsWithoutScriptAsync(lena, "This page needs JavaScript");
        await Expect(lena.Page.GetByText("We are fetching the result")).ToBeHiddenAsync();
        Assert.Empty(bank.Paid);

        await lena.Page.GoBackAsync(new() { WaitUntil = WaitUntilState.Commit }); // a page that the browser kept loads nothing
        await lena.Page.GoBackAsync(new() { WaitUntil = WaitUntilState.Commit });
        await Expect(lena.Page.GetByText("This page goes on by itself")).ToBeHiddenAsync();
        await ReadsWithoutScriptAsync(lena, "does not go on by itself");
    }

    [Fact]
    public async Task The_buttons_carry_a_confirmed_payment_out_once()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await VisitAsync(bank);
        await lena.AskAsync();
        var confirm = lena.Page.Url;
        await lena.StartAsync();
        await lena.LookAsync();
        await ReadsWithoutScriptAsync(lena, "This page needs JavaScript");
        await ClaimInPlaceOfTheScriptAsync(lena);

        await lena.GoAsync(confirm);
        await lena.SeesAsync("Confirmed");
        await lena.FollowAsync("Go on");
        await lena.SeesAsync("Confirmed");
        await lena.PressAsync("Go on");
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);

        // Behind the result is the page with the button, if the browser kept it: the server knows better. Else it is asked for.
        await lena.Page.GoBackAsync(new() { WaitUntil = WaitUntilState.Commit });
        if (await lena.SeesOneOfAsync("Confirmed", "Done") == "Confirmed")
        {
            await lena.PressAsync("Go on");
            await lena.SeesAsync("This confirmation was used already");
        }

        Assert.Single(bank.Paid);
    }

    [Fact]
    public async Task Cancelling_works()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await VisitAsync(bank);
        await lena.AskAsync();
        await lena.PressAsync("Cancel");
        await lena.SeesAsync("The confirmation was not finished");
        await lena.FollowAsync("Begin again");
        await lena.SeesAsync("Pay");
    }

    private Task<Visitor> VisitAsync(HonestBank bank) => chromium.SignedInAsync(bank, options => options.JavaScriptEnabled = false);

    /// <summary>Playwright's own search for text leaves out what stands in noscript.</summary>
    private static async Task ReadsWithoutScriptAsync(Visitor at, string text)
    {
        var notice = at.Page.Locator("noscript p");
        await Expect(notice).ToBeVisibleAsync();
        Assert.Contains(text, await notice.EvaluateAsync<string>("element => element.innerText"), StringComparison.Ordinal);
    }

    /// <summary>The same browser's cookies, and what claim.js sends: a person without scripts has to switch them on here.</summary>
    private static async Task ClaimInPlaceOfTheScriptAsync(Visitor at)
    {
        var token = (await (await at.Context.APIRequest.GetAsync("/biometric/antiforgery")).JsonAsync())!.Value;
        var form = at.Context.APIRequest.CreateFormData();
        form.Set("code", new Uri(at.Page.Url).Segments[^1]);
        form.Set(token.GetProperty("field").GetString()!, token.GetProperty("token").GetString()!);
        var answer = await at.Context.APIRequest.PostAsync("/biometric/claim", new() { Form = form });
        Assert.Equal(200, answer.Status);
    }
}

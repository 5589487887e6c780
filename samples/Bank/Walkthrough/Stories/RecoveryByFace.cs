namespace Bank;

internal sealed class RecoveryByFace() : Story("A forgotten password is replaced by a look into the camera, once")
{
    private const string NewPassword = "remember-this-one";

    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var browser = scene.NewBrowser();
        var known = await AskAsync(lena, browser, lena.Customer.Email);
        var unknown = await AskAsync(lena, browser, "nobody@example.com");
        scene.Check("whether an address has an account is not told", known.Html == unknown.Html);

        var path = scene.Bank.Mailbox.Newest.First(mail => mail.To == lena.Customer.Email).Path;
        scene.Say("Lena opens the mailed link");
        var link = await browser.OpenAsync(lena.At(path));
        var confirm = await browser.SubmitAsync(link.FormTo("/recovery/"));
        scene.Check("it leads to the camera", confirm.IsAt("/biometric/confirm/") && confirm.Shows("Get back into your account"));
        var early = await browser.OpenAsync(lena.At("/recovery/new-password"));
        scene.Check("before that no password can be set", early.Forms.Count == 0);

        var choose = await lena.ConfirmAsync(browser, confirm);
        scene.Check("after it she chooses one", choose.IsAt("/recovery/new-password"));
        var form = choose.FormTo("/recovery/new-password");
        var tooShort = await browser.SubmitAsync(form, ("password", "short"));
        scene.Check("one that is too short costs no second face", tooShort.Forms.Count > 0);
        var set = await browser.SubmitAsync(form, ("password", NewPassword));
        scene.Check("it is set, and nobody is signed in by it", set.IsAt("/signin") && scene.Bank.Check(lena.Customer.Email, NewPassword) is not null);

        await browser.SubmitAsync(form, ("password", "and-once-more-another"));
        scene.Check("the same face sets no second one", scene.Bank.Check(lena.Customer.Email, NewPassword) is not null);
        var again = await browser.OpenAsync(lena.At(path));
        scene.Check("nor does the link work again", again.Forms.Count == 0);

        var signedIn = await lena.SignInAsync(browser, NewPassword);
        scene.Check("with the new password and her face she is in", signedIn.Shows("Good to see you, Lena"));
        scene.Check("and she is told", lena.HasAlert("Consumed"));
    }

    private static async Task<WebPage> AskAsync(Person person, Browser browser, string email)
    {
        var page = await browser.OpenAsync(person.At("/recovery"));
        return await browser.SubmitAsync(page.FormTo("/recovery"), ("email", email));
    }
}

namespace Bank;

/// <summary>Opening an account, as the enrolment stories begin.</summary>
internal static class SignUp
{
    public static async Task<(Person Person, WebPage Page)> AsAsync(Scene scene, string firstName, string lastName, string birthDate)
    {
        var browser = scene.NewBrowser();
        var email = $"{CustomerRegister.NewId()}@example.com";
        var form = (await browser.OpenAsync(new Uri(scene.Bank.Address, "/signup"))).FormTo("/signup");
        var page = await browser.SubmitAsync(
            form, ("firstName", firstName), ("lastName", lastName), ("birthDate", birthDate), ("email", email), ("password", DemoCustomers.Password));
        var customer = scene.Bank.Check(email, DemoCustomers.Password) ?? throw new InvalidOperationException("The account was not opened.");
        scene.Say($"{firstName} opens an account");
        return (new Person(scene, customer, browser), page);
    }
}

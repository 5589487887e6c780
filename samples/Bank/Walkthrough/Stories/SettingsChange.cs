namespace Bank;

internal sealed class SettingsChange() : Story("A change of settings takes a fresh face each time")
{
    private const string NewPassword = "a-new-and-longer-one";

    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var confirm = await AskAsync(lena, "/settings/password", ("password", NewPassword));
        scene.Check("a new password asks for a face", confirm.IsAt("/biometric/confirm/") && confirm.Shows("Change your password"));
        scene.Check("until then the old one holds", Knows(scene, lena, DemoCustomers.Password));

        var changed = await lena.ConfirmAsync(confirm);
        scene.Check("with the face it is changed", changed.IsAt("/settings") && changed.Shows("Your password is changed"));
        scene.Check("the new one signs in, the old one does not", Knows(scene, lena, NewPassword) && !Knows(scene, lena, DemoCustomers.Password));

        var again = await AskAsync(lena, "/settings/password", ("password", "yet-another-password"));
        scene.Check("the next change needs a face of its own", again.IsAt("/biometric/confirm/") && Person.IdOf(again) != Person.IdOf(confirm));
        var limit = await AskAsync(lena, "/settings/limit", ("limit", "3000"));
        scene.Check("so does another setting", limit.IsAt("/biometric/confirm/") && lena.DailyLimit == 2_000m);
        await lena.ConfirmAsync(limit);
        scene.Check("with it the limit is changed", lena.DailyLimit == 3_000m);
    }

    private static async Task<WebPage> AskAsync(Person person, string path, (string Name, string Value) entry)
    {
        var page = await person.Browser.OpenAsync(person.At("/settings"));
        return await person.Browser.SubmitAsync(page.FormTo(path), entry);
    }

    private static bool Knows(Scene scene, Person person, string password) => scene.Bank.Check(person.Customer.Email, password) is not null;
}

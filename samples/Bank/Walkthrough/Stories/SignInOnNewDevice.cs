using BiometricTwoFactor.Emulator;

namespace Bank;

internal sealed class SignInOnNewDevice() : Story("A sign-in on a new device takes a face, and the password alone gets nowhere")
{
    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var stranger = scene.NewBrowser();
        scene.Say("somebody who knows Lena's password signs in on a device of their own");
        var asked = await lena.GivePasswordAsync(stranger);
        scene.Check("the password leads to the camera and not to the accounts", asked.IsAt("/biometric/confirm/") && asked.Shows("Sign in"));
        scene.Check("no page of hers opens", (await stranger.OpenAsync(lena.At("/transfer"))).IsAt("/signin"));

        var refused = await lena.ConfirmAsync(stranger, asked, SandboxScenario.DeclineFaceMatchLowSimilarity);
        scene.Check("another face is refused", refused.Shows("We could not confirm that it is you"));
        scene.Check("still nobody is signed in there", (await stranger.OpenAsync(lena.At("/"))).IsAt("/signin"));

        scene.Say("Lena signs in on her new telephone");
        var phone = scene.NewBrowser();
        var confirm = await lena.GivePasswordAsync(phone);
        var elsewhere = await stranger.OpenAsync(confirm.Address);
        scene.Check("her challenge is nobody else's", elsewhere.Status == System.Net.HttpStatusCode.NotFound);
        var home = await lena.ConfirmAsync(phone, confirm);
        scene.Check("her face opens her accounts", home.Path == "/" && home.Shows("Good to see you, Lena"));

        var transfer = await phone.OpenAsync(lena.At("/transfer"));
        var payment = await phone.SubmitAsync(
            transfer.FormTo("/transfers"), ("PayeeName", Person.PayeeName), ("Iban", Person.PayeeIban), ("Amount", "250.00"), ("Reference", "Rent"));
        scene.Check("a transfer asks for a face of its own", payment.IsAt("/biometric/confirm/") && lena.Transfers.Count == 0);
    }
}

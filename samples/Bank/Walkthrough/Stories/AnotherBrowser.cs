using System.Net;

namespace Bank;

internal sealed class AnotherBrowser() : Story("A session link that is completed in another browser approves nothing")
{
    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var before = lena.Balance;
        var herOwn = scene.NewBrowser();
        await lena.SignInAsync(herOwn);
        scene.Say("somebody with Lena's password asks for a transfer and sends her the link to the camera");
        var confirm = await lena.AskTransferAsync("900.00");
        var stopped = await lena.Browser.SubmitOnlyAsync(confirm.FormTo("/biometric/start/"));
        scene.Check("the link exists", stopped.Status == HttpStatusCode.SeeOther);

        var callback = await Person.LookAsync(herOwn, await herOwn.OpenAsync(lena.NewestSession.HostedPage));
        var claim = await herOwn.ClaimAsync(callback);
        scene.Check("her face is right, but her browser is not the one that asked", claim.Status == HttpStatusCode.NotFound);
        scene.Check("the confirmation has ended", (await lena.StateAsync(Person.IdOf(confirm))).Text("state") == "declined");
        scene.Check("she is warned", lena.HasAlert("ClaimedElsewhere"));

        var resumed = await lena.Browser.OpenAsync(lena.At($"/biometric/resume/{Person.IdOf(confirm)}"));
        scene.Check("the asking browser gets nothing out of it", resumed.IsAt("/biometric/confirm/"));
        scene.Check("nothing was executed", lena.Balance == before && lena.Transfers.Count == 0);
    }
}

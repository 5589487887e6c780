using System.Net;

namespace Bank;

internal sealed class ApprovalUsedTwice() : Story("The same approval is refused a second time")
{
    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var confirm = await lena.AskTransferAsync("250.00");
        var callback = await Person.LookAsync(lena.Browser, await lena.StartAsync(confirm));
        var resume = (await lena.Browser.FollowClaimAsync(callback)).FormTo("/transfers");

        var first = await lena.Browser.SubmitAsync(resume);
        scene.Check("the first use executes the transfer", first.IsAt("/transfer/done/") && lena.Transfers.Count == 1);
        var after = lena.Balance;

        var second = await lena.Browser.SubmitOnlyAsync(resume);
        scene.Check("the same form again is refused with 409", second.Status == HttpStatusCode.Conflict && second.Shows("used already"));

        var page = await lena.Browser.OpenAsync(lena.At("/transfer"));
        var replay = await lena.Browser.SubmitAsync(
            page.FormTo("/transfers"),
            ("PayeeName", Person.PayeeName), ("Iban", Person.PayeeIban), ("Amount", "250.00"), ("Reference", "Rent"));
        scene.Check("the same transfer anew needs a face of its own", replay.IsAt("/biometric/confirm/") && Person.IdOf(replay) != Person.IdOf(confirm));
        scene.Check("nothing more has left the account", lena.Balance == after && lena.Transfers.Count == 1);
    }
}

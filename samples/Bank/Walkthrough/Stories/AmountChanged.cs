using System.Net;

namespace Bank;

internal sealed class AmountChanged() : Story("An amount that changed after the approval is refused")
{
    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var before = lena.Balance;
        var asked = await lena.CallTransferAsync("250.00");
        var id = asked.Text("challengeId")!;
        await lena.ConfirmAsync(await lena.Browser.OpenAsync(lena.At(asked.Text("confirmUrl")!)));
        scene.Check("a face approved 250.00 EUR", (await lena.StateAsync(id)).Text("state") == "approved");

        var changed = await lena.CallTransferAsync("1250.00", id);
        scene.Check("1250.00 EUR under that approval are refused with 409", changed.Status == HttpStatusCode.Conflict);
        scene.Check("the customer is warned", lena.HasAlert("TransactionChanged"));
        var original = await lena.CallTransferAsync("250.00", id);
        scene.Check("the approval is void from then on, for the true amount too", original.Status == HttpStatusCode.Unauthorized);
        scene.Check("the balance is unchanged", lena.Balance == before && lena.Transfers.Count == 0);
    }
}

using System.Security.Cryptography;

namespace Bank;

internal sealed class SignedWithAnotherSecret() : Story("A webhook signed with another secret changes nothing")
{
    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var before = lena.Balance;
        var confirm = await lena.AskTransferAsync("250.00");
        var hosted = await lena.StartAsync(confirm);

        scene.Emulator.Faults.SigningSecretOverride = RandomNumberGenerator.GetHexString(48);
        var callback = await Person.LookAsync(lena.Browser, hosted);
        await scene.Emulator.WebhooksIdleAsync(scene.Cancellation);
        scene.Check("the delivery is refused with 401", scene.Emulator.Deliveries[^1].ResponseStatus == 401);
        scene.Check("the confirmation waits as before", (await lena.StateAsync(Person.IdOf(confirm))).Text("state") == "pending" && lena.Balance == before);

        scene.Say("the customer comes back, and the bank reads the decision itself");
        var done = await lena.Browser.ReturnAsync(callback);
        scene.Check("the honest customer is not locked out: executed, once", done.IsAt("/transfer/done/") && lena.Balance == before - 250m && lena.Transfers.Count == 1);
    }
}

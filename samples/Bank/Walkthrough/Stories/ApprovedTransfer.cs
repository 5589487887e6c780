namespace Bank;

internal sealed class ApprovedTransfer() : Story("An approved transfer is executed once")
{
    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var before = lena.Balance;

        var small = await lena.AskTransferAsync("80.00");
        scene.Check("80.00 EUR go without a face", small.IsAt("/transfer/done/") && lena.Transfers is [{ ChallengeId: null }]);

        var confirm = await lena.AskTransferAsync("250.00");
        scene.Check("250.00 EUR ask for one", confirm.IsAt("/biometric/confirm/"));
        scene.Check("the confirm page shows amount, payee and account", confirm.Shows("250.00 EUR") && confirm.Shows(Person.PayeeName) && confirm.Shows(Person.PayeeIban));
        scene.Check("nothing is carried out yet", lena.Balance == before - 80m);

        var hosted = await lena.StartAsync(confirm);
        scene.Check("the way leads to the provider", hosted.Address.Authority == scene.Emulator.BaseAddress.Authority);
        var callback = await Person.LookAsync(lena.Browser, hosted);
        scene.Check("and back to the bank", callback.IsAt("/biometric/callback/"));
        var done = await lena.Browser.ReturnAsync(callback);
        scene.Check("the transfer is executed", done.IsAt("/transfer/done/") && done.Shows("Transfer executed"));
        scene.Check("once, for exactly this amount", lena.Balance == before - 80m - 250m && lena.Transfers.Count == 2);
        scene.Check("its record names the confirmation", lena.Transfers[0].ChallengeId == Person.IdOf(confirm));
    }
}

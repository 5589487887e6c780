using BiometricTwoFactor.Emulator;

namespace Bank;

internal sealed class DeclinedTransfer() : Story("A declined face executes nothing, and says what to do next")
{
    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var before = lena.Balance;
        var confirm = await lena.AskTransferAsync("250.00");
        var page = await lena.ConfirmAsync(confirm, SandboxScenario.DeclineFaceMatchLowSimilarity);
        scene.Check("the page says so, with the next step", page.IsAt("/biometric/confirm/") && page.Shows("could not confirm") && page.Shows("try again"));
        scene.Check("nothing was executed", lena.Balance == before && lena.Transfers.Count == 0);

        var done = await lena.ConfirmAsync(await lena.AskTransferAsync("250.00"));
        scene.Check("a new try with the right face executes it, once", done.IsAt("/transfer/done/") && lena.Balance == before - 250m);
    }
}

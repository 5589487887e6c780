using System.Net;

namespace Bank;

internal sealed class ProviderAway() : Story("While the provider is away nothing is executed and nothing is lost")
{
    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var before = lena.Balance;
        var confirm = await lena.AskTransferAsync("250.00");
        scene.Emulator.Faults.Unavailable = true;
        var away = await lena.StartAsync(confirm);
        scene.Check("the page says so, with 503", away.Status == HttpStatusCode.ServiceUnavailable && away.Shows("Nothing was carried out"));
        scene.Check("the confirmation is still there", (await lena.StateAsync(Person.IdOf(confirm))).Text("state") == "pending" && lena.Balance == before);

        scene.Emulator.Faults.Unavailable = false;
        var done = await lena.ConfirmAsync(await lena.Browser.OpenAsync(confirm.Address));
        scene.Check("when it is back, the same confirmation goes on", done.IsAt("/transfer/done/") && lena.Balance == before - 250m);
    }
}

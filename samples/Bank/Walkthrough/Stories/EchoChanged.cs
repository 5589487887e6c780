using System.Text.Json.Nodes;

namespace Bank;

internal sealed class EchoChanged() : Story("A verdict for another amount is refused")
{
    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var before = lena.Balance;
        var confirm = await lena.AskTransferAsync("250.00");
        var hosted = await lena.StartAsync(confirm);

        scene.Say("the webhook says Approved, correctly signed, but for 2500.00 EUR");
        scene.Emulator.Faults.NextWebhookBody = body =>
        {
            body["metadata"]!["amount"] = "2500.00";
            body["decision"]!["metadata"] = body["metadata"]!.DeepClone();
            return body;
        };
        var callback = await Person.LookAsync(lena.Browser, hosted);
        await scene.Emulator.WebhooksIdleAsync(scene.Cancellation);
        var delivery = scene.Emulator.Deliveries[^1];
        scene.Check("the delivery is authentic and acknowledged", delivery.ResponseStatus == 200 && JsonNode.Parse(delivery.Body)!["metadata"]!["amount"]!.GetValue<string>() == "2500.00");
        scene.Check("the confirmation has ended", (await lena.StateAsync(Person.IdOf(confirm))).Text("state") == "declined");
        scene.Check("the customer is warned", lena.HasAlert("Violated"));

        var page = await lena.Browser.ReturnAsync(callback);
        scene.Check("coming back leads to the refusal, not to the transfer", page.IsAt("/biometric/confirm/") && page.Shows("Nothing was carried out"));
        scene.Check("nothing was executed", lena.Balance == before && lena.Transfers.Count == 0);
    }
}

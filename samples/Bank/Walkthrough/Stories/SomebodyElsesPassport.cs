namespace Bank;

internal sealed class SomebodyElsesPassport() : Story("Somebody else's valid passport enrols nobody")
{
    public override async Task TellAsync(Scene scene)
    {
        var (ivo, enrol) = await SignUp.AsAsync(scene, "Ivo", "Marsh", "1971-03-09");
        var hosted = await ivo.StartAsync(await ivo.Browser.SubmitAsync(enrol.FormTo("/biometric/enrol")));
        scene.Say("the document at the camera is Carmen's");
        scene.Emulator.Faults.NextWebhookBody = body =>
        {
            var document = body["decision"]!["id_verifications"]![0]!;
            (document["first_name"], document["last_name"], document["date_of_birth"]) = ("Carmen", "Española", "1980-01-01");
            return body;
        };
        var looked = await Person.LookAsync(ivo.Browser, hosted);
        await scene.Emulator.WebhooksIdleAsync(scene.Cancellation); // what is read at the provider says nothing of Carmen
        var page = await ivo.Browser.ReturnAsync(looked);
        scene.Check("the enrolment is refused although the provider approved it", page.IsAt("/biometric/confirm/") && page.Shows("could not confirm"));
        var transfer = await ivo.AskTransferAsync("250.00");
        scene.Check("he is not enrolled", transfer.IsAt("/biometric/enrol") && ivo.Transfers.Count == 0);
    }
}

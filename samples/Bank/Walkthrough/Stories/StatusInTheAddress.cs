namespace Bank;

internal sealed class StatusInTheAddress() : Story("?status=Approved on the callback without a verdict is ignored")
{
    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var before = lena.Balance;
        var confirm = await lena.AskTransferAsync("250.00");
        var stopped = await lena.Browser.SubmitOnlyAsync(confirm.FormTo("/biometric/start/"));
        scene.Say($"the session is open ({(int)stopped.Status}); nobody looks into the camera");

        var session = lena.NewestSession;
        var callback = await lena.Browser.OpenAsync(new Uri($"{session.Callback}?verificationSessionId={session.Id}&status=Approved"));
        scene.Check("the page is served and changes nothing", (await lena.StateAsync(Person.IdOf(confirm))).Text("state") == "pending");

        var page = await lena.Browser.ReturnAsync(callback);
        scene.Check("the claim finds no verdict", page.IsAt("/biometric/confirm/") && page.Shows("not finished"));
        var resumed = await lena.Browser.OpenAsync(lena.At($"/biometric/resume/{Person.IdOf(confirm)}"));
        scene.Check("there is nothing to resume", resumed.IsAt("/biometric/confirm/"));
        scene.Check("nothing was executed", lena.Balance == before && lena.Transfers.Count == 0);
    }
}

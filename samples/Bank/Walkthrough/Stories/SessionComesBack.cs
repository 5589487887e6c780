namespace Bank;

internal sealed class SessionComesBack() : Story("A provider session that comes back for a second confirmation approves nothing")
{
    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var before = lena.Balance;
        var first = await lena.AskTransferAsync("250.00");
        await lena.StartAsync(first);
        var session = lena.NewestSession.Id;

        scene.Say("the first capture is completed; its verdict is late. Meanwhile the provider returns the same session for 600.00 EUR");
        scene.Emulator.Faults.HoldWebhooks = true;
        await scene.Emulator.CompleteAsync(session, cancellationToken: scene.Cancellation);
        scene.Emulator.Faults.ReturnExistingSession = session;
        var second = await lena.AskTransferAsync("600.00");
        var hosted = await lena.StartAsync(second);
        await scene.Emulator.Faults.ReleaseWebhooksAsync(scene.Cancellation);

        scene.Check("the second confirmation has a session of its own", lena.NewestSession.Id != session && hosted.Forms.Count > 0);
        scene.Check("the returned session is deleted at the provider", scene.Emulator.FindSession(session) is null);
        scene.Check("its late verdict approves nothing", (await lena.StateAsync(Person.IdOf(second))).Text("state") == "pending");
        scene.Check("not even the first confirmation", (await lena.StateAsync(Person.IdOf(first))).Text("state") == "not-finished");
        scene.Check("the customer is warned", lena.HasAlert("SessionReturnedTwice"));
        scene.Check("nothing was executed", lena.Balance == before);

        var done = await lena.Browser.ReturnAsync(await Person.LookAsync(lena.Browser, hosted));
        scene.Check("the fresh session's verdict executes its own transfer, once", done.IsAt("/transfer/done/") && lena.Balance == before - 600m && lena.Transfers.Count == 1);
    }
}

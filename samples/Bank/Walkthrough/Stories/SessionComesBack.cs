namespace Bank;

internal sealed class SessionComesBack() : Story("A provider session that comes back for a second confirmation approves nothing")
{
    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var before = lena.Balance;
        var first = await lena.AskTransferAsync("250.00");
        var executed = await lena.Browser.ReturnAsync(await Person.LookAsync(lena.Browser, await lena.StartAsync(first)));
        scene.Check("the first confirmation executes its transfer", executed.IsAt("/transfer/done/"));
        var session = lena.NewestSession.Id;

        scene.Say("the provider returns the same session, approved as it is, for 600.00 EUR");
        scene.Emulator.Faults.ReturnExistingSession = session;
        var second = await lena.AskTransferAsync("600.00");
        var hosted = await lena.StartAsync(second);

        scene.Check("the second confirmation has a session of its own", lena.NewestSession.Id != session && hosted.Forms.Count > 0);
        scene.Check("the returned session is deleted at the provider", scene.Emulator.FindSession(session) is null);
        scene.Check("its verdict approves nothing more", (await lena.StateAsync(Person.IdOf(second))).Text("state") == "pending");
        scene.Check("the customer is warned", lena.HasAlert("SessionReturnedTwice"));
        scene.Check("nothing more was executed", lena.Balance == before - 250m);

        var done = await lena.Browser.ReturnAsync(await Person.LookAsync(lena.Browser, hosted));
        scene.Check("the fresh session's verdict executes its own transfer, once", done.IsAt("/transfer/done/") && lena.Balance == before - 850m && lena.Transfers.Count == 2);
    }
}

namespace Bank;

internal sealed class NotEnrolledThenEnrolled() : Story("Not enrolled, then enrolled")
{
    public override async Task TellAsync(Scene scene)
    {
        var (carmen, enrol) = await SignUp.AsAsync(scene, "Carmen", "Española", "1980-01-01");
        scene.Check("opening an account leads to the enrolment", enrol.IsAt("/biometric/enrol"));

        var refused = await carmen.AskTransferAsync("250.00");
        scene.Check("a transfer before it leads there too, and is not executed", refused.IsAt("/biometric/enrol") && carmen.Transfers.Count == 0);

        var confirm = await carmen.Browser.SubmitAsync(enrol.FormTo("/biometric/enrol"));
        var home = await carmen.ConfirmAsync(confirm);
        scene.Check("document and face are checked, and she is back", home.IsAt("/") && home.Path == "/" && !home.Shows("Set up face confirmation"));

        var done = await carmen.ConfirmAsync(await carmen.AskTransferAsync("250.00"));
        scene.Check("now a look into the camera executes her transfer", done.IsAt("/transfer/done/") && carmen.Transfers.Count == 1);
    }
}

using BiometricTwoFactor.Emulator;

namespace Bank;

internal sealed class InReviewThenApproved() : Story("In review, then approved, then confirmed once more")
{
    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var before = lena.Balance;
        var confirm = await lena.AskTransferAsync("250.00");
        var id = Person.IdOf(confirm);
        var held = await lena.ConfirmAsync(confirm, SandboxScenario.ReviewFaceMatchBorderline);
        scene.Check("the page says that a person is looking at it", held.IsAt("/biometric/confirm/") && held.Shows("We are checking this"));
        var list = await lena.Browser.OpenAsync(lena.At("/confirmations"));
        scene.Check("the bank lists it among the open confirmations", list.Shows($"/biometric/confirm/{id}") && list.Shows("Being checked"));

        await scene.Emulator.ReviewAsync(lena.NewestSession.Id, approved: true, scene.Cancellation);
        scene.Check("approved there, it waits for her word", await lena.StateAfterAsync(id, "held") == "awaits-confirmation" && lena.Balance == before);

        var page = await lena.Browser.OpenAsync(confirm.Address);
        scene.Check("she sees again what it is for", page.Shows("250.00 EUR") && page.Shows(Person.PayeeName));
        await lena.Browser.SubmitAsync(page.FormTo("/biometric/confirm/"));
        var resume = await lena.Browser.OpenAsync(lena.At($"/biometric/resume/{id}"));
        var done = await lena.Browser.SubmitAsync(resume.FormTo("/transfers"));
        scene.Check("and the transfer is executed, once", done.IsAt("/transfer/done/") && lena.Balance == before - 250m && lena.Transfers.Count == 1);
    }
}

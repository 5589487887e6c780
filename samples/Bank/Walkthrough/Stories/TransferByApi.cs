using System.Net;

namespace Bank;

internal sealed class TransferByApi() : Story("A program is told that a face is needed, and repeats its call")
{
    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var before = lena.Balance;
        var asked = await lena.CallTransferAsync("250.00");
        scene.Check("401, and the header of RFC 9470", asked.Status == HttpStatusCode.Unauthorized && asked.WwwAuthenticate.Contains("insufficient_user_authentication", StringComparison.Ordinal));
        var id = asked.Text("challengeId")!;
        scene.Check("the problem names challenge and confirm page", id.Length > 0 && asked.Text("confirmUrl") == $"/biometric/confirm/{id}");

        await lena.ConfirmAsync(await lena.Browser.OpenAsync(lena.At(asked.Text("confirmUrl")!)));
        scene.Check("the face alone moves no money", lena.Balance == before);
        var done = await lena.CallTransferAsync("250.00", id);
        scene.Check("the repeated call is executed", done.Status == HttpStatusCode.OK && done.Text("challengeId") == id && lena.Balance == before - 250m);
        var again = await lena.CallTransferAsync("250.00", id);
        scene.Check("a third one is refused with 409", again.Status == HttpStatusCode.Conflict && lena.Balance == before - 250m);
    }
}

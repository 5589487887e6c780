using System.Net;

namespace Bank;

internal sealed class ForgedForm() : Story("A form that another site forges asks nobody for a face")
{
    public override async Task TellAsync(Scene scene)
    {
        var lena = await scene.EnrolledCustomerAsync();
        var before = lena.Balance;
        foreach (var (path, fields) in new[]
        {
            ("/transfers", new Dictionary<string, string>(StringComparer.Ordinal) { ["PayeeName"] = Person.PayeeName, ["Iban"] = Person.PayeeIban, ["Amount"] = "250.00" }),
            ("/transfers", new Dictionary<string, string>(StringComparer.Ordinal) { ["PayeeName"] = Person.PayeeName, ["Iban"] = Person.PayeeIban, ["Amount"] = "80.00" }),
            ("/settings/password", new Dictionary<string, string>(StringComparer.Ordinal) { ["password"] = "chosen-by-somebody-else" }),
        })
        {
            var answer = await lena.Browser.SubmitOnlyAsync(new HtmlForm(Id: null, lena.At(path), fields));
            scene.Check($"{path} without the page's own token is refused with 400", answer.Status == HttpStatusCode.BadRequest);
        }

        var list = await lena.Browser.OpenAsync(lena.At("/confirmations"));
        scene.Check("no confirmation was made", list.Shows("Nothing is waiting for you"));
        scene.Check("nothing was executed", lena.Balance == before && lena.Transfers.Count == 0);
    }
}

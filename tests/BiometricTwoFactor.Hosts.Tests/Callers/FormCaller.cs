namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Sends the application's own forms, with their antiforgery token.</summary>
internal sealed class FormCaller(RelyingParty bank, Browser browser, string limitUrl, string payUrl) : Caller(bank, browser)
{
    private (string Name, string Value) _token;

    public override Task<Outcome> ChangeAsync(string value) => PostAsync(limitUrl, ("Value", value));

    protected override Task<Outcome> PayToAsync(string amount, string account) =>
        PostAsync(payUrl, ("Amount", amount), ("Currency", "EUR"), ("Account", account), ("Name", "Ada Lovelace"));

    public static async Task<Caller> SignInAsync(RelyingParty bank, string user, string limitUrl, string payUrl)
    {
        var browser = await bank.SignedInAsync(user);
        return new FormCaller(bank, browser, limitUrl, payUrl) { _token = await browser.TokenAsync() };
    }

    private async Task<Outcome> PostAsync(string url, params (string Name, string Value)[] fields)
    {
        using var answer = await Browser.PostAsync(url, [.. fields, _token]);
        return await HttpCaller.OutcomeAsync(answer);
    }
}

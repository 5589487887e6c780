using BiometricTwoFactor.Emulator;

namespace Bank;

/// <summary>A customer at a browser, and what one can look up about them.</summary>
internal sealed class Person(Scene scene, Customer customer, Browser? browser = null)
{
    public const string PayeeName = "Nora Fields";
    public const string PayeeIban = "DE89370400440532013000";

    public Browser Browser { get; } = browser ?? scene.NewBrowser();

    public Customer Customer => customer;

    public decimal Balance => scene.Bank.AccountsOf(customer)[0].Balance;

    public IReadOnlyList<ExecutedTransfer> Transfers => scene.Bank.TransfersOf(customer);

    public decimal DailyLimit => scene.Bank.Find(customer.Id)!.DailyLimit;

    public bool HasAlert(string kind) => scene.Bank.Notices.Of(customer.Id).Any(notice => notice.IsAlert && notice.Kind == kind);

    /// <summary>The provider's newest session of this customer.</summary>
    public EmulatedSession NewestSession => scene.Emulator.Sessions.Last(session => session.VendorData == customer.Id);

    /// <summary>E-mail, password, and the face where it is asked for.</summary>
    public async Task<WebPage> SignInAsync(Browser browser, string password = DemoCustomers.Password)
    {
        var page = await GivePasswordAsync(browser, password);
        return page.IsAt("/biometric/confirm/") ? await ConfirmAsync(browser, page) : page;
    }

    /// <summary>As far as the password leads.</summary>
    public async Task<WebPage> GivePasswordAsync(Browser browser, string password = DemoCustomers.Password)
    {
        var page = await browser.OpenAsync(At("/signin"));
        return await browser.SubmitAsync(page.FormTo("/signin"), ("email", customer.Email), ("password", password));
    }

    /// <summary>Fills in the transfer form; ends wherever the bank leads.</summary>
    public async Task<WebPage> AskTransferAsync(string amount)
    {
        var page = await Browser.OpenAsync(At("/transfer"));
        return await Browser.SubmitAsync(
            page.FormTo("/transfers"), ("PayeeName", PayeeName), ("Iban", PayeeIban), ("Amount", amount), ("Reference", "Rent"));
    }

    /// <summary>The same by the API.</summary>
    public Task<ApiAnswer> CallTransferAsync(string amount, string? challengeId = null) =>
        Browser.CallAsync(HttpMethod.Post, At("/api/transfers"), new TransferRequest(PayeeName, PayeeIban, amount, "Rent"), challengeId);

    /// <summary>Goes from the confirm page to the provider's. Whoever has to find the camera is slower than the webhook that says so.</summary>
    public Task<WebPage> StartAsync(WebPage confirm) => StartAsync(Browser, confirm);

    private async Task<WebPage> StartAsync(Browser browser, WebPage confirm)
    {
        var hosted = await browser.SubmitAsync(confirm.FormTo("/biometric/start/"));
        await scene.Emulator.WebhooksIdleAsync(scene.Cancellation);
        return hosted;
    }

    /// <summary>Chooses how the check ends on the provider's page; ends on the bank's callback page.</summary>
    public static Task<WebPage> LookAsync(Browser browser, WebPage hosted, string scenario = SandboxScenario.Approve) =>
        browser.SubmitAsync(hosted.FormWith("scenario"), ("scenario", scenario));

    /// <summary>All of it: start, look, claim, resume.</summary>
    public Task<WebPage> ConfirmAsync(WebPage confirm, string scenario = SandboxScenario.Approve) => ConfirmAsync(Browser, confirm, scenario);

    /// <summary>The same in another browser.</summary>
    public async Task<WebPage> ConfirmAsync(Browser browser, WebPage confirm, string scenario = SandboxScenario.Approve) =>
        await browser.ReturnAsync(await LookAsync(browser, await StartAsync(browser, confirm), scenario));

    /// <summary>What the bank says about a challenge, to the browser that asked.</summary>
    public async Task<ApiAnswer> StateAsync(string challengeId) =>
        await Browser.CallAsync(HttpMethod.Get, At($"/biometric/challenges/{challengeId}"));

    /// <summary>Waits, bounded, until the challenge has left a state, and says which it is in then.</summary>
    public async Task<string?> StateAfterAsync(string challengeId, string state) =>
        (await Browser.WaitAsync(At($"/biometric/challenges/{challengeId}"), state)).Text("state");

    public Uri At(string path) => new(scene.Bank.Address, path);

    /// <summary>The id in a confirm page's address.</summary>
    public static string IdOf(WebPage confirm) =>
        confirm.IsAt("/biometric/confirm/") ? confirm.Path["/biometric/confirm/".Length..] : throw new InvalidOperationException($"{confirm.Path} ({(int)confirm.Status}) is not a confirm page.");
}

using System.Net;
using Microsoft.Playwright;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Tabs of one browser, each with a circuit, and the cookies of the browser that shows the face.</summary>
internal sealed class CircuitCaller : Caller
{
    private readonly IBrowserContext _context;
    private readonly Stack<Tab> _free = new();

    private CircuitCaller(RelyingParty bank, Browser browser, IBrowserContext context)
        : base(bank, browser) => _context = context;

    public static async Task<CircuitCaller> OpenAsync(RelyingParty bank, string user, IBrowser chromium)
    {
        var browser = await bank.SignedInAsync(user);
        var caller = new CircuitCaller(bank, browser, await chromium.NewContextAsync(new() { BaseURL = bank.Address.AbsoluteUri }));
        await caller.ReconnectAsync();
        return caller;
    }

    /// <summary>The next call is made from a tab that is opened then.</summary>
    public override async Task ReconnectAsync()
    {
        await _context.AddCookiesAsync(Browser.Cookies.GetAllCookies().Select(cookie => new Microsoft.Playwright.Cookie { Name = cookie.Name, Value = cookie.Value, Url = Bank.Address.AbsoluteUri }));
        lock (_free)
        {
            _free.Clear();
        }
    }

    public override Task<Outcome> ChangeAsync(string value) => OnAsync(tab => tab.PressAsync("change", value, ""));

    /// <summary>Presses the button that waits, and gives what the page says when the wait is over.</summary>
    public Task<string> WaitAsync(Func<Task> meanwhile) => _free.Peek().WaitAsync(meanwhile);

    /// <summary>Goes to a page within the circuit; what the router says.</summary>
    public async Task<string> RouteAsync(string button)
    {
        var tab = await Tab.OpenAsync(await _context.NewPageAsync());
        return await tab.AskAsync(button);
    }

    public override async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override Task<Outcome> PayToAsync(string amount, string account) => OnAsync(tab => tab.PressAsync("pay", amount, account));

    private async Task<Outcome> OnAsync(Func<Tab, Task<Outcome>> press)
    {
        Tab? tab;
        lock (_free)
        {
            _free.TryPop(out tab);
        }

        // Calls at once are made from tabs of their own.
        tab ??= await Tab.OpenAsync(await _context.NewPageAsync());
        try
        {
            return await press(tab);
        }
        finally
        {
            lock (_free)
            {
                _free.Push(tab);
            }
        }
    }

    private sealed class Tab(IPage page)
    {
        private int _pressed;

        public static async Task<Tab> OpenAsync(IPage page)
        {
            await page.GotoAsync("/circuit");
            await page.Locator("#answer").WaitForAsync();
            return new Tab(page);
        }

        public async Task<Outcome> PressAsync(string button, string value, string account)
        {
            await page.FillAsync("#value", value);
            await page.FillAsync("#account", account);
            await page.ClickAsync("#" + button);
            var answer = await AnswerAsync();
            return answer == "ran" ? Outcome.Done
                : answer.Contains(':', StringComparison.Ordinal) ? Outcome.Refused(answer)
                : new Outcome(Ran: false, answer);
        }

        public async Task<string> AskAsync(string button)
        {
            await page.ClickAsync("#" + button);
            return await AnswerAsync();
        }

        public async Task<string> WaitAsync(Func<Task> meanwhile)
        {
            await page.ClickAsync("#wait");
            await meanwhile();
            return await AnswerAsync();
        }

        private async Task<string> AnswerAsync()
        {
            var start = $"{++_pressed} ";
            await page.WaitForFunctionAsync("start => document.querySelector('#answer').textContent.startsWith(start)", start);
            return (await page.TextContentAsync("#answer"))![start.Length..];
        }
    }
}

using Bank;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>What the tests do at the bank, by what a person sees: labels, buttons, headings.</summary>
internal sealed class BankPage : IAsyncDisposable
{
    private static readonly string? ScreenshotFolder = Environment.GetEnvironmentVariable("BANK_SCREENSHOTS");
    private readonly IBrowserContext _context;
    private readonly int _width;
    private readonly List<string> _complaints = [];

    public BankPage(RunningBank bank, IBrowserContext context, IPage page, int width)
    {
        Bank = bank;
        _context = context;
        Page = page;
        _width = width;
        // A blocked style, script or form is told on the console and nowhere else.
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    public RunningBank Bank { get; }

    public IPage Page { get; }

    /// <summary>What scripts and policies complained about; empty on a page that works.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public async Task SignInAsync(Customer customer)
    {
        await Page.GotoAsync("/signin");
        await Page.GetByLabel("E-mail").FillAsync(customer.Email);
        await Page.GetByLabel("Password").FillAsync(DemoCustomers.Password);
        await PressAsync("Sign in");
        await PressAsync("Continue to the camera"); // a new browser profile is a new device
        await LookAsync("Approve");
        await SeesAsync($"Good to see you, {customer.FirstName}");
    }

    public async Task AskTransferAsync(string amount)
    {
        await Page.GotoAsync("/transfer");
        await Page.GetByLabel("Payee").FillAsync(Person.PayeeName);
        await Page.GetByLabel("IBAN").FillAsync(Person.PayeeIban);
        await Page.GetByLabel("Amount in EUR").FillAsync(amount);
        await Page.GetByLabel("Reference").FillAsync("Rent");
        await PressAsync("Continue");
    }

    /// <summary>At the emulator's hosted page: picks an outcome and finishes.</summary>
    public async Task LookAsync(string outcome)
    {
        await SeesAsync("Confirm that it is you");
        await Page.GetByText(outcome, new() { Exact = true }).ClickAsync(); // the whole row is the label
        await PressAsync("Finish");
    }

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Waits for the page's heading.</summary>
    public Task SeesAsync(string heading) => Expect(Page.GetByRole(AriaRole.Heading, new() { Name = heading, Level = 1 })).ToBeVisibleAsync(new() { Timeout = 60_000 });

    public Task ShotAsync(string name) => ScreenshotFolder is null
        ? Task.CompletedTask
        : Page.ScreenshotAsync(new() { Path = Path.Combine(ScreenshotFolder, $"{name}-{_width}.png"), FullPage = true });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

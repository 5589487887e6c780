using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Emulator.Tests.Page;

/// <summary>A customer at the hosted page, in a browser profile of its own.</summary>
internal sealed class CustomerPage : IAsyncDisposable
{
    private static readonly string? ScreenshotFolder = Environment.GetEnvironmentVariable("EMULATOR_SCREENSHOTS");
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private CustomerPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        // A blocked script, style or call is told on the console and nowhere else.
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
        context.WebError += (_, error) => _complaints.Add(error.Error);
    }

    public IPage Page { get; }

    /// <summary>What scripts and policies complained about.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public ILocator Alert => Page.Locator("#alert");

    public ILocator Guide => Page.Locator("#guide");

    public static async Task<CustomerPage> OpenAsync(IBrowser browser, string url, int width = 390, BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.ViewportSize = new ViewportSize { Width = width, Height = 844 };
        var context = await browser.NewContextAsync(options);
        var page = new CustomerPage(context, await context.NewPageAsync());
        await page.Page.GotoAsync(url);
        return page;
    }

    public Task StartAsync() => Page.Locator("#start").ClickAsync();

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Takes the picture, unless the page has already done so by itself.</summary>
    public Task TakeAsync() => Page.WaitForFunctionAsync("""
        () => {
          const take = document.getElementById("take");
          if (take?.checkVisibility()) {
            take.click();
            return true;
          }
          return take === null;
        }
        """);

    public Task SeesAsync(string heading) =>
        Expect(Page.GetByRole(AriaRole.Heading, new() { Name = heading, Level = 1 })).ToBeVisibleAsync(new() { Timeout = 60_000 });

    public Task ShotAsync(string name) => ScreenshotFolder is null
        ? Task.CompletedTask
        : Page.ScreenshotAsync(new() { Path = Path.Combine(ScreenshotFolder, name + ".png"), FullPage = true });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

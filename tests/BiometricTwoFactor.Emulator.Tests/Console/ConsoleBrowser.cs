using Microsoft.Playwright;

namespace BiometricTwoFactor.Emulator.Tests.Console;

/// <summary>Chromium to look at the console with: one for all of its tests, since starting it is the dear part.</summary>
public sealed class ConsoleBrowser : IAsyncLifetime
{
    public const string Chromium = "/usr/bin/chromium";
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            return; // the tests skip
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-background-networking"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A page in a browser profile of its own, at the emulator's console.</summary>
    internal async Task<ConsolePane> OpenAsync(RelyingParty party, string hash = "", int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            BaseURL = party.Emulator.BaseAddress.AbsoluteUri,
        });
        var pane = new ConsolePane(context, await context.NewPageAsync());
        await pane.Page.GotoAsync("/emulator/" + hash);
        return pane;
    }
}

[CollectionDefinition(Name)]
public sealed class ConsoleBrowserCollection : ICollectionFixture<ConsoleBrowser>
{
    public const string Name = "console in a browser";
}

/// <summary>A test in a real browser.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = File.Exists(ConsoleBrowser.Chromium) ? null : $"needs {ConsoleBrowser.Chromium}";
}

/// <summary>The console as a person sees it.</summary>
internal sealed class ConsolePane : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    public ConsolePane(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>What scripts, policies and the network complained about; empty on a page that works.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>The line of a session in the list.</summary>
    public ILocator Row(string user) => Page.Locator(".rows a.row").Filter(new() { HasText = user });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

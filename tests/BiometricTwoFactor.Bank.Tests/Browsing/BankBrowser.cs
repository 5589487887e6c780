using Bank;
using Microsoft.Playwright;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>A running bank, and Chromium to look at it with. One for all browser tests: starting both is the dear part.</summary>
public sealed class BankBrowser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal RunningBank Bank { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Chromium), $"{Chromium} is missing. tests/run installs it; or: apt-get install chromium");
        Bank = await RunningBank.StartAsync();
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
        if (Bank is not null)
        {
            await Bank.DisposeAsync();
        }
    }

    /// <summary>A page in a browser profile of its own, that nothing was done with.</summary>
    internal async Task<BankPage> NewPageAsync(int width, int height = 900)
    {
        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, BaseURL = Bank.Address.AbsoluteUri });
        return new BankPage(Bank, context, await context.NewPageAsync(), width);
    }
}

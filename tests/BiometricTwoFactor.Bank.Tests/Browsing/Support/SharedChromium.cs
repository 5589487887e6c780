using Microsoft.Playwright;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>
/// One Chromium for the whole test run, closed when the last class that uses it is done. It blocks third-party cookies, and
/// keeps pages for the back button, as the browsers that people have do.
/// </summary>
public sealed class SharedChromium : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";
    private static readonly SemaphoreSlim Gate = new(1);
    private static int _users;
    private static IPlaywright? _playwright;
    private static IBrowser? _browser;

    internal IBrowser Browser => _browser!;

    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Executable), $"{Executable} is missing. tests/run installs it; or: apt-get install chromium");
        await Gate.WaitAsync();
        try
        {
            if (_users++ == 0)
            {
                _playwright = await Playwright.CreateAsync();
                _browser = await _playwright.Chromium.LaunchAsync(new()
                {
                    ExecutablePath = Executable,
                    Args = ["--no-sandbox", "--disable-background-networking", "--test-third-party-cookie-phaseout"],
                    IgnoreDefaultArgs = ["--disable-back-forward-cache"],
                    Timeout = 60_000,
                });
            }
        }
        finally
        {
            Gate.Release();
        }
    }

    public async Task DisposeAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (--_users == 0)
            {
                await _browser!.DisposeAsync();
                _playwright!.Dispose();
            }
        }
        finally
        {
            Gate.Release();
        }
    }
}

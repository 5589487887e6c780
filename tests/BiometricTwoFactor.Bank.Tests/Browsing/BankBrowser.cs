using Bank;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>A running bank, and Chromium to look at it with. One for all tests of the bank: starting it is the dear part.</summary>
public sealed class BankBrowser : IAsyncLifetime
{
    private readonly SharedChromium _chromium = new();

    internal RunningBank Bank { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _chromium.InitializeAsync();
        Bank = await RunningBank.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (Bank is not null)
        {
            await Bank.DisposeAsync();
        }

        await _chromium.DisposeAsync();
    }

    /// <summary>A page in a browser profile of its own, that nothing was done with.</summary>
    internal async Task<BankPage> NewPageAsync(int width, int height = 900)
    {
        var context = await _chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, BaseURL = Bank.Address.AbsoluteUri });
        return new BankPage(Bank, context, await context.NewPageAsync(), width);
    }
}

using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// A person who is signed in and calls the application in a host's own way. Each caller is a sign-in of its own, with what it
/// takes to show a face: mostly the same browser.
/// </summary>
internal abstract class Caller(RelyingParty bank, Browser browser) : IAsyncDisposable
{
    public RelyingParty Bank => bank;

    public Browser Browser => browser;

    /// <summary>Changes a limit: an action without a payment, behind <c>[RequireBiometric]</c>.</summary>
    public abstract Task<Outcome> ChangeAsync(string value);

    /// <summary>Pays, bound to amount and payee.</summary>
    public Task<Outcome> PayAsync(string amount = "250.00", string account = "DE89370400440532013000") => PayToAsync(amount, account);

    /// <summary>Opens what stays open anew, with the browser's present cookies; nothing for callers of requests.</summary>
    public virtual Task ReconnectAsync() => Task.CompletedTask;

    /// <summary>Shows the face for a challenge and comes back with the claim.</summary>
    public virtual Task ShowFaceAsync(string challenge, string scenario = SandboxScenario.Approve) => Payments.CompleteAsync(bank, browser, challenge, scenario);

    /// <summary>Shows the face and does not come back.</summary>
    public virtual async Task ShowFaceOnlyAsync(string challenge)
    {
        await browser.StartedAsync(challenge);
        await bank.Provider.CompleteAsync(bank.LastSession().Id, SandboxScenario.Approve);
    }

    protected abstract Task<Outcome> PayToAsync(string amount, string account);

    public virtual ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }
}

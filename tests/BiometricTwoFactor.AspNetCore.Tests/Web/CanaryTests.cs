using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Attack 65 and 74: what must not be seen is in no log line, scope or exception, at any level, of any category.</summary>
public sealed class CanaryTests
{
    [Fact]
    public async Task Codes_tokens_keys_and_secrets_reach_no_log()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("canary-person");
        var id = await browser.AskAsync("250.00");
        var page = await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id, SandboxScenario.Approve);
        await browser.ClaimAsync(callback!);
        using var done = await browser.ResumeAsync(id);
        bank.Provider.Faults.Unavailable = true;
        using var failed = await browser.StartAsync(await browser.AskAsync("260.00"));

        var logs = bank.Logs.All;
        Assert.Contains(id, logs, StringComparison.Ordinal); // it logs at all
        Assert.DoesNotContain(callback!.Segments[^1], logs, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Segments[^1], logs, StringComparison.Ordinal);
        Assert.DoesNotContain(bank.Provider.ApiKey, logs, StringComparison.Ordinal);
        Assert.DoesNotContain(bank.Provider.WebhookSecret, logs, StringComparison.Ordinal);
        Assert.DoesNotContain("DE89370400440532013000", logs, StringComparison.Ordinal);
    }
}

using System.Security.Cryptography;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The export of a day at the bank, made once: two people, a payment that was carried out, one that was refused, a lost webhook; checkpoints every four entries.</summary>
public sealed class LedgerFixture : IAsyncLifetime
{
    private ECDsa? _key;

    public string Text { get; private set; } = "";

    public string WebhookSecret { get; private set; } = "";

    public ECDsa PublicKey => _key!;

    internal LedgerFile File() => new(Text);

    public async Task InitializeAsync()
    {
        _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options =>
        {
            options.Evidence.SigningKey = _key.ExportPkcs8PrivateKeyPem();
            options.Evidence.CheckpointEvery = 4;
        });
        WebhookSecret = bank.Provider.WebhookSecret;
        foreach (var user in new[] { "alice", "bob" })
        {
            using var browser = await bank.SignedInAsync(user);
            var id = await Payments.ApprovedAsync(bank, browser);
            using var done = await browser.ResumeAsync(id);
            await bank.ChainAsync();
        }

        using var refused = await bank.SignedInAsync("alice");
        await Payments.CompleteAsync(bank, refused, await refused.AskAsync("99.00"), SandboxScenario.DeclineFaceMatchLowSimilarity);
        bank.Provider.WebhookUrl = null;
        using var read = await bank.SignedInAsync("bob");
        await Payments.ApprovedAsync(bank, read);
        await bank.ChainAsync();
        await bank.Chainer().CheckpointAsync(force: true, CancellationToken.None);
        Text = await bank.ExportAsync();
    }

    public Task DisposeAsync()
    {
        _key?.Dispose();
        return Task.CompletedTask;
    }
}

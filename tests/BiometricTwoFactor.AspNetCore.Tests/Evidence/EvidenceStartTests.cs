using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A key that is missing or unfit stops the start and says which, and how to make one.</summary>
public sealed class EvidenceStartTests
{
    [Fact]
    public async Task A_store_that_survives_a_restart_does_not_start_without_a_master_key()
    {
        var (store, _) = StoreProxy.Create(TimeProvider.System);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => RelyingParty.StartAsync(setup =>
        {
            setup.Options = options => options.Evidence.MasterKey = null;
            setup.ConfigureServices = services => services.AddSingleton(store);
        }));
        Assert.Contains("Biometric:Evidence:MasterKey", failure.Message, StringComparison.Ordinal);
        Assert.Contains("biometric2fa evidence keys", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_in_memory_store_needs_none()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.Evidence.MasterKey = null);
        using var alice = await bank.SignedInAsync("alice");
        await alice.AskAsync();
        Assert.Contains("250.00", await bank.ExportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unsigned_checkpoints_are_warned_of()
    {
        var (store, _) = StoreProxy.Create(TimeProvider.System);
        await using var bank = await RelyingParty.StartAsync(setup => setup.ConfigureServices = services => services.AddSingleton(store));
        Assert.Contains("Biometric:Evidence:SigningKey", bank.Logs.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MasterKey", "not base64")]
    [InlineData("MasterKey", "AAECAwQFBgcICQoLDA0ODw==")]
    [InlineData("SigningKey", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    public async Task An_unfit_key_is_named_and_not_repeated(string name, string value)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => RelyingParty.StartAsync(setup => setup.Options = options =>
            _ = name == "MasterKey" ? options.Evidence.MasterKey = value : options.Evidence.SigningKey = value));
        Assert.Contains($"Biometric:Evidence:{name}:", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signing_key_on_another_curve_is_unfit()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        await Assert.ThrowsAsync<OptionsValidationException>(() => RelyingParty.StartAsync(setup => setup.Options = options => options.Evidence.SigningKey = key.ExportPkcs8PrivateKeyPem()));
    }
}

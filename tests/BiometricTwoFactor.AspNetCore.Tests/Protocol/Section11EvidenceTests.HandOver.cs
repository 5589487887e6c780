namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 11: what a hand-over leaves.</summary>
public sealed partial class Section11EvidenceTests
{
    [Fact]
    public async Task Rule_11_2_The_evidence_names_the_hand_over_and_what_was_shown_there()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        var id = await desktop.AskAsync();
        var (phone, callback) = await bank.CapturedOnPhoneAsync(desktop, id);
        await phone.ClaimAsync(callback);
        var export = await bank.ExportAsync();
        Assert.Equal(2, export.Split("\"kind\":\"another device\"").Length - 1); // what was shown, and the claim
        Assert.Contains("\"shownDigest\":\"", export, StringComparison.Ordinal);
        Assert.Contains("asked-at", export, StringComparison.Ordinal);
        Assert.Contains("digitsAt", export, StringComparison.Ordinal);
        var report = await bank.WithEvidenceAsync(evidence => evidence.RenderReportAsync(id));
        Assert.Contains("Handed over", report!, StringComparison.Ordinal);
        Assert.Contains("The device that it was handed over to claimed the verdict", report!, StringComparison.Ordinal);
        phone.Dispose();
    }
}

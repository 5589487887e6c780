using System.Globalization;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Names the policy that judges: a hash over every option that can change a verdict.</summary>
internal static class EvidencePolicy
{
    public static string VersionOf(BiometricStepUpOptions options, ApiEdition edition)
    {
        var risk = options.NetworkRisk;
        return FieldHash.Of(
        [
            "biometric-policy/1",
            Text(options.FaceMatchFloorPercent),
            Text(options.LivenessFloorPercent),
            options.AllowApprovalAfterReview ? "review" : "no review",
            edition.ToString(),
            options.Environment.ToString(),
            Text(options.CaptureLifetime),
            Text(options.ExecutionLifetime),
            Text(options.ReviewLifetime),
            Text(options.WebhookTimestampTolerance),
            options.RequireWebhookTimestamp ? "timestamp" : "no timestamp",
            options.AcceptRawSignatureHeader ? "raw header" : "no raw header",
            risk.VpnOrTor.ToString(),
            risk.DataCentre.ToString(),
            risk.CountryJump.ToString(),
            risk.AddressDiffers.ToString(),
            .. options.BlockingWarnings.Order(StringComparer.Ordinal),
        ])[..16];
    }

    private static string Text(decimal? value) => value?.ToString("0.############", CultureInfo.InvariantCulture) ?? "none";

    private static string Text(TimeSpan value) => value.Ticks.ToString(CultureInfo.InvariantCulture);
}

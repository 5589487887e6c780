using System.Globalization;
using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Bank;

/// <summary>Changes that need a face each: one face, one change.</summary>
internal static class SettingsEndpoints
{
    private const decimal HighestLimit = 10_000m;

    public static void MapSettings(this IEndpointRouteBuilder app)
    {
        app.MapPost("/settings/password", ChangePasswordAsync);
        app.MapPost("/settings/limit", ChangeLimitAsync);
        app.MapPost("/settings/security-key", AddSecurityKey);
    }

    [RequireBiometric(StepUpReason.SettingsChange, Title = "Change your password")]
    private static async Task<RedirectHttpResult> ChangePasswordAsync([FromForm] string? password, HttpContext context, CustomerRegister customers)
    {
        if (password is not { Length: >= CustomerRegister.ShortestPassword })
        {
            return Back("password-short");
        }

        await customers.ChangePasswordAsync(context.Customer(), password);
        return Back("password");
    }

    /// <summary>Another way to confirm is added only with the one that is there.</summary>
    [RequireBiometric(StepUpReason.SettingsChange, Title = "Add a security key")]
    private static async Task<RedirectHttpResult> AddSecurityKey([FromForm] string? key, HttpContext context, SecurityKeys keys) =>
        Back(await keys.TryAddAsync(context, key) ? "security-key" : "security-key-wrong");

    [RequireBiometric(StepUpReason.SettingsChange, Title = "Change your daily limit")]
    private static async Task<RedirectHttpResult> ChangeLimitAsync([FromForm] string? limit, HttpContext context, CustomerRegister customers)
    {
        if (!decimal.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var euros) || euros > HighestLimit)
        {
            return Back("limit-wrong");
        }

        await customers.ChangeDailyLimitAsync(context.Customer(), euros);
        return Back("limit");
    }

    private static RedirectHttpResult Back(string result) => TypedResults.LocalRedirect($"~/settings?result={result}");
}

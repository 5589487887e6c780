using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>Who may call, and how the provider's router reads an id.</summary>
internal static class ApiGuard
{
    /// <summary>The whole key, in constant time.</summary>
    public static bool HasKey(HttpContext context, EmulatorSettings settings) =>
        context.Request.Headers["x-api-key"] is [{ } key]
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), settings.ApiKeyBytes);

    /// <summary>Checks the key; answers 403 (never 401) with the endpoint's own wording otherwise.</summary>
    public static async Task<bool> RequireKeyAsync(HttpContext context, EmulatorSettings settings, string detail)
    {
        if (HasKey(context, settings))
        {
            return true;
        }

        await ApiErrors.DetailAsync(context, StatusCodes.Status403Forbidden, detail);
        return false;
    }

    /// <summary>The id in the path, when it is a UUID in lower case: all that the provider's route matches.</summary>
    public static string? RouteUuid(HttpContext context) =>
        context.Request.RouteValues["id"] is string id
        && Guid.TryParseExact(id, "D", out var uuid)
        && string.Equals(uuid.ToString("D"), id, StringComparison.Ordinal)
            ? id
            : null;

    /// <summary>
    /// The session of the path and the right to it. The provider looks for the session first, so that an unknown one
    /// is 404 even without a key. Null when it has been answered.
    /// </summary>
    public static async Task<SessionRecord?> RequireSessionAsync(HttpContext context, EmulatorCore core)
    {
        if (RouteUuid(context) is not { } id)
        {
            await ApiErrors.HtmlNotFoundAsync(context);
            return null;
        }

        if (core.Find(id) is not { } session)
        {
            await ApiErrors.DetailAsync(context, StatusCodes.Status404NotFound, "Not found.");
            return null;
        }

        return await RequireKeyAsync(context, core.Settings, ApiErrors.NoCredentials) ? session : null;
    }
}

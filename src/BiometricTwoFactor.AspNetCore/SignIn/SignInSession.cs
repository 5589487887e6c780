using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The sign-in session's id (protocol 1.1): the claim <c>sid</c> where the application has one, else an item that the SDK
/// puts into the ticket's properties at sign-in. Properties outlive what happens to a principal: cookie renewal, and the
/// security-stamp check of ASP.NET Core Identity, which builds a new principal without our claim.
/// </summary>
internal static class SignInSession
{
    private const string ClaimType = "sid";
    private const string Item = ".biometric.sid";
    private const string TenantItem = ".biometric.tenant";

    public static string? Read(ClaimsPrincipal? principal, AuthenticationProperties? properties) =>
        principal?.FindFirstValue(ClaimType) is { Length: > 0 } claim ? claim
        : properties?.Items.TryGetValue(Item, out var item) == true && item is { Length: > 0 } ? item
        : null;

    /// <summary>The tenant at which a ticket was issued; null where none was written, which is no tenant's.</summary>
    public static string? TenantOf(AuthenticationProperties properties) => properties.Items.TryGetValue(TenantItem, out var tenant) ? tenant : null;

    /// <summary>Writes the session, and the tenant that it belongs to where there are tenants.</summary>
    public static void Write(AuthenticationProperties properties, string sessionId, string tenant)
    {
        properties.Items[Item] = sessionId;
        if (tenant.Length > 0)
        {
            properties.Items[TenantItem] = tenant;
        }
    }
}

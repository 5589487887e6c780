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

    public static string? Read(ClaimsPrincipal? principal, AuthenticationProperties? properties) =>
        principal?.FindFirstValue(ClaimType) is { Length: > 0 } claim ? claim
        : properties?.Items.TryGetValue(Item, out var item) == true && item is { Length: > 0 } ? item
        : null;

    public static void Write(AuthenticationProperties properties, string sessionId) => properties.Items[Item] = sessionId;
}

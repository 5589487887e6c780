using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// Who may use the control API: whoever knows the API key, and the console's own page. A foreign page in the developer's
/// browser may do and read nothing: it cannot send <see cref="Mark"/> without a preflight, which nobody answers, and a
/// name that was made to point here (DNS rebinding) is not one of this emulator's.
/// </summary>
internal sealed class ConsoleAccess
{
    /// <summary>The header by which the console's page shows that it is no foreign one.</summary>
    public const string Mark = "X-Emulator-Console";

    private readonly EmulatorSettings _settings;
    private readonly byte[] _pass;
    private readonly string _cookie;

    public ConsoleAccess(EmulatorSettings settings)
    {
        _settings = settings;
        NeedsSignIn = !IPAddress.IsLoopback(settings.Address)
            || (settings.Options.PublicAddress is { } address && !IsLoopbackName(address.Host));
        _pass = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(settings.ApiKeyBytes, "emulator console"u8)));
        // Cookies do not know ports: two emulators of one machine would sign each other out under one name.
        _cookie = "emulator-console-" + Convert.ToHexStringLower(SHA256.HashData(_pass))[..8];
    }

    /// <summary>On loopback only the developer reaches the page. Where others do, or are meant to, it needs the key.</summary>
    public bool NeedsSignIn { get; }

    /// <summary>Whether the API may be used.</summary>
    public bool Allows(HttpContext context) =>
        context.Request.Headers.ContainsKey("x-api-key")
            ? ApiGuard.HasKey(context, _settings)
            : IsOwnPage(context) && (!NeedsSignIn || IsSignedIn(context));

    /// <summary>Who may ask whether they are signed in.</summary>
    public bool IsOwnPageOrHasKey(HttpContext context) => Allows(context) || IsOwnPage(context);

    /// <summary>The request comes from a page of this emulator's own origin.</summary>
    public bool IsOwnPage(HttpContext context)
    {
        var request = context.Request;
        return request.Headers[Mark] is ["1"]
            && IsKnownHost(context)
            && request.Headers["Sec-Fetch-Site"] is [] or ["same-origin"]
            && (request.Headers.Origin.Count == 0 || IsOrigin(request.Headers.Origin, request.Host));

        // The scheme is left out: before a proxy that ends TLS it is another one than here.
        static bool IsOrigin(string? origin, HostString host) =>
            origin?.IndexOf("://", StringComparison.Ordinal) is > 0 and var at
            && string.Equals(origin[(at + 3)..], host.Value, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A loopback name, the address listened on, or the one that <see cref="BiometricEmulatorOptions.PublicAddress"/> names.</summary>
    public bool IsKnownHost(HttpContext context)
    {
        var host = context.Request.Host.Host;
        return IsLoopbackName(host)
            || string.Equals(host, _settings.Options.PublicAddress?.Host, StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && (Same(address, _settings.Address) || Same(address, context.Connection.LocalIpAddress)));

        // A dual-mode socket tells an IPv4 address as an IPv6 one.
        static bool Same(IPAddress one, IPAddress? other) => other is not null && one.MapToIPv6().Equals(other.MapToIPv6());
    }

    public bool IsSignedIn(HttpContext context) =>
        context.Request.Cookies[_cookie] is { } pass
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(pass), _pass);

    /// <summary>Gives the browser its pass when the key is right: made from the key, and not the key.</summary>
    public bool SignIn(HttpContext context, string key)
    {
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), _settings.ApiKeyBytes))
        {
            return false;
        }

        context.Response.Cookies.Append(_cookie, Encoding.ASCII.GetString(_pass), Cookie(context));
        return true;
    }

    public void SignOut(HttpContext context) => context.Response.Cookies.Delete(_cookie, Cookie(context));

    private CookieOptions Cookie(HttpContext context) => new()
    {
        Path = "/emulator/",
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps
            || (_settings.Options.PublicAddress is { } address && address.Scheme == Uri.UriSchemeHttps
                && string.Equals(address.Host, context.Request.Host.Host, StringComparison.OrdinalIgnoreCase)),
    };

    private static bool IsLoopbackName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

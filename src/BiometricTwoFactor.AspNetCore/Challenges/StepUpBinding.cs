using System.Security.Cryptography;
using System.Text;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Who asks: tenant, authentication scheme, subject and sign-in session (protocol 1.1). A challenge and its approval
/// belong to exactly one binding; anyone else gets 404.
/// </summary>
public sealed record StepUpBinding
{
    /// <summary>The tenant; empty where there is one only.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>The authentication scheme that recognised the caller.</summary>
    public required string Scheme { get; init; }

    /// <summary>The application's stable user id. Compared ordinally.</summary>
    public required string Subject { get; init; }

    /// <summary>SHA-256 of the sign-in session's id or of the bearer token; the id itself is never stored.</summary>
    public required string SessionHash { get; init; }

    /// <summary>Subject and session stay out of logs.</summary>
    public override string ToString() => Scheme;

    internal static string HashSession(string sessionId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sessionId)));
}

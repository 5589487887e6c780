namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The request that asked for the face, kept so that the user comes back to it. A body is kept only for browsers, only
/// after the request's own antiforgery validation, and only as ciphertext (protocol 2.2).
/// </summary>
/// <param name="Method">GET, or the method of a sealed request.</param>
/// <param name="LocalUrl">Path and query; checked as a local URL when stored and again when used.</param>
/// <param name="SealedContent">The form, or the body with its content type, under Data Protection; null when nothing is sealed.</param>
public sealed record OriginalRequest(string Method, string LocalUrl, byte[]? SealedContent = null)
{
    /// <summary>The page that a sealed request was sent from, for the way back when nothing came of it; checked as <see cref="LocalUrl"/> is.</summary>
    public string? BackUrl { get; init; }

    /// <summary>Only the method: URLs and forms can name people.</summary>
    public override string ToString() => Method;
}

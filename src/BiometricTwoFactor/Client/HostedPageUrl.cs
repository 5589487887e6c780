using System.Diagnostics;

namespace BiometricTwoFactor;

/// <summary>The address of a session's page at the provider. It carries the session's token, so that it prints as <c>***</c>.</summary>
[DebuggerDisplay("***")]
public sealed class HostedPageUrl
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Uri _uri;

    /// <summary>Wraps a page's address.</summary>
    /// <exception cref="ArgumentException">It is not an absolute address over https (or http on this machine).</exception>
    public HostedPageUrl(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!Origins.IsConfidential(uri))
        {
            throw new ArgumentException("A session's page is an absolute https address.", nameof(uri));
        }

        _uri = uri;
    }

    /// <summary>Hands out the address. Only where the user is sent there.</summary>
    public Uri Reveal() => _uri;

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => "***";
}

namespace BiometricTwoFactor.Emulator;

/// <summary>The two addresses of a session: its hosted page, and the way back from it.</summary>
internal static class SessionLinks
{
    public static string HostedPage(Uri baseAddress, SessionRecord session) => baseAddress.GetLeftPart(UriPartial.Authority) + PagePath(session);

    /// <summary>Nothing in it needs escaping: a language code and a token of URL-safe characters.</summary>
    public static string PagePath(SessionRecord session) =>
        session.Language is { } language ? $"/{language}/session/{session.Token}" : $"/session/{session.Token}";

    /// <summary>
    /// The callback with <c>verificationSessionId</c> and <c>status</c> appended to whatever query it has (contract 1.5);
    /// null when there is none. By text, since a custom scheme's URI must come through as it was.
    /// </summary>
    public static string? Callback(SessionRecord session)
    {
        if (session.Callback is not { } callback)
        {
            return null;
        }

        var hash = callback.IndexOf('#', StringComparison.Ordinal);
        var (address, fragment) = hash < 0 ? (callback, "") : (callback[..hash], callback[hash..]);
        var join = !address.Contains('?', StringComparison.Ordinal) ? "?" : address[^1] is '?' or '&' ? "" : "&";
        return $"{address}{join}verificationSessionId={session.Id}&status={Uri.EscapeDataString(session.Status.ToWire())}{fragment}";
    }

    /// <summary>An address for a header, which carries printable ASCII only: all else is escaped, as a browser would do it.</summary>
    public static string ForHeader(string address) => string.Concat(address.EnumerateRunes().Select(
        rune => rune.Value is > ' ' and < '\x7F' ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
}

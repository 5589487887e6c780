namespace BiometricTwoFactor;

/// <summary>Who is who on the network: scheme, host and port, all three.</summary>
internal static class Origins
{
    internal static bool AreSame(Uri left, Uri right) =>
        left.Port == right.Port
        && string.Equals(left.Scheme, right.Scheme, StringComparison.OrdinalIgnoreCase)
        && string.Equals(left.IdnHost, right.IdnHost, StringComparison.OrdinalIgnoreCase)
        && left.UserInfo.Length == 0;

    /// <summary>https anywhere, http on this machine only.</summary>
    internal static bool IsConfidential(Uri uri) =>
        uri.IsAbsoluteUri
        && (string.Equals(uri.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
            || (string.Equals(uri.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) && uri.IsLoopback));
}

namespace BiometricTwoFactor;

/// <summary>Where a session's page may live (attack 60): the answer of the provider must not send users anywhere else.</summary>
internal static class HostedPages
{
    private const string DefaultHost = "verify.didit.me";

    internal static bool IsTrusted(Uri page, BiometricClientOptions options)
    {
        if (!Origins.IsConfidential(page) || page.UserInfo.Length != 0)
        {
            return false;
        }

        if (page.IsLoopback)
        {
            // The emulator's pages; from the real provider such an address would be an attack on this machine.
            return options.BaseAddress.IsLoopback;
        }

        return page.IsDefaultPort && (options.HostedPageHosts.Count == 0
            ? Is(page, DefaultHost)
            : options.HostedPageHosts.Any(host => Is(page, host)));
    }

    private static bool Is(Uri page, string host) => string.Equals(page.IdnHost, host, StringComparison.OrdinalIgnoreCase);
}

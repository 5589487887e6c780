using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The origins of the provider's hosted pages, which the confirm page's form may lead to.</summary>
internal sealed class HostedPageOrigins(IOptionsMonitor<BiometricClientOptions> client)
{
    public IReadOnlyList<string> Origins
    {
        get
        {
            var options = client.CurrentValue;
            var own = options.BaseAddress.GetLeftPart(UriPartial.Authority);
            // The client trusts the provider's own page where no host is named; so does the form.
            IEnumerable<string> hosts = options.HostedPageHosts.Count == 0
                ? ["https://verify.didit.me"]
                : options.HostedPageHosts.Select(host => $"https://{host}");
            return options.BaseAddress.IsLoopback ? [own, .. hosts] : [.. hosts];
        }
    }
}

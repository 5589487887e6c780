namespace BiometricTwoFactor.AspNetCore;

/// <summary>The origins of the provider's hosted pages, which the confirm page's form may lead to.</summary>
internal sealed class HostedPageOrigins(Tenants tenants)
{
    public IReadOnlyList<string> Of(StepUpChallenge challenge)
    {
        var options = tenants.ClientOptionsOf(challenge.Binding.Tenant);
        var own = options.BaseAddress.GetLeftPart(UriPartial.Authority);
        // The client trusts the provider's own page where no host is named; so does the form.
        IEnumerable<string> hosts = options.HostedPageHosts.Count == 0
            ? ["https://verify.didit.me"]
            : options.HostedPageHosts.Select(host => $"https://{host}");
        return options.BaseAddress.IsLoopback ? [own, .. hosts] : [.. hosts];
    }
}

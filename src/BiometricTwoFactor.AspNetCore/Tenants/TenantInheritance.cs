using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Lets a tenant begin with everything that is set for all, so that a floor which the application sets once holds for each;
/// what must be the tenant's own is taken out again.
/// </summary>
internal sealed class TenantInheritance<TOptions>(string tenant, IServiceProvider services, Action<TOptions> strip) : IConfigureNamedOptions<TOptions>
    where TOptions : class
{
    public void Configure(TOptions options)
    {
    }

    public void Configure(string? name, TOptions options)
    {
        if (!string.Equals(name, tenant, StringComparison.Ordinal))
        {
            return;
        }

        // Asked for when it is used: it is one of them itself.
        foreach (var shared in services.GetServices<IConfigureOptions<TOptions>>())
        {
            if (shared is IConfigureNamedOptions<TOptions> named)
            {
                named.Configure(Options.DefaultName, options);
            }
            else
            {
                shared.Configure(options);
            }
        }

        strip(options);
    }
}

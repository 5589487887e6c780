namespace BiometricTwoFactor.AspNetCore;

/// <summary>Whether tenants are set up so that one's verdict can never serve another (protocol 10).</summary>
internal static class TenantsCheck
{
    public static string? Problem(Tenants tenants) =>
        tenants.AreNamed && !tenants.AreChosen ? "There are tenants, and nothing says whose a request is. Call AddBiometricStepUp(...).ChooseTenant(context => ...)."
        : !tenants.AreNamed && tenants.AreChosen ? "ChooseTenant was called and there is no tenant. Add each by AddTenant, or below Biometric:Tenants."
        : Shared(tenants) is { } shared ? $"The tenants '{shared.One}' and '{shared.Other}' have a webhook secret in common: who can sign for one could sign for the other. Each destination at the provider has its own."
        : null;

    private static (string One, string Other)? Shared(Tenants tenants)
    {
        var owners = new Dictionary<WebhookSecret, string>();
        foreach (var tenant in tenants.Names)
        {
            foreach (var secret in tenants.Of(tenant).WebhookSecrets)
            {
                var known = owners.FirstOrDefault(owner => owner.Key.HasSameValueAs(secret) && owner.Value != tenant);
                if (known.Key is not null)
                {
                    return (known.Value, tenant);
                }

                owners[secret] = tenant;
            }
        }

        return null;
    }
}

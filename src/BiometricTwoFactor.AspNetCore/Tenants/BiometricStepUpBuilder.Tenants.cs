using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Several tenants in one application (protocol 10).</summary>
public sealed partial class BiometricStepUpBuilder
{
    /// <summary>
    /// Adds a tenant from a configuration section, with the names of <c>AddBiometricStepUp(section)</c>. What it leaves out is as it
    /// is for all, except for <c>ApiKey</c> and <c>WebhookSecrets</c>, which are each tenant's own. Sections below
    /// <c>Biometric:Tenants</c> are added by themselves.
    /// </summary>
    /// <param name="name">Lower-case letters, digits and hyphens, at most 40. It stands in the routes of webhooks and callbacks, in every row and digest.</param>
    /// <param name="section">The section; changes to it count without a restart.</param>
    /// <exception cref="ArgumentException">The name has another shape, or was added before.</exception>
    public BiometricStepUpBuilder AddTenant(string name, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        AddTenant(name, options => StepUpConfiguration.Bind(section, options), client => StepUpConfiguration.Bind(section, client));
        TenantServices.AddChanges(Services, name, section);
        return this;
    }

    /// <summary>
    /// Adds a tenant from code. It begins with what is set for all, without the API key and the webhook secrets, which are each
    /// tenant's own. Once there is a tenant, the application has no other: what is set for all belongs to nobody by itself.
    /// </summary>
    /// <param name="name">Lower-case letters, digits and hyphens, at most 40.</param>
    /// <param name="configure">Sets what is the tenant's own; the webhook secrets at least.</param>
    /// <param name="configureClient">Sets the tenant's API key at least.</param>
    /// <exception cref="ArgumentException">The name has another shape, or was added before.</exception>
    public BiometricStepUpBuilder AddTenant(string name, Action<BiometricStepUpOptions> configure, Action<BiometricClientOptions> configureClient)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(configureClient);
        TenantServices.Add(Services, name, configure, configureClient);
        return this;
    }

    /// <summary>
    /// Says whose a request is, such as by its host, its path base or a claim. Asked anew whenever it matters, so that it must be
    /// quick and must answer the same for the same request. Null, or a name that was not added, is nobody: such a request is
    /// recognised by no route of the SDK, and an endpoint that asks for a face answers it with 404. Webhooks and callbacks name
    /// their tenant themselves.
    /// </summary>
    /// <param name="tenantOf">The tenant's name. Never by what the caller may choose freely, such as a header that no proxy of yours sets.</param>
    public BiometricStepUpBuilder ChooseTenant(Func<HttpContext, string?> tenantOf)
    {
        ArgumentNullException.ThrowIfNull(tenantOf);
        Services.AddSingleton(new TenantChoice(tenantOf));
        return this;
    }
}

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The application's tenants and what each has for itself: options, provider client, references (protocol 10). An application
/// without tenants has the one of the empty name, so that nothing else needs to know which of the two it is.
/// </summary>
internal sealed class Tenants(
    IOptionsMonitor<BiometricStepUpOptions> options,
    IOptionsMonitor<BiometricClientOptions> clientOptions,
    IServiceProvider services,
    IHttpContextAccessor accessor,
    IEnumerable<TenantRegistration> registrations,
    IEnumerable<TenantChoice> choices)
{
    /// <summary>The tenant of an application that has no others, as bindings have it.</summary>
    public const string Only = "";

    private readonly HashSet<string> _names = registrations.Select(registration => registration.Name).DefaultIfEmpty(Only).ToHashSet(StringComparer.Ordinal);
    private readonly TenantChoice? _choice = choices.LastOrDefault();

    /// <summary>Every tenant; the empty name alone where there are none.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>True when the application was given tenants, if only one.</summary>
    public bool AreNamed => !_names.Contains(Only);

    /// <summary>True when the application says whose a request is.</summary>
    public bool AreChosen => _choice is not null;

    /// <exception cref="ArgumentException">There is no such tenant.</exception>
    public string Named(string tenant) => Knows(tenant) ? tenant : throw new ArgumentException($"There is no tenant '{tenant}'.", nameof(tenant));

    /// <summary>What concerns the process and no tenant, such as how much one round of the reconciler takes.</summary>
    public BiometricStepUpOptions Shared => options.CurrentValue;

    public bool Knows(string tenant) => _names.Contains(tenant);

    /// <summary>Whose the request is; null where the application does not say, or names a tenant that it does not have.</summary>
    public string? NameOf(HttpContext context) =>
        !AreNamed ? Only
        : _choice?.Of(context) is { } name && Knows(name) ? name
        : null;

    /// <summary>True when a ticket was issued at the request's own tenant. Where there are no tenants, every one was.</summary>
    public bool IsOf(HttpContext context, AuthenticationProperties ticket) =>
        !AreNamed || (NameOf(context) is { } name && string.Equals(SignInSession.TenantOf(ticket), name, StringComparison.Ordinal));

    /// <summary>What stands in the way of a request in which nobody was recognised: who belongs nowhere is not sent to sign in.</summary>
    public PendingCause NobodyIn(HttpContext context) => NameOf(context) is null ? PendingCause.NoTenant : PendingCause.NoBinding;

    /// <exception cref="InvalidOperationException">The request is no tenant's.</exception>
    public string Required(HttpContext context) => NameOf(context)
        ?? throw new InvalidOperationException("The request belongs to no tenant of this application, so that no face can be asked for.");

    /// <summary>
    /// Whose the present request is, for calls that are given none.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are tenants, and no request says which.</exception>
    public string Present() => (accessor.HttpContext is { } context ? NameOf(context) : AreNamed ? null : Only)
        ?? throw new InvalidOperationException("Nothing here says which tenant is meant. Outside of a tenant's request, name it: ForTenant(name).");

    /// <exception cref="InvalidOperationException">There is no such tenant: its options would be the defaults, and no tenant's.</exception>
    public BiometricStepUpOptions Of(string tenant) => options.Get(Known(tenant));

    /// <summary>The options of the request's tenant; the shared ones where it has none, which then gets no further than that.</summary>
    public BiometricStepUpOptions Of(HttpContext context) => NameOf(context) is { } name ? options.Get(name) : Shared;

    /// <summary>
    /// For what outlives a tenant's configuration: its challenges end, and its evidence is kept, when its name has been taken
    /// out, and are treated as the shared options say.
    /// </summary>
    public BiometricStepUpOptions OfOrShared(string tenant) => Knows(tenant) ? options.Get(tenant) : Shared;

    public EvidenceOptions EvidenceOf(string tenant) => OfOrShared(tenant).Evidence;

    public ApiEdition EditionOf(string tenant) => Knows(tenant) ? clientOptions.Get(tenant).Edition : clientOptions.CurrentValue.Edition;

    /// <exception cref="InvalidOperationException">There is no such tenant.</exception>
    public BiometricClientOptions ClientOptionsOf(string tenant) => clientOptions.Get(Known(tenant));

    /// <exception cref="InvalidOperationException">There is no such tenant.</exception>
    public BiometricClient ClientOf(string tenant) => AreNamed
        ? services.GetRequiredService<IBiometricClientFactory>().Get(Known(tenant))
        : services.GetRequiredService<BiometricClient>();

    /// <summary>
    /// The subject's reference at the provider (protocol 1.3). The tenant stands before it where there are tenants: user 7 of
    /// one is not user 7 of another, even at the same provider application.
    /// </summary>
    public string VendorDataOf(string tenant, string subject) =>
        tenant.Length == 0 ? Of(tenant).VendorData(subject) : $"{tenant}:{Of(tenant).VendorData(subject)}";

    private string Known(string tenant) => Knows(tenant)
        ? tenant
        : throw new InvalidOperationException($"There is no tenant '{tenant}' in this application's configuration.");
}

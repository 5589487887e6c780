using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Where the SDK's routes are. The path for links comes from the request, the origin of callbacks from the options.</summary>
internal sealed class BiometricRoutes(Tenants tenants)
{
    /// <summary>The prefix given to <c>MapBiometric</c>; null until it was called.</summary>
    public string? Prefix { get; set; }

    public string Confirm(HttpContext context, string id) => Local(context, $"/confirm/{id}");

    public string Start(HttpContext context, string id) => Local(context, $"/start/{id}");

    public string Cancel(HttpContext context, string id) => Local(context, $"/cancel/{id}");

    public string Challenge(HttpContext context, string id) => Local(context, $"/challenges/{id}");

    public string Resume(HttpContext context, string id) => Local(context, $"/resume/{id}");

    public string ResumeBody(HttpContext context, string id) => Local(context, $"/resume/{id}/body");

    public string ResumeFile(HttpContext context, string id, int number) => Local(context, $"/resume/{id}/files/{number}");

    public string Complete(HttpContext context, string id) => Local(context, $"/complete/{id}");

    public string Enrol(HttpContext context, string returnUrl) => Local(context, $"/enrol?returnUrl={Uri.EscapeDataString(returnUrl)}");

    public string EnrolForSignIn(HttpContext context, string id) => Local(context, $"/enrol?{StepUpPages.SignInField}={id}");

    public string ContinueSignIn(HttpContext context, string id) => Local(context, $"/sign-in/{id}");

    public string Paused(HttpContext context, string returnUrl) => Local(context, $"/paused?returnUrl={Uri.EscapeDataString(returnUrl)}");

    public string Asset(HttpContext context, string name) => Local(context, $"/assets/{name}");

    public string Base(HttpContext context) => Local(context, "");

    public string Local(HttpContext context, string path) => $"{context.Request.PathBase}{Prefix}{path}";

    /// <summary>The callback's address for a code.</summary>
    /// <exception cref="InvalidOperationException">No public origin is configured and the request did not come over loopback.</exception>
    public Uri Callback(HttpContext context, StepUpChallenge challenge, string code) => new(
        new Uri(Origin(context)),
        Local(context, challenge.Binding.Tenant.Length == 0 ? $"/callback/{code}" : $"/callback/{challenge.Binding.Tenant}/{code}"));

    /// <summary>The link of a hand-over, which names its tenant as callbacks do: the other device has nothing else that would.</summary>
    public string Device(HttpContext context, string tenant, string code) => Local(context, tenant.Length == 0 ? $"/device/{code}" : $"/device/{tenant}/{code}");

    public string Origin(HttpContext context)
    {
        if (tenants.Of(context).PublicOrigin is { Length: > 0 } configured)
        {
            return configured.TrimEnd('/');
        }

        // Development only (the validator saw to it), and even there never from a host that somebody else may have named.
        var request = context.Request;
        return IsLoopback(request.Host.Host)
            ? $"{request.Scheme}://{request.Host}"
            : throw new InvalidOperationException("Biometric:PublicOrigin must be set when the application is not reached over loopback.");
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(host.Trim('[', ']'), out var address) && System.Net.IPAddress.IsLoopback(address));
}

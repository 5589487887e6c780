using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the SDK's own routes.</summary>
public static class BiometricEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps confirm page, start, callback, claim, hand-over, webhook, state, resume and enrolment under a prefix. They allow anonymous
    /// callers, since each checks for itself whose challenge it is, and they never renew the application's session.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">The prefix; a path without a trailing slash.</param>
    public static IEndpointConventionBuilder MapBiometric(this IEndpointRouteBuilder endpoints, string prefix = "/biometric")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (!LocalUrl.IsSafe(prefix) || prefix.EndsWith('/') || prefix.Contains('{', StringComparison.Ordinal))
        {
            throw new ArgumentException("The prefix is a path such as /biometric, without a trailing slash.", nameof(prefix));
        }

        var routes = endpoints.ServiceProvider.GetService<BiometricRoutes>()
            ?? throw new InvalidOperationException("Call services.AddBiometricStepUp(...) before app.MapBiometric().");
        if (routes.Prefix is not null)
        {
            throw new InvalidOperationException("MapBiometric was called twice.");
        }

        routes.Prefix = prefix;
        var group = endpoints.MapGroup(prefix).AllowAnonymous();
        group.WithMetadata(BiometricRouteMetadata.Instance);

        Get(group, "/confirm/{id}", context => Of<ConfirmEndpoints>(context).ShowAsync(context));
        Post(group, "/confirm/{id}", context => Of<ConfirmEndpoints>(context).ConfirmAsync(context));
        Post(group, "/start/{id}", context => Of<ConfirmEndpoints>(context).StartAsync(context));
        Post(group, "/cancel/{id}", context => Of<ConfirmEndpoints>(context).CancelAsync(context));
        Post(group, "/payee/{id}", context => Of<PayeeEndpoint>(context).HandleAsync(context));
        Post(group, "/another-way/{id}", context => Of<AnotherWayEndpoint>(context).HandleAsync(context));
        Get(group, "/resume/{id}", context => Of<ResumeEndpoints>(context).ShowAsync(context));
        Get(group, "/resume/{id}/body", context => Of<ResumeEndpoints>(context).BodyAsync(context));
        Get(group, "/resume/{id}/files/{number:int}", context => Of<ResumeEndpoints>(context).FileAsync(context));
        Get(group, "/callback/{code}", context => Of<CallbackEndpoints>(context).ShowAsync(context));
        Get(group, "/callback/{tenant}/{code}", context => Of<CallbackEndpoints>(context).ShowAsync(context));
        Get(group, "/antiforgery", context => Of<CallbackEndpoints>(context).TokenAsync(context));
        Post(group, "/claim", context => Of<CallbackEndpoints>(context).ClaimAsync(context));
        Get(group, "/challenges/{id}", context => Of<StateEndpoint>(context).HandleAsync(context));
        Get(group, "/enrol", context => Of<EnrolEndpoints>(context).ShowAsync(context));
        Post(group, "/enrol", context => Of<EnrolEndpoints>(context).BeginAsync(context));
        Get(group, "/sign-in/{id}", context => Of<SignInEndpoints>(context).ContinueAsync(context));
        Get(group, "/paused", context => Of<SignInEndpoints>(context).PausedAsync(context));
        Post(group, "/webhook/{tenant?}", context => Of<WebhookEndpoint>(context).HandleAsync(context));
        // The guide sends its signed verdict to the callback itself (contract C14).
        Post(group, "/callback/{code}", context => Of<WebhookEndpoint>(context).HandleAsync(context));
        Post(group, "/callback/{tenant}/{code}", context => Of<WebhookEndpoint>(context).HandleAsync(context));
        group.MapHandOver();
        Get(group, "/assets/{name}", AssetEndpoint.HandleAsync);
        return group;
    }

    private static void Get(RouteGroupBuilder group, string pattern, RequestDelegate handler) => group.MapGet(pattern, StoreFailures.Guard(handler));

    private static void Post(RouteGroupBuilder group, string pattern, RequestDelegate handler) => group.MapPost(pattern, StoreFailures.Guard(handler));

    private static T Of<T>(HttpContext context)
        where T : notnull => context.RequestServices.GetRequiredService<T>();
}

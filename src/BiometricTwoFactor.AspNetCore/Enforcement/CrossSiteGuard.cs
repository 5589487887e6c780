using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Whether an unsafe request of a cookie caller is the application's own (protocol 2.2, attack 77): a forged cross-site
/// POST must neither make a challenge nor use up an approval. Checked here too, since an authorization policy runs before
/// MVC's own antiforgery filter.
/// </summary>
internal sealed class CrossSiteGuard(
    IAntiforgery antiforgery,
    BindingReader bindings,
    Tenants tenants,
    ILogger<CrossSiteGuard> logger)
{
    public async Task<bool> IsOwnRequestAsync(HttpContext context)
    {
        var request = context.Request;
        if (ConnectionRequest.Is(context))
        {
            return await IsOwnConnectionAsync(context).ConfigureAwait(false);
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || await bindings.IsTokenCallerAsync(context).ConfigureAwait(false))
        {
            return true;
        }

        if (IsSameOrigin(request) && IsJson(request))
        {
            return true; // a browser sends JSON to another origin only after that origin agreed
        }

        if (await antiforgery.IsRequestValidAsync(context).ConfigureAwait(false))
        {
            return true;
        }

        Log.CrossSite(logger);
        return false;
    }

    /// <summary>
    /// A connection opens with a GET that no antiforgery token protects, and whoever opened it can call everything: a browser says
    /// where the page came from, and another site's page with this person's cookies is nobody.
    /// </summary>
    private async Task<bool> IsOwnConnectionAsync(HttpContext context)
    {
        if (IsSameOrigin(context.Request) || await bindings.IsTokenCallerAsync(context).ConfigureAwait(false))
        {
            return true;
        }

        Log.CrossSite(logger);
        return false;
    }

    private static bool IsJson(HttpRequest request) => request.HasJsonContentType();

    private bool IsSameOrigin(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none"))
        {
            return false;
        }

        return request.Headers.Origin is not [{ } origin]
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            // Behind a proxy that ends TLS, the request's own scheme and host may be the inner ones.
            || string.Equals(origin, tenants.Of(request.HttpContext).PublicOrigin?.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
    }
}

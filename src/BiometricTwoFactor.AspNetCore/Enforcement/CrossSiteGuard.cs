using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Whether an unsafe request of a cookie caller is the application's own (protocol 2.2, attack 77): a forged cross-site
/// POST must neither make a challenge nor use up an approval. Checked here too, since an authorization policy runs before
/// MVC's own antiforgery filter.
/// </summary>
internal sealed class CrossSiteGuard(
    IAntiforgery antiforgery,
    BindingReader bindings,
    IOptionsMonitor<BiometricStepUpOptions> options,
    ILogger<CrossSiteGuard> logger)
{
    public async Task<bool> IsOwnRequestAsync(HttpContext context)
    {
        var request = context.Request;
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
            || string.Equals(origin, options.CurrentValue.PublicOrigin?.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
    }
}

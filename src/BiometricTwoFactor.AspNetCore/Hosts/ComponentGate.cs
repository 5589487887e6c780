using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Answers components of Blazor (<c>AuthorizeRouteView</c>, <c>AuthorizeView</c>), which ask again what the page's request was
/// asked, and name no request: while that request renders the page, by what admitted it; within a circuit, for account access
/// alone, whose window is still open or not. A face for one action was used by the request, and cannot admit a circuit that
/// lasts for hours.
/// </summary>
internal sealed class ComponentGate(AccessGate access, CircuitRequests circuits, IHttpContextAccessor accessor)
{
    /// <summary>True when it may be shown; null where neither a circuit nor a request that was asked for this stands behind it.</summary>
    /// <param name="reason">The reason of the policy.</param>
    /// <param name="passes">How a request is admitted.</param>
    public async Task<bool?> TryPassAsync(string reason, Func<HttpContext, RequireBiometricAttribute, Task<bool>> passes)
    {
        var call = circuits.Begin();
        if (call is null)
        {
            return accessor.HttpContext is { } request
                && request.GetEndpoint()?.Metadata.GetMetadata<RequireBiometricAttribute>() is { } attribute
                && string.Equals(attribute.Reason, reason, StringComparison.Ordinal)
                    ? await passes(request, attribute).ConfigureAwait(false)
                    : null;
        }

        await using (call.ConfigureAwait(false))
        {
            return string.Equals(reason, StepUpReason.LoginNewDevice, StringComparison.Ordinal)
                && await access.TryPassAsync(call.Context, title: null).ConfigureAwait(false);
        }
    }
}

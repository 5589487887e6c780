using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What an action without a transaction is called in its digest: title, method, the route's pattern with its values, and
/// the query. The pattern instead of the path, so that another spelling of the same path is the same action.
/// </summary>
internal static class ActionName
{
    /// <summary>
    /// As above, with a hash over the fields of a plain form: what the face approves is what was sent, and a changed value is
    /// another action.
    /// </summary>
    public static async Task<string> OfAsync(HttpContext context, string? title)
    {
        var name = Of(context, title);
        if (!FormFields.IsPlainForm(context.Request))
        {
            return name;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        return $"{name}\n{FormFields.Hash(FormFields.Of(context, form))}";
    }

    public static string Of(HttpContext context, string? title)
    {
        var pattern = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? context.Request.Path.Value ?? "";
        var values = context.Request.RouteValues
            .OrderBy(value => value.Key, StringComparer.Ordinal)
            .Select(value => $"{value.Key}={Uri.EscapeDataString(Convert.ToString(value.Value, System.Globalization.CultureInfo.InvariantCulture) ?? "")}");
        return string.Join('\n', [title ?? "", context.Request.Method, pattern, .. values, context.Request.QueryString.Value ?? ""]);
    }
}

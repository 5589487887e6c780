using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What an action without a transaction is called in its digest: title, method, the route's pattern with its values, the
/// headers that the endpoint takes as parameters, and the query. The pattern instead of the path, so that another spelling of the same path is the same action.
/// </summary>
internal static class ActionName
{
    /// <summary>As above, with the hash of what was sent (<see cref="RequestContent"/>): a changed value is another action.</summary>
    public static string Of(HttpContext context, string? title, ContentReading content)
    {
        var name = Of(context, title);
        return content.Hash.Length == 0 ? name : $"{name}\n{content.Hash}";
    }

    public static string Of(HttpContext context, string? title)
    {
        var pattern = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? context.Request.Path.Value ?? "";
        var values = context.Request.RouteValues
            .OrderBy(value => value.Key, StringComparer.Ordinal)
            .Select(value => $"{value.Key}={Uri.EscapeDataString(Convert.ToString(value.Value, System.Globalization.CultureInfo.InvariantCulture) ?? "")}");
        return string.Join('\n', [title ?? "", context.Request.Method, pattern, .. values, .. BoundHeaders.Of(context), context.Request.QueryString.Value ?? ""]);
    }
}

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>The provider's error bodies: it has five shapes (contract 1.3).</summary>
internal static class ApiErrors
{
    public const string NoPermission = "You do not have permission to perform this action.";
    public const string NoCredentials = "Authentication credentials were not provided or are invalid.";

    public const string NoCredits = "You don't have enough credits to perform this request. Please top up at https://business.didit.me";

    /// <summary><c>{"detail": "..."}</c>.</summary>
    public static Task DetailAsync(HttpContext context, int status, string detail) =>
        ProviderJson.WriteAsync(context, status, new JsonObject { ["detail"] = detail });

    /// <summary><c>{"error": "..."}</c>.</summary>
    public static Task ErrorAsync(HttpContext context, int status, string error) =>
        ProviderJson.WriteAsync(context, status, new JsonObject { ["error"] = error });

    /// <summary><c>{"field": ["..."]}</c>: an input error.</summary>
    public static Task FieldAsync(HttpContext context, string field, string message) =>
        ProviderJson.WriteAsync(context, StatusCodes.Status400BadRequest, new JsonObject { [field] = new JsonArray(message) });

    /// <summary><c>{"field": "..."}</c>: an error found while doing it.</summary>
    public static Task PlainFieldAsync(HttpContext context, string field, string message) =>
        ProviderJson.WriteAsync(context, StatusCodes.Status400BadRequest, new JsonObject { [field] = message });

    /// <summary><c>["..."]</c>.</summary>
    public static Task BareArrayAsync(HttpContext context, string message) =>
        ProviderJson.WriteAsync(context, StatusCodes.Status400BadRequest, new JsonArray(message));

    /// <summary>The router's page: it never reaches the API's code.</summary>
    public static async Task HtmlNotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(
            "<!doctype html><html lang=\"en\"><head><title>Not Found</title></head><body><h1>Not Found</h1><p>The requested resource was not found on this server.</p></body></html>",
            context.RequestAborted);
    }
}

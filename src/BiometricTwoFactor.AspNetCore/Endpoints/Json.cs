using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The small JSON answers of the SDK's own routes.</summary>
internal static class Json
{
    public static Task WriteAsync<T>(HttpContext context, int status, T value)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(value, (JsonTypeInfo<T>)RouteJson.Default.GetTypeInfo(typeof(T))!, contentType: null, context.RequestAborted);
    }
}

/// <summary>The hosted page's address, for callers with a token and for the confirm page's frame; or where to go instead.</summary>
internal sealed record StartedJson(string? Url, string? Next = null);

/// <summary>A fresh antiforgery token.</summary>
internal sealed record TokenJson(string Field, string Token);

/// <summary>What became of a claim, and where to go.</summary>
internal sealed record ClaimJson(string State, string? Next);

/// <summary>A challenge's state for its own caller.</summary>
internal sealed record StateJson(string Id, string State, string Reason, DateTimeOffset ExpiresAt, long Version, string? Next, HandOverStateJson? HandOver);

/// <summary>How far a hand-over has come; <c>Url</c> is where the asking browser chooses it and fetches what to show.</summary>
internal sealed record HandOverStateJson(string Step, int WrongDigits, string Url);

/// <summary>What the asking browser shows.</summary>
internal sealed record HandOverJson(string Step, string? Link, string? Digits, string? QrUrl, DateTimeOffset ExpiresAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StartedJson))]
[JsonSerializable(typeof(TokenJson))]
[JsonSerializable(typeof(ClaimJson))]
[JsonSerializable(typeof(StateJson))]
[JsonSerializable(typeof(HandOverJson))]
internal sealed partial class RouteJson : JsonSerializerContext;

namespace BiometricTwoFactor;

/// <summary>What the handlers need to know of a request besides the request itself.</summary>
internal static class ProviderRequest
{
    /// <summary>The path with placeholders instead of ids, for logs.</summary>
    internal static readonly HttpRequestOptionsKey<string> Route = new("BiometricTwoFactor.Route");

    /// <summary>Set when a success's body is handed out as a stream and must not be read into memory.</summary>
    internal static readonly HttpRequestOptionsKey<bool> Streamed = new("BiometricTwoFactor.Streamed");

    internal static string RouteOf(HttpRequestMessage request) =>
        request.Options.TryGetValue(Route, out var route) ? route : "?";

    internal static bool IsStreamed(HttpRequestMessage request) =>
        request.Options.TryGetValue(Streamed, out var streamed) && streamed;
}

using System.Reflection;

namespace BiometricTwoFactor;

/// <summary>
/// Puts the key on a request, at the last moment and only when the request goes to the configured origin (attack 61).
/// The key is read from the options each time, so that it can be rotated without a restart.
/// </summary>
internal sealed class ApiKeyHandler(Func<BiometricClientOptions> options) : DelegatingHandler
{
    private const string HeaderName = "x-api-key";

    private static readonly string UserAgent = "BiometricTwoFactor/" +
        (typeof(ApiKeyHandler).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var current = options();
        request.Headers.Remove(HeaderName);
        if (request.RequestUri is { IsAbsoluteUri: true } uri && Origins.AreSame(uri, current.BaseAddress))
        {
            request.Headers.TryAddWithoutValidation(HeaderName, current.ApiKey);
        }

        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        return base.SendAsync(request, cancellationToken);
    }
}

using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// One call over a connection that stays open, as a request of its own: a hub's invocation, an event of a circuit. What it
/// reads is a copy of what opened the connection (cookies, address, token); what it writes is its own, so that an approval that
/// admitted one call admits no other, and two calls at once do not meet. Who calls is asked anew each time: a sign-in that ended
/// since is one no more.
/// </summary>
/// <remarks>
/// A copy, since the server uses the objects of a request again for others: a call that lasts longer than its connection, or
/// begins after it, would otherwise act for whoever comes next.
/// </remarks>
internal static class ConnectionRequest
{
    /// <summary>Makes the request of a call.</summary>
    /// <param name="connection">The request that opened the connection.</param>
    /// <param name="services">The services of the call: with those of the connection, who is signed in would be remembered.</param>
    /// <param name="aborted">Ends with the connection.</param>
    public static HttpContext Of(HttpContext connection, IServiceProvider services, CancellationToken aborted)
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(RequestOf(connection.Request));
        features.Set<IHttpConnectionFeature>(ConnectionOf(connection.Connection));
        features.Set<IEndpointFeature>(new Routed { Endpoint = connection.GetEndpoint() });
        features.Set<IHttpResponseFeature>(new BegunResponse());
        features.Set<IServiceProvidersFeature>(new Services(services));
        features.Set<IHttpRequestLifetimeFeature>(new Lifetime(aborted));
        features.Set<IConnectionRequestFeature>(new Mark());
        var authentication = new Authentication(connection.User, connection.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult);
        features.Set<IHttpAuthenticationFeature>(authentication);
        features.Set<IAuthenticateResultFeature>(authentication);
        return new DefaultHttpContext(features);
    }

    /// <summary>What opened the connection, to make the requests of calls from when it may be gone.</summary>
    public static HttpContext CopyOf(HttpContext connection) => Of(connection, connection.RequestServices, CancellationToken.None);

    /// <summary>True for a call over a connection.</summary>
    public static bool Is(HttpContext context) => context.Features.Get<IConnectionRequestFeature>() is not null;

    private interface IConnectionRequestFeature;

    private static HttpRequestFeature RequestOf(HttpRequest request)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in request.Headers)
        {
            headers[name] = value;
        }

        return new HttpRequestFeature
        {
            Protocol = request.Protocol,
            Scheme = request.Scheme,
            Method = request.Method,
            PathBase = request.PathBase.Value ?? "",
            Path = request.Path.Value ?? "",
            QueryString = request.QueryString.Value ?? "",
            Headers = headers,
        };
    }

    private static HttpConnectionFeature ConnectionOf(ConnectionInfo connection) => new()
    {
        ConnectionId = connection.Id,
        RemoteIpAddress = connection.RemoteIpAddress,
        RemotePort = connection.RemotePort,
        LocalIpAddress = connection.LocalIpAddress,
        LocalPort = connection.LocalPort,
    };

    private sealed class Routed : IEndpointFeature
    {
        public Endpoint? Endpoint { get; set; }
    }

    private sealed class Mark : IConnectionRequestFeature;

    private sealed class Services(IServiceProvider services) : IServiceProvidersFeature
    {
        public IServiceProvider RequestServices { get; set; } = services;
    }

    private sealed class Lifetime(CancellationToken aborted) : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; } = aborted;

        /// <summary>A call's trouble is no reason to cut the connection.</summary>
        public void Abort()
        {
        }
    }

    /// <summary>Both features are one, as in the framework: who sets the result sets the user.</summary>
    private sealed class Authentication(ClaimsPrincipal user, AuthenticateResult? result) : IHttpAuthenticationFeature, IAuthenticateResultFeature
    {
        private AuthenticateResult? _result = result;

        public ClaimsPrincipal? User { get; set; } = user;

        public AuthenticateResult? AuthenticateResult
        {
            get => _result;
            set
            {
                _result = value;
                User = value?.Principal ?? User;
            }
        }
    }

    /// <summary>A response that is on its way: no cookie and no header can be added, and whoever looks first sees that.</summary>
    private sealed class BegunResponse : IHttpResponseFeature
    {
        public int StatusCode { get; set; } = StatusCodes.Status200OK;

        public string? ReasonPhrase { get; set; }

        public IHeaderDictionary Headers { get; set; } = new HeaderDictionary { IsReadOnly = true };

        public Stream Body { get; set; } = Stream.Null;

        public bool HasStarted => true;

        public void OnStarting(Func<object, Task> callback, object state)
        {
        }

        public void OnCompleted(Func<object, Task> callback, object state)
        {
        }
    }
}

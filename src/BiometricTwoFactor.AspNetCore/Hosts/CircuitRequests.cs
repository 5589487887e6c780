using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The connection of a Blazor Server circuit, one for each circuit. A circuit outlives its connections: after a reconnection
/// the new one counts, and while there is none, nobody can be asked.
/// </summary>
internal sealed class CircuitRequests(IHttpContextAccessor accessor, IServiceScopeFactory scopes) : CircuitHandler, IDisposable
{
    private HttpContext? _connection;
    private CancellationTokenSource? _down;

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        // Of the request that opens the connection: by the time of a call it may be over, and its object another person's.
        _connection = accessor.HttpContext is { } opening ? ConnectionRequest.CopyOf(opening) : null;
        _down?.Dispose();
        _down = new CancellationTokenSource();
        return Task.CompletedTask;
    }

    public override async Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _connection = null;
        if (_down is not null)
        {
            await _down.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Makes one event a request of its own, with services of its own; null while there is no connection.</summary>
    /// <param name="cancellationToken">Ends the event; without one the connection's end does.</param>
    public Call? Begin(CancellationToken cancellationToken = default)
    {
        if (_connection is not { } connection || _down is not { } down)
        {
            return null;
        }

        var scope = scopes.CreateAsyncScope();
        return new Call(ConnectionRequest.Of(connection, scope.ServiceProvider, cancellationToken.CanBeCanceled ? cancellationToken : down.Token), scope);
    }

    public void Dispose() => _down?.Dispose();

    /// <summary>One event.</summary>
    public sealed class Call(HttpContext context, AsyncServiceScope scope) : IAsyncDisposable
    {
        public HttpContext Context => context;

        public ValueTask DisposeAsync() => scope.DisposeAsync();
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Remembers how to reach a connection's client: when the framework asks whether a call is allowed, the hub itself does not
/// know yet, and what it answers is one generic error.
/// </summary>
internal sealed class HubCallers : IHubFilter
{
    /// <summary>The client's method that gets the <see cref="StepUpSignal"/>.</summary>
    public const string Method = "BiometricStepUp";

    private static readonly object CallerKey = new();

    /// <summary>One call as a request of its own; null on a connection that is not HTTP.</summary>
    public static HttpContext? RequestOf(HubCallerContext caller, IServiceProvider services, CancellationToken cancellationToken = default) =>
        caller.GetHttpContext() is { } connection
            ? ConnectionRequest.Of(connection, services, cancellationToken.CanBeCanceled ? cancellationToken : caller.ConnectionAborted)
            : null;

    /// <summary>Tells the client what its call lacks, before the framework refuses it.</summary>
    public static Task TellAsync(HubCallerContext connection, StepUpSignal signal, CancellationToken cancellationToken) =>
        connection.Items.TryGetValue(CallerKey, out var caller) && caller is IClientProxy client
            ? client.SendAsync(Method, signal, cancellationToken)
            : Task.CompletedTask;

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        context.Context.Items[CallerKey] = context.Hub.Clients.Caller;
        return next(context);
    }
}

using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BiometricTwoFactor.Testing;

/// <summary>Where a server of the network listens.</summary>
internal static class ListeningAddress
{
    /// <exception cref="InvalidOperationException">Nowhere.</exception>
    public static Uri Of(IServer server)
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The application listens nowhere.");
        // Any address of the machine is written so, and is none that one can send to.
        return new Uri(address
            .Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .Replace("://[::]", "://localhost", StringComparison.Ordinal));
    }
}

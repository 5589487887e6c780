using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Recognises the device and network of a request, and makes them known when an approval was used on them (protocol 9).</summary>
/// <remarks>
/// The network is that of the connection's remote address, as the application's forwarded-headers middleware left it: behind
/// a proxy without that middleware, everybody comes from the proxy's network.
/// </remarks>
internal sealed class DeviceRecognition(
    IStepUpStore store,
    DeviceCookie cookie,
    BindingReader bindings,
    Tenants tenants,
    TimeProvider timeProvider,
    ILogger<DeviceRecognition> logger)
{
    /// <summary>The device and network of this request, as far as they are known for the subject.</summary>
    public async ValueTask<AskingDevice> ReadAsync(HttpContext context, StepUpBinding binding)
    {
        // A token caller has no cookie that would be its own; its network counts.
        var id = await bindings.IsTokenCallerAsync(context).ConfigureAwait(false) ? null : cookie.Read(context);
        var device = id is null ? null : DeviceHashes.OfDevice(binding.Tenant, binding.Subject, id);
        var network = NetworkOf(context, binding);
        var since = timeProvider.GetUtcNow() - tenants.Of(binding.Tenant).Devices.RememberFor;
        var trust = await store.FindDeviceAsync(binding.Tenant, binding.Subject, device, network, since, context.RequestAborted).ConfigureAwait(false);
        return new AskingDevice
        {
            DeviceHash = device,
            BrowserHash = id is null ? null : DeviceHashes.OfBrowser(binding.Tenant, id),
            NetworkHash = network,
            IsKnown = trust.IsDeviceKnown,
            IsNetworkKnown = trust.IsNetworkKnown,
        };
    }

    /// <summary>Gives a browser that is asked for a face its cookie. It makes nothing known.</summary>
    public async ValueTask MarkAsync(HttpContext context)
    {
        if (!await bindings.IsTokenCallerAsync(context).ConfigureAwait(false) && cookie.Read(context) is null)
        {
            cookie.Write(context);
        }
    }

    /// <summary>Called when a claimed approval was used by this request, and at no other time.</summary>
    public async ValueTask RememberAsync(HttpContext context, StepUpBinding binding)
    {
        var id = await bindings.IsTokenCallerAsync(context).ConfigureAwait(false) ? null : cookie.Write(context);
        var device = id is null ? null : DeviceHashes.OfDevice(binding.Tenant, binding.Subject, id);
        try
        {
            // The approval is used: neither the caller's leaving nor a store in trouble may take the action from it now.
            await store.RememberDeviceAsync(
                binding.Tenant, binding.Subject, device, NetworkOf(context, binding), timeProvider.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Log.DeviceNotRemembered(logger, failure);
        }
    }

    private static string? NetworkOf(HttpContext context, StepUpBinding binding) =>
        DeviceHashes.OfNetwork(binding.Tenant, binding.Subject, context.Connection.RemoteIpAddress);
}

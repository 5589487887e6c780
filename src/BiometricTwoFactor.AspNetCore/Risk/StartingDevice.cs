using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Reads what the device that presses start shows of itself, to be compared with the capture's (protocol 5.6).</summary>
internal sealed class StartingDevice(RiskHooks hooks)
{
    public async ValueTask<DeviceTraits> ReadAsync(HttpContext context, StepUpChallenge challenge)
    {
        var address = context.Connection.RemoteIpAddress;
        return DeviceTraits.FromUserAgent(context.Request.Headers.UserAgent.ToString()) with
        {
            Country = await hooks.CountryOfAsync(address, challenge.Id, context.RequestAborted).ConfigureAwait(false),
            NetworkHash = AddressNetwork.HashOf(challenge.Id, address),
        };
    }
}

using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Recognises the device and network of a request, and makes them known when an approval was used on them (protocol 9).</summary>
internal sealed class DeviceRecognition
{
    /// <summary>The device and network of this request, as far as they are known for the subject.</summary>
    public ValueTask<AskingDevice> ReadAsync(HttpContext context, StepUpBinding binding) => new(AskingDevice.Unknown);

    /// <summary>Called when an approval was used by this request, and at no other time.</summary>
    public ValueTask RememberAsync(HttpContext context, StepUpBinding binding) => ValueTask.CompletedTask;
}

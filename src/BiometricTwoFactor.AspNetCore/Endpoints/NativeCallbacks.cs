using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The way back into an app (protocol 5.2): a deep link that the application listed, named by a caller with a token. The
/// code in it is of use only with that token, so that another app on the device that takes the link gains nothing.
/// </summary>
internal sealed class NativeCallbacks(BindingReader bindings, BiometricRoutes routes, Tenants tenants)
{
    /// <summary>The field of a start that names it.</summary>
    public const string Field = "callback";

    /// <summary>Makes the callback's address from its code; null when what was named is not to be had, or not by this caller.</summary>
    public async Task<Func<string, Uri>?> ChooseAsync(HttpContext context, StepUpChallenge challenge)
    {
        if (!context.Request.HasFormContentType)
        {
            return code => routes.Callback(context, challenge, code);
        }

        var named = (await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false))[Field];
        return named switch
        {
            [] => code => routes.Callback(context, challenge, code),
            // A browser's code comes back to its own origin, whatever it says.
            [{ } one] when tenants.Of(challenge.Binding.Tenant).NativeCallbacks.Contains(one, StringComparer.Ordinal)
                && await bindings.IsTokenCallerAsync(context, challenge.Binding.Scheme).ConfigureAwait(false) => code => new Uri($"{one}/{code}"),
            _ => null,
        };
    }
}

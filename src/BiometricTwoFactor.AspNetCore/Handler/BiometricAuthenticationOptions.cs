using Microsoft.AspNetCore.Authentication;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Options of the authentication handler. Everything about the challenge itself, its workflow, window and limits, stands in
/// <see cref="BiometricStepUpOptions"/>.
/// </summary>
/// <remarks>
/// <see cref="RemoteAuthenticationOptions.SignInScheme"/> is the cookie that a completed sign-in goes into and that account
/// access is checked for. Unless it is set, it is the application's own session: the default authenticate scheme, else the
/// default sign-in scheme, whichever can sign in. <see cref="RemoteAuthenticationOptions.CallbackPath"/> follows the prefix
/// given to <c>MapBiometric</c>. There is no correlation cookie and no state: the state is the challenge itself, used once.
/// </remarks>
public sealed class BiometricAuthenticationOptions : RemoteAuthenticationOptions
{
    /// <summary>Options with their defaults.</summary>
    public BiometricAuthenticationOptions()
    {
        CallbackPath = BiometricDefaults.CallbackPath;
        Events = new BiometricEvents();
    }

    /// <summary>What the application does at each turn.</summary>
    public new BiometricEvents Events
    {
        get => (BiometricEvents)base.Events;
        set => base.Events = value;
    }

    /// <summary>
    /// True when the application did not choose the sign-in scheme. Only then a caller of another scheme counts as signed in:
    /// a handler that was set up for the administrators' cookie must not admit a customer.
    /// </summary>
    internal bool IsSignInSchemeAssumed { get; set; }
}

using Microsoft.AspNetCore.Authentication;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What an application does at each turn of the handler, in the framework's style: set a delegate, or derive, override and
/// name the type in <see cref="AuthenticationSchemeOptions.EventsType"/>. Each context may end the handler's work with
/// <c>HandleResponse()</c> (the application has answered) or <c>SkipHandler()</c>. The framework's own events are called
/// too: <see cref="RemoteAuthenticationEvents.OnTicketReceived"/> before a kept ticket is signed in, and
/// <see cref="RemoteAuthenticationEvents.OnRemoteFailure"/> when something throws.
/// </summary>
public class BiometricEvents : RemoteAuthenticationEvents
{
    /// <summary>
    /// A challenge was made and its browser or API caller is about to be told. Skipped: the challenge ends, and the sign-in
    /// scheme's own challenge is answered instead.
    /// </summary>
    public Func<BiometricChallengeContext, Task> OnChallenge { get; set; } = _ => Task.CompletedTask;

    /// <summary>
    /// The face was approved and its approval has just been used, once; nobody is signed in and no window is open yet.
    /// Handled or skipped: none will be.
    /// </summary>
    public Func<BiometricApprovedContext, Task> OnApproved { get; set; } = _ => Task.CompletedTask;

    /// <summary>The face was refused. By default the browser goes to the confirm page, which says what to do.</summary>
    public Func<BiometricEndedContext, Task> OnDeclined { get; set; } = _ => Task.CompletedTask;

    /// <summary>The verdict was held for a person to look at, which nobody waits for here: a new face is needed (protocol 6.7).</summary>
    public Func<BiometricEndedContext, Task> OnHeld { get; set; } = _ => Task.CompletedTask;

    /// <summary>It came to no verdict: expired, given up, not finished. By default the browser goes to the confirm page.</summary>
    public Func<BiometricEndedContext, Task> OnFailure { get; set; } = _ => Task.CompletedTask;

    /// <summary>Calls <see cref="OnChallenge"/>.</summary>
    public virtual Task Challenge(BiometricChallengeContext context) => OnChallenge(context);

    /// <summary>Calls <see cref="OnApproved"/>.</summary>
    public virtual Task Approved(BiometricApprovedContext context) => OnApproved(context);

    /// <summary>Calls <see cref="OnDeclined"/>.</summary>
    public virtual Task Declined(BiometricEndedContext context) => OnDeclined(context);

    /// <summary>Calls <see cref="OnHeld"/>.</summary>
    public virtual Task Held(BiometricEndedContext context) => OnHeld(context);

    /// <summary>Calls <see cref="OnFailure"/>.</summary>
    public virtual Task Failure(BiometricEndedContext context) => OnFailure(context);
}

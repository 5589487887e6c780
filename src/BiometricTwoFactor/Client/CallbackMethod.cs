namespace BiometricTwoFactor;

/// <summary>Which device the provider sends back when a session was begun on one and captured on another.</summary>
public enum CallbackMethod
{
    /// <summary>
    /// <c>completer</c>: the device that made the capture. The default here, and the only one with which the person
    /// before the camera is known to be the person before the browser (the provider's own default is <c>initiator</c>).
    /// </summary>
    Completer = 0,

    /// <summary><c>initiator</c>: the device on which the session was begun.</summary>
    Initiator,

    /// <summary><c>both</c>.</summary>
    Both,
}

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Which of the SDK's pages it is.</summary>
public enum BiometricPageKind
{
    /// <summary>A page of words and links: enrolment, a wait, a refusal.</summary>
    Message = 0,

    /// <summary>What is to be approved, in each of its states.</summary>
    Confirm,

    /// <summary>The way back from the camera. Its script redeems the code.</summary>
    Callback,

    /// <summary>On the other device of a hand-over: the digits, then what is approved.</summary>
    Device,

    /// <summary>Sends on what was confirmed. Its script and its form do that.</summary>
    Resume,
}

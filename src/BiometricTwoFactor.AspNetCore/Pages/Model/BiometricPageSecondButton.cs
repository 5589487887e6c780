namespace BiometricTwoFactor.AspNetCore;

/// <summary>Another button of the same form, so that a choice in it counts whichever is pressed.</summary>
/// <param name="Action">Where it sends the form (<c>formaction</c>).</param>
/// <param name="Text">What it says.</param>
public sealed record BiometricPageSecondButton(string Action, string Text);

namespace BiometricTwoFactor.AspNetCore;

/// <summary>A box within a form, whose value is <c>true</c>; not ticked by default.</summary>
/// <param name="Name">The field.</param>
/// <param name="Label">What is chosen.</param>
/// <param name="IsChecked">What was chosen before.</param>
public sealed record BiometricPageChoice(string Name, string Label, bool IsChecked);

namespace BiometricTwoFactor.AspNetCore;

/// <summary>A field of a form that the person fills in: two digits.</summary>
/// <param name="Name">The field.</param>
/// <param name="Label">What is asked for.</param>
public sealed record BiometricPageInput(string Name, string Label);

namespace BiometricTwoFactor.AspNetCore;

/// <summary>A link of a page.</summary>
/// <param name="Url">Where it leads.</param>
/// <param name="Text">What it says.</param>
/// <param name="IsPrimary">Whether it is what the page is for.</param>
public sealed record BiometricPageLink(string Url, string Text, bool IsPrimary);

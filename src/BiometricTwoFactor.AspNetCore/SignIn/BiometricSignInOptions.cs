namespace BiometricTwoFactor.AspNetCore;

/// <summary>When a sign-in asks for a face, and which local paths it may lead to (<c>Biometric:SignIn</c>).</summary>
public sealed class BiometricSignInOptions
{
    /// <summary>
    /// When <see cref="BiometricSignIn.ContinueAsync"/> asks. Default <see cref="SignInAsk.NewDevice"/>. ASP.NET Core Identity
    /// decides that by itself: its remembered device skips the second factor.
    /// </summary>
    public SignInAsk Ask { get; set; } = SignInAsk.NewDevice;

    /// <summary>
    /// A local path of the application's other way to complete a sign-in, such as the page for recovery codes (without the
    /// path base; the return URL is added as <c>returnUrl</c>). The pages of a sign-in link to it; it is never chosen by
    /// itself. It must be no weaker than the face. Null, the default, for none.
    /// </summary>
    public string? OtherWayUrl { get; set; }

    /// <summary>
    /// A local path for an account that ASP.NET Core Identity has locked out (without the path base). Null, the default, for
    /// the page where one signs in.
    /// </summary>
    public string? LockedOutUrl { get; set; }
}

/// <summary>When a sign-in asks for a face.</summary>
public enum SignInAsk
{
    /// <summary>On every device on which no approval was used before. What cannot be recognised is new.</summary>
    NewDevice = 0,

    /// <summary>Each time.</summary>
    Always,
}

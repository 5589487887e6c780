namespace BiometricTwoFactor.AspNetCore;

/// <summary>How a sign-in or a recovery goes on.</summary>
public enum SignInOutcome
{
    /// <summary>A face is needed; <see cref="SignInStep.Url"/> is the page that asks for it.</summary>
    FaceRequired = 0,

    /// <summary>Signed in at once, by the password alone: the device is known.</summary>
    SignedIn,

    /// <summary>A face is needed and none is on file; the URL is the page where one is set up, and it leads back to the sign-in.</summary>
    NotEnrolled,

    /// <summary>Too many captures in a row were declined; the URL is a page that explains, with status 429.</summary>
    Blocked,

    /// <summary>Too many confirmations were asked for; the same page.</summary>
    TooMany,
}

/// <summary>
/// What a sign-in came to, and the local URL to send the browser to, whatever it is:
/// <c>return LocalRedirect((await signIn.ContinueAsync(...)).Url)</c>.
/// </summary>
public sealed class SignInStep
{
    internal SignInStep(SignInOutcome outcome, string url)
    {
        Outcome = outcome;
        Url = url;
    }

    /// <summary>What happened.</summary>
    public SignInOutcome Outcome { get; }

    /// <summary>Where the browser goes next: a local path.</summary>
    public string Url { get; }

    /// <summary>Only what happened: the URL may name things.</summary>
    public override string ToString() => Outcome.ToString();
}

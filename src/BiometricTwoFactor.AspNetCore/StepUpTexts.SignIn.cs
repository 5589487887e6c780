namespace BiometricTwoFactor.AspNetCore;

public sealed partial class StepUpTexts
{
    /// <summary>The link to the application's other way to complete a sign-in.</summary>
    public string OtherWayLink { get; set; } = "Sign in another way";

    /// <summary>The label of the box that asks to be remembered on this device.</summary>
    public string RememberDevice { get; set; } = "Remember this device: it asks for the password only";

    /// <summary>Heading of the page for a sign-in that must wait.</summary>
    public string PausedHeading { get; set; } = "Signing in by face is paused for a while";

    /// <summary>Text of that page.</summary>
    public string PausedText { get; set; } = "There were too many tries. Wait a quarter of an hour and sign in again, or ask our support for another way.";

    /// <summary>What the enrolment page adds on the way to a sign-in.</summary>
    public string EnrolForSignIn { get; set; } = "When that is done we bring you back to the sign-in.";
}

namespace BiometricTwoFactor.AspNetCore;

// What is told when a confirmation ended for a reason that the person should know.
public sealed partial class StepUpTexts
{
    /// <summary>The link back to where a confirmation that ended can be asked for again.</summary>
    public string BeginAgainLink { get; set; } = "Begin again";

    /// <summary>Why a confirmation ended when a newer one of the same browser was started.</summary>
    public string NewerStarted { get; set; } = "You started another confirmation in this browser, which ended this one.";

    /// <summary>Heading, in the browser that asked, when the link of its confirmation was opened in another one.</summary>
    public string ClaimedElsewhereHeading { get; set; } = "Opened in another browser";

    /// <summary>Text, in the browser that asked, when the link of its confirmation was opened in another one.</summary>
    public string ClaimedElsewhere { get; set; } = "Nothing was carried out: the way back from the camera was opened in another browser than this one, and the confirmation has ended. If an app of yours did that, begin again and stay in this browser. If it was not you, change your password and tell us.";

    /// <summary>What a page that waits says without a script.</summary>
    public string NoScriptWaiting { get; set; } = "The camera needs JavaScript, and without it this page does not go on by itself. Switch it on, or reload the page to see the result.";
}

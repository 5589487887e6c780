namespace BiometricTwoFactor.AspNetCore;

/// <summary>The words of the page that sends on what was confirmed.</summary>
public sealed partial class StepUpTexts
{
    /// <summary>Heading of the resume page.</summary>
    public string ResumeHeading { get; set; } = "Confirmed";

    /// <summary>Text of the resume page.</summary>
    public string ResumeText { get; set; } = "We are carrying out what you confirmed.";

    /// <summary>Heading when the application has answered with success and has no page of its own to show.</summary>
    public string ResumeDoneHeading { get; set; } = "Done";

    /// <summary>Text for that.</summary>
    public string ResumeDone { get; set; } = "What you confirmed was carried out.";

    /// <summary>Heading when the application has answered with an error.</summary>
    public string ResumeFailedHeading { get; set; } = "That did not work";

    /// <summary>Text for that; <c>{0}</c> is the HTTP status.</summary>
    public string ResumeFailed { get; set; } = "The application answered with an error ({0}). Go back and see whether anything was carried out before you begin again.";

    /// <summary>Heading when what was confirmed could not be fetched or sent.</summary>
    public string ResumeNotSentHeading { get; set; } = "Nothing was sent";

    /// <summary>Text for that.</summary>
    public string ResumeNotSent { get; set; } = "What you confirmed could not be sent on, so nothing was carried out. Reload this page, or go back and begin again.";

    /// <summary>Heading when the connection broke before the answer.</summary>
    public string ResumeUnknownHeading { get; set; } = "We do not know the result";

    /// <summary>Text for that.</summary>
    public string ResumeUnknown { get; set; } = "It was sent on, and no answer could be read. Go back and see whether it was carried out before you begin again.";
}

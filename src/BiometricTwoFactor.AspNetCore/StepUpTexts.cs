namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The words of the built-in pages, in English. German, Spanish and French come with the SDK (<see cref="For"/>); others, or
/// other words, by <see cref="BiometricStepUpBuilder.AddTexts"/>. Each request gets the language that fits it.
/// </summary>
public sealed partial class StepUpTexts
{
    /// <summary>The pages' language, as an HTML language tag.</summary>
    public string Language { get; set; } = "en";

    /// <summary>What a reason is called where the endpoint gives no title.</summary>
    public Func<string, string> ReasonTitle { get; set; } = reason => reason switch
    {
        StepUpReason.HighValueTransaction => "Confirm your payment",
        StepUpReason.SettingsChange => "Confirm a change to your settings",
        StepUpReason.LoginNewDevice => "Sign in",
        StepUpReason.AccountRecovery => "Get back into your account",
        "enrolment" => "Set up face confirmation",
        _ => "Confirm that it is you",
    };

    /// <summary>Heading and next step for each state that a user can meet: keys as in the state's JSON.</summary>
    public Func<string, (string Heading, string Text)> StateText { get; set; } = state => state switch
    {
        "held" => ("We are checking this", "Your confirmation was received and a person is looking at it. Nothing has been carried out. You will find it among your open confirmations; there is nothing you need to do now."),
        "settling" => ("One moment", "We are making sure of the result. Nothing has been carried out yet."),
        "awaits-claim" => ("One step is left", "Your face was recognised. Go on where you looked into the camera; it brings you back here. If you closed it, cancel and begin again: nothing was carried out."),
        "awaits-confirmation" => ("Checked and approved", "The check is done. Please look at the details once more and confirm that you still want this."),
        "awaits-second-factor" => ("One more proof is needed", "Your face was recognised. For your safety we ask for a second factor as well, such as your security key. Nothing has been carried out yet."),
        "awaits-payee" => ("Do you know this payee?", "Your face was recognised. For your safety, please look at the payee once more. Nothing has been carried out yet."),
        "approved" => ("Confirmed", "Thank you. You can go on."),
        "used" => ("Done", "This confirmation was used. It cannot be used again."),
        "declined" => ("We could not confirm that it is you", "Nothing was carried out. You can try again in good light, looking straight into the camera. If it keeps failing, our support offers another way."),
        "expired" => ("The time for this confirmation is over", "Nothing was carried out. Begin again when you are ready; you then have ten minutes."),
        "not-enrolled" => ("Your face must be set up again", "Nothing was carried out. The face on file is no longer valid, so that it cannot confirm anything. Set it up once more, and begin again."),
        "not-finished" => ("The confirmation was not finished", "Nothing was carried out. You can begin again at any time."),
        _ => ("Look into the camera", "We compare your face with the one on file. It takes a few seconds."),
    };

    /// <summary>The button that leads to the camera.</summary>
    public string StartButton { get; set; } = "Continue to the camera";

    /// <summary>The button that leads to the camera once more.</summary>
    public string StartAgainButton { get; set; } = "Open the camera again";

    /// <summary>The button that ends a challenge.</summary>
    public string CancelButton { get; set; } = "Cancel";

    /// <summary>The button after a review.</summary>
    public string ConfirmButton { get; set; } = "Confirm";

    /// <summary>The link back to the application.</summary>
    public string BackLink { get; set; } = "Back";

    /// <summary>The button that goes on with what was confirmed.</summary>
    public string GoOnButton { get; set; } = "Go on";

    /// <summary>The title of the frame with the provider's page, for screen readers.</summary>
    public string FrameTitle { get; set; } = "Face check";

    /// <summary>The name of the button that closes that frame.</summary>
    public string FrameCloseLabel { get; set; } = "Close";

    /// <summary>The label of the amount.</summary>
    public string AmountLabel { get; set; } = "Amount";

    /// <summary>The label of the payee's name.</summary>
    public string PayeeLabel { get; set; } = "To";

    /// <summary>The label of the payee's account.</summary>
    public string AccountLabel { get; set; } = "Account";

    /// <summary>The label of the reference.</summary>
    public string ReferenceLabel { get; set; } = "Reference";

    /// <summary>The label of an action without an amount.</summary>
    public string ActionLabel { get; set; } = "Action";

    /// <summary>Asks to compare before going on.</summary>
    public string CheckDetails { get; set; } = "Check the details. Your face approves exactly this and nothing else.";

    /// <summary>Asks to compare before a confirmation after a review.</summary>
    public string ConfirmDetails { get; set; } = "Confirm only what you recognise: exactly this will be carried out.";

    /// <summary>Tells until when; <c>{0}</c> is the time of day in UTC.</summary>
    public string ValidUntil { get; set; } = "Valid until {0} UTC.";

    /// <summary>While the page waits for the verdict.</summary>
    public string WaitingText { get; set; } = "Waiting for the result. This page goes on by itself.";

    /// <summary>Heading of the callback page.</summary>
    public string CallbackHeading { get; set; } = "One moment";

    /// <summary>Text of the callback page.</summary>
    public string CallbackText { get; set; } = "We are fetching the result and bring you back.";

    /// <summary>Heading of the callback page when the code is not this browser's.</summary>
    public string CallbackForeignHeading { get; set; } = "Nothing was approved";

    /// <summary>What the callback page says when the code is not this browser's.</summary>
    public string CallbackForeign { get; set; } = "This confirmation was not started in this browser, so nothing was approved. If somebody sent you the link, do not follow it again and tell us. Otherwise go back to the page where you began and start again.";

    /// <summary>What pages that need a script say without one.</summary>
    public string NoScript { get; set; } = "This page needs JavaScript, as the camera does. Switch it on and reload the page.";

    /// <summary>Heading while another confirmation is under way.</summary>
    public string BusyHeading { get; set; } = "Another confirmation is under way";

    /// <summary>Text while another confirmation is under way.</summary>
    public string BusyText { get; set; } = "Finish or cancel the other one first, or wait until its ten minutes are over. If it is not yours, change your password.";

    /// <summary>Heading of the enrolment page.</summary>
    public string EnrolHeading { get; set; } = "Set up face confirmation";

    /// <summary>Text of the enrolment page.</summary>
    public string EnrolText { get; set; } = "Once, we check an identity document together with your face. After that a look into the camera replaces the codes by SMS. Have your passport or identity card at hand.";

    /// <summary>The enrolment page where enrolment is not offered online.</summary>
    public string EnrolElsewhere { get; set; } = "Face confirmation cannot be set up online here. Please ask our support.";

    /// <summary>The button that begins the enrolment.</summary>
    public string EnrolButton { get; set; } = "Begin";
}

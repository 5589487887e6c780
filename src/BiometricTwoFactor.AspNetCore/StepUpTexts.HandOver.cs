namespace BiometricTwoFactor.AspNetCore;

// What is said where a confirmation is finished on another device.
public sealed partial class StepUpTexts
{
    /// <summary>The button with which another device is chosen.</summary>
    public string HandOverButton { get; set; } = "Continue on another device";

    /// <summary>How it goes, while the link waits.</summary>
    public string HandOverText { get; set; } = "Your phone looks at your face, and this page then goes on by itself.";

    /// <summary>The first step: the picture and the link.</summary>
    public string HandOverScan { get; set; } = "Point the camera of your phone at this picture, or open the link there.";

    /// <summary>What a screen reader says of the picture.</summary>
    public string HandOverPicture { get; set; } = "QR code of the link that stands below";

    /// <summary>The label of the link.</summary>
    public string HandOverLink { get; set; } = "Link to send to yourself";

    /// <summary>The second step: the digits.</summary>
    public string HandOverDigits { get; set; } = "Type these two digits there:";

    /// <summary>What to beware of, beside the digits.</summary>
    public string HandOverBeware { get; set; } = "Tell the digits to nobody and send them nowhere. We never ask for them, not on the telephone either.";

    /// <summary>After other digits were given; <c>{0}</c> is how often.</summary>
    public string HandOverWrong { get; set; } = "Other digits were typed on a device with this link ({0} of 3). If that was not you, cancel.";

    /// <summary>Live: nobody has given the digits.</summary>
    public string HandOverOffered { get; set; } = "Waiting for the other device. This page goes on by itself.";

    /// <summary>Live: the digits were given.</summary>
    public string HandOverOpened { get; set; } = "The other device is ready. Check the details there and go on to the camera. This page goes on by itself.";

    /// <summary>Live: the camera page was opened.</summary>
    public string HandOverCapturing { get; set; } = "The camera is open on the other device. This page goes on by itself.";

    /// <summary>The code cannot be shown any more: its key is gone.</summary>
    public string HandOverGone { get; set; } = "The link cannot be shown any more. Use this device, or choose another one again.";

    /// <summary>The button that leads back to the asking device.</summary>
    public string HandOverBackButton { get; set; } = "Use this device instead";

    /// <summary>That a new try can be finished on another device, after the way back was opened in another browser.</summary>
    public string HandOverHint { get; set; } = "To look into the camera of another device, begin again and choose it before you start.";

    /// <summary>Heading, in the browser that asked, when other digits were given three times.</summary>
    public string HandOverGuessedHeading { get; set; } = "Wrong digits, three times";

    /// <summary>Text, in the browser that asked, when other digits were given three times.</summary>
    public string HandOverGuessed { get; set; } = "Nothing was carried out: on a device with the link the wrong digits were typed three times, and the confirmation has ended. If it was you, begin again. If not, somebody else has the link: tell us.";

    /// <summary>Heading, in the browser that asked, when the other device said that it was somebody else's request.</summary>
    public string HandOverRefusedHeading { get; set; } = "Refused on the other device";

    /// <summary>Text, in the browser that asked, when the other device said that it was somebody else's request.</summary>
    public string HandOverRefused { get; set; } = "Nothing was carried out: on the other device it was said that this request is not theirs, and the confirmation has ended.";

    /// <summary>Heading of the page that asks for the digits.</summary>
    public string DeviceDigitsHeading { get; set; } = "Go on here";

    /// <summary>Text of the page that asks for the digits.</summary>
    public string DeviceDigitsText { get; set; } = "Only go on if you are doing something yourself on another device at this moment. If somebody sent you this link or is on the telephone with you, close this page.";

    /// <summary>The label of the digits' field.</summary>
    public string DeviceDigitsLabel { get; set; } = "The two digits that the other screen shows";

    /// <summary>The button below the field.</summary>
    public string DeviceDigitsButton { get; set; } = "Go on";

    /// <summary>After other digits.</summary>
    public string DeviceDigitsWrong { get; set; } = "These are not the digits that the other screen shows. After three wrong tries the confirmation ends.";

    /// <summary>After something that is no two digits.</summary>
    public string DeviceDigitsMissing { get; set; } = "Type the two digits, such as 07.";

    /// <summary>Heading for a link that opens nothing.</summary>
    public string DeviceNothingHeading { get; set; } = "This link opens nothing";

    /// <summary>Text for a link that opens nothing; the same for one that never was, was used, is void or over.</summary>
    public string DeviceNothing { get; set; } = "It was used already, or its time is over, or wrong digits were typed too often. Go back to the device on which you began. If somebody sent you the link, tell us.";

    /// <summary>What to compare before the camera opens.</summary>
    public string DeviceCheck { get; set; } = "Go on only if you asked for exactly this yourself, on that device. Your face approves it and nothing else.";

    /// <summary>The label of the asking device.</summary>
    public string DeviceAskedLabel { get; set; } = "Asked on";

    /// <summary>The asking device; <c>{0}</c> is the browser, <c>{1}</c> the operating system.</summary>
    public string DeviceAsked { get; set; } = "{0} on {1}";

    /// <summary>A browser or operating system that is not recognised.</summary>
    public string DeviceUnknown { get; set; } = "unknown";

    /// <summary>The label of when it was asked.</summary>
    public string DeviceAskedAtLabel { get; set; } = "Asked at";

    /// <summary>When it was asked; <c>{0}</c> is the time of day in UTC.</summary>
    public string DeviceAskedAt { get; set; } = "{0} UTC";

    /// <summary>The label of the country that it was asked from.</summary>
    public string DeviceCountryLabel { get; set; } = "Asked from";

    /// <summary>The button that says that the request is somebody else's.</summary>
    public string DeviceNotMeButton { get; set; } = "This was not me";

    /// <summary>Heading when nothing is left to do on the other device.</summary>
    public string DeviceDoneHeading { get; set; } = "Done here";

    /// <summary>Text when nothing is left to do on the other device.</summary>
    public string DeviceDone { get; set; } = "Go on where you began: the page there goes on by itself. You can close this one.";

    /// <summary>Heading after "this was not me".</summary>
    public string DeviceRefusedHeading { get; set; } = "The request has ended";

    /// <summary>Text after "this was not me".</summary>
    public string DeviceRefused { get; set; } = "Nothing was approved. Somebody may know your password: change it, and tell us.";

    /// <summary>Text when it has ended otherwise.</summary>
    public string DeviceEnded { get; set; } = "Nothing was carried out. Go back to the device on which you began: it says how to go on.";

    /// <summary>The provider cannot be reached.</summary>
    public string DeviceUnavailable { get; set; } = "The camera page cannot be opened at the moment. Nothing is lost: try again shortly.";

    /// <summary>A form of another tab or an old page.</summary>
    public string DeviceTryAgain { get; set; } = "This page was too old. Open the link once more.";
}

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The words for what a verdict's risk demands, and for other ways than the face.</summary>
public sealed partial class StepUpTexts
{
    /// <summary>The link to the application's page for the second factor.</summary>
    public string SecondFactorLink { get; set; } = "Go on to the second factor";

    /// <summary>The button with which the payer confirms the payee.</summary>
    public string ConfirmPayeeButton { get; set; } = "Yes, I know this payee";

    /// <summary>Asks to look at the payee once more.</summary>
    public string CheckPayee { get; set; } = "Do you know this payee, and did nobody ask you to make this payment on the telephone or in a message? If in doubt, cancel and call us.";

    /// <summary>The link to an alternative, by its registered name.</summary>
    public Func<string, string> AlternativeLink { get; set; } = _ => "No camera? Confirm in another way";

    /// <summary>The button for another way after a face came to nothing.</summary>
    public string AnotherWayButton { get; set; } = "Try again, or confirm in another way";
}

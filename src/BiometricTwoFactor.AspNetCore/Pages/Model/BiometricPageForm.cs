namespace BiometricTwoFactor.AspNetCore;

/// <summary>A form of a page, sent by POST. Every field belongs into it as it is: one of them is the antiforgery token.</summary>
/// <param name="Action">Where it goes.</param>
/// <param name="Fields">Its hidden fields.</param>
/// <param name="Button">What its button says.</param>
/// <param name="IsPrimary">Whether it is what the page is for.</param>
/// <param name="Choice">A box that can be ticked; null for none.</param>
public sealed record BiometricPageForm(
    string Action, IReadOnlyList<KeyValuePair<string, string>> Fields, string Button, bool IsPrimary, BiometricPageChoice? Choice)
{
    /// <summary>What the person has to fill in; null for nothing. A keyboard of digits, no memory of the browser.</summary>
    public BiometricPageInput? Input { get; init; }

    /// <summary>Another button of the form; null for none.</summary>
    public BiometricPageSecondButton? Second { get; init; }

    /// <summary>The button only: the fields hold a token.</summary>
    public override string ToString() => Button;
}

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The languages that come with the SDK, and how numbers and times are written in one.</summary>
public sealed partial class StepUpTexts
{
    private static readonly HashSet<string> WrittenFromTheRight = new(StringComparer.OrdinalIgnoreCase)
    {
        "ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi",
    };

    /// <summary>The languages whose words come with the SDK, as HTML language tags.</summary>
    public static IReadOnlyList<string> ShippedLanguages { get; } = ["en", "de", "es", "fr"];

    /// <summary>What parts the whole units of an amount from the rest. Only the pages are written so; digest and evidence are not.</summary>
    public string DecimalSeparator { get; set; } = ".";

    /// <summary>What parts the thousands of an amount.</summary>
    public string GroupSeparator { get; set; } = ",";

    /// <summary>How a time of day is written, as a .NET format.</summary>
    public string TimeFormat { get; set; } = "HH:mm";

    /// <summary>
    /// An endpoint's title (<see cref="RequireBiometricAttribute.Title"/>) in this language. Default: as it stands. The evidence keeps
    /// the title as the endpoint has it.
    /// </summary>
    public Func<string, string> ActionTitle { get; set; } = title => title;

    /// <summary>A new copy of the words of one of <see cref="ShippedLanguages"/>, to be changed and registered (<see cref="BiometricStepUpBuilder.AddTexts"/>).</summary>
    /// <param name="language">The tag.</param>
    /// <exception cref="ArgumentException">That language does not come with the SDK.</exception>
    public static StepUpTexts For(string language) => language switch
    {
        "en" => new StepUpTexts(),
        "de" => GermanTexts.Create(),
        "es" => SpanishTexts.Create(),
        "fr" => FrenchTexts.Create(),
        _ => throw new ArgumentException($"The SDK has no words in that language; it has {string.Join(", ", ShippedLanguages)}.", nameof(language)),
    };

    /// <summary>How the language is written: <c>ltr</c> or <c>rtl</c>.</summary>
    internal string Direction => WrittenFromTheRight.Contains(Language.Split('-')[0]) ? "rtl" : "ltr";
}

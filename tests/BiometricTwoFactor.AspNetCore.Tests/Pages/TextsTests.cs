using System.Reflection;
using System.Text.RegularExpressions;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Every word of the pages is there in every language that comes with the SDK.</summary>
public sealed partial class TextsTests
{
    /// <summary>What may be the same in two languages.</summary>
    private static readonly HashSet<string> NoWords = [nameof(StepUpTexts.DecimalSeparator), nameof(StepUpTexts.GroupSeparator), nameof(StepUpTexts.TimeFormat)];

    public static TheoryData<string> Translations => [.. StepUpTexts.ShippedLanguages.Where(language => language != "en")];

    [Theory]
    [MemberData(nameof(Translations))]
    public void Every_text_is_translated_with_its_placeholders(string language)
    {
        var (own, english) = (StepUpTexts.For(language), StepUpTexts.For("en"));
        Assert.Equal(language, own.Language);
        foreach (var property in typeof(StepUpTexts).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.PropertyType == typeof(string)))
        {
            Compare(property.Name, (string)property.GetValue(english)!, (string)property.GetValue(own)!);
        }

        foreach (var state in Constants(typeof(OutwardState)))
        {
            Compare("StateText " + state, english.StateText(state).Heading, own.StateText(state).Heading);
            Compare("StateText " + state, english.StateText(state).Text, own.StateText(state).Text);
        }

        foreach (var reason in Constants(typeof(StepUpReason)).Append("of_the_application"))
        {
            Compare("ReasonTitle " + reason, english.ReasonTitle(reason), own.ReasonTitle(reason));
        }

        Compare("AlternativeLink", english.AlternativeLink("security-key"), own.AlternativeLink("security-key"));
        Assert.Equal("An own title", own.ActionTitle("An own title"));
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void Every_refusal_has_words_of_its_own(string language)
    {
        var (own, english) = (StepUpTexts.For(language), StepUpTexts.For("en"));
        string[] problems =
        [
            "not-accepted", "invalid-transaction", "not-enrolled", "too-many", "blocked", "blocked-for-good", "already-used",
            "changed", "unavailable", "too-large", "not-signed-in", "not-found", "bad-request",
        ];
        Assert.Equal(Enum.GetValues<Problem>().Length, problems.Length);
        Assert.Equal(problems.Length, problems.Select(english.ProblemText).Distinct().Count());
        Assert.Equal(problems.Length, problems.Select(own.ProblemText).Distinct().Count());
        foreach (var problem in problems)
        {
            Compare(problem, english.ProblemText(problem).Title, own.ProblemText(problem).Title);
            Compare(problem, english.ProblemText(problem).Text, own.ProblemText(problem).Text);
        }
    }

    [Theory]
    [InlineData("en", "0.05", "0.05")]
    [InlineData("en", "250.00", "250.00")]
    [InlineData("en", "1234567.89", "1,234,567.89")]
    [InlineData("de", "999999.00", "999.999,00")]
    [InlineData("de", "1000", "1.000")]
    [InlineData("es", "123456789012345.678", "123.456.789.012.345,678")]
    [InlineData("fr", "2500.00", "2\u202f500,00")]
    public void An_amount_keeps_its_digits_in_every_language(string language, string canonical, string shown) =>
        Assert.Equal(shown, ShownDetails.Amount(canonical, StepUpTexts.For(language)));

    [Theory]
    [InlineData("ar", "rtl")]
    [InlineData("he-IL", "rtl")]
    [InlineData("fa-Arab-IR", "rtl")]
    [InlineData("nl", "ltr")]
    [InlineData("de-CH", "ltr")]
    public void The_direction_follows_the_language(string language, string direction) =>
        Assert.Equal(direction, new StepUpTexts { Language = language }.Direction);

    [Fact]
    public void A_language_that_does_not_come_with_the_sdk_is_named_as_such() =>
        Assert.Contains("en, de, es, fr", Assert.Throws<ArgumentException>(() => StepUpTexts.For("nl")).Message, StringComparison.Ordinal);

    private static void Compare(string name, string english, string own)
    {
        Assert.False(string.IsNullOrEmpty(own), name);
        Assert.True(english != own || NoWords.Contains(name), $"{name} is not translated: {own}");
        Assert.Equal(Placeholder().Matches(english).Select(match => match.Value), Placeholder().Matches(own).Select(match => match.Value));
    }

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Where(field => field.IsLiteral && field.FieldType == typeof(string)).Select(field => (string)field.GetRawConstantValue()!);

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();
}

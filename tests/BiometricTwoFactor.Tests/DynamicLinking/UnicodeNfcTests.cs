namespace BiometricTwoFactor.Tests.DynamicLinking;

/// <summary>These tests run in the invariant globalisation mode, where the framework normalises nothing.</summary>
public sealed class UnicodeNfcTests
{
    [Theory]
    [InlineData("Zoe\u0308", "Zo\u00EB")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("\u2126", "\u03A9")]
    [InlineData("\u1E9B\u0323", "\u1E9B\u0323")]
    [InlineData("D\u0307\u0323", "\u1E0C\u0307")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01")]
    [InlineData("\uAC00\u11A8", "\uAC01")]
    [InlineData("\u0B47\u0300\u0B3E", "\u0B47\u0300\u0B3E")]
    [InlineData("\U0001D15E", "\U0001D157\U0001D165")]
    [InlineData("\uF900", "\u8C48")]
    [InlineData("a\u0305\u0300", "a\u0305\u0300")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("plain ASCII", "plain ASCII")]
    public void A_text_is_composed_as_the_standard_says(string text, string composed)
    {
        Assert.Equal(composed, UnicodeNfc.Normalize(text));
        Assert.Equal(composed, UnicodeNfc.Normalize(composed));
    }
}

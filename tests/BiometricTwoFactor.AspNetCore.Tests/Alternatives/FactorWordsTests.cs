namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Which words of RFC 8176 count as a second factor, and which in a face's place.</summary>
public sealed class FactorWordsTests
{
    [Theory]
    [InlineData("hwk", true, true)]
    [InlineData("swk pin", true, true)]
    [InlineData("sc", true, true)]
    [InlineData("otp", true, true)]
    [InlineData("pop user", true, true)]
    [InlineData("fpt", false, true)]
    [InlineData("iris", false, true)]
    [InlineData("retina", false, true)]
    [InlineData("vbm", false, true)]
    [InlineData("", false, false)]
    [InlineData("pwd", false, false)]
    [InlineData("pin kba pwd user", false, false)]
    [InlineData("geo rba wia", false, false)]
    [InlineData("sms", false, false)]
    [InlineData("tel", false, false)]
    [InlineData("otp sms", false, false)]
    [InlineData("hwk tel", false, false)]
    [InlineData("face", false, false)]
    [InlineData("hwk mfa", false, false)]
    [InlineData("mca", false, false)]
    [InlineData("HWK", false, false)]
    [InlineData("hwk anything", false, false)]
    [InlineData("hwk hwk hwk hwk hwk hwk hwk hwk hwk", false, false)]
    public void A_word_counts_for_what_it_proves(string words, bool second, bool alternative)
    {
        var list = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(second, FactorWords.ProvePossession(list));
        Assert.Equal(alternative, FactorWords.EqualAFace(list));
    }

    [Fact]
    public void No_list_and_no_word_count_for_nothing()
    {
        Assert.False(FactorWords.ProvePossession(null));
        Assert.False(FactorWords.EqualAFace(["hwk", null!]));
    }
}

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Ids are random, of one shape, and codes are stored hashed (R-02, protocol 5.1).</summary>
public sealed class ChallengeIdsTests
{
    [Fact]
    public void Ids_have_160_random_bits_and_never_repeat()
    {
        var ids = Enumerable.Range(0, 2_000).Select(_ => ChallengeIds.New()).ToArray();
        Assert.All(ids, id => Assert.Matches("^[A-Za-z0-9_-]{27}$", id));
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        // Every place varies, so that no part of the id is constant.
        Assert.All(Enumerable.Range(0, 27), place => Assert.True(ids.Select(id => id[place]).Distinct().Count() > 8));
    }

    [Fact]
    public void What_is_made_has_the_shape_that_is_looked_for() => Assert.True(ChallengeIds.HasShape(ChallengeIds.New()));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAA.AAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAA/AAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAA%AAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAA\u00c4AAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAA\u0661AAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAA\n")]
    public void What_cannot_be_an_id_is_known_by_its_shape(string? text) => Assert.False(ChallengeIds.HasShape(text));

    [Fact]
    public void A_codes_hash_is_sha_256_in_lower_hex() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ChallengeIds.Hash("abc"));
}

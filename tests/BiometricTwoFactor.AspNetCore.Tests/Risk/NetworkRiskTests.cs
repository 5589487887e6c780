using System.Net;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Which network signals a verdict shows, and what the policy answers. Pure.</summary>
public sealed class NetworkRiskTests
{
    private static readonly IPAddress Asking = IPAddress.Parse("203.0.113.7");

    [Theory]
    [InlineData(true, false, "ES", "198.51.100.7", "vpn-or-tor:SecondFactor country-differs:Hold address-differs:ConfirmBeneficiary")]
    [InlineData(true, false, "DE", "203.0.113.99", "vpn-or-tor:SecondFactor")]
    [InlineData(null, true, "de", "203.0.113.7", "data-centre:ConfirmBeneficiary")]
    [InlineData(false, false, "DE", "203.0.114.7", "address-differs:ConfirmBeneficiary")]
    [InlineData(false, false, "ES", null, "country-differs:Hold")]
    [InlineData(null, null, null, null, "")]
    [InlineData(false, false, "Spain", "not an address", "")]
    [InlineData(false, false, "", "", "")]
    public void Each_signal_that_is_there_gets_the_policys_response(bool? vpn, bool? dataCentre, string? country, string? address, string expected) =>
        Assert.Equal(expected, Signals(Origin(vpn, dataCentre, country, address)));

    [Fact]
    public void One_analysis_of_several_is_enough() =>
        Assert.Equal("country-differs:Hold", Signals(Origin(country: "DE"), Origin(country: "FR"), Origin(country: "FR")));

    [Fact]
    public void Where_the_asking_side_is_unknown_nothing_differs()
    {
        var challenge = Verdicts.Payment();
        Assert.Empty(NetworkRisk.SignalsOf(challenge, new Shown { Ip = [Origin(country: "ES", address: "198.51.100.7")] }.Build(), Policy()));
    }

    [Fact]
    public void A_signal_that_the_policy_accepts_is_none() =>
        Assert.Empty(NetworkRisk.SignalsOf(
            Challenge(), new Shown { Ip = [Origin(vpn: true, dataCentre: true, country: "ES", address: "198.51.100.7")] }.Build(),
            new NetworkRiskOptions { VpnOrTor = RiskResponse.Accept, DataCentre = RiskResponse.Accept, CountryJump = RiskResponse.Accept }));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.250", true)]
    [InlineData("203.0.113.7", "203.0.112.7", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:ffff::9", true)]
    [InlineData("2001:db8:1::1", "2001:db8:2::1", false)]
    public void A_network_is_24_bits_of_IPv4_or_48_of_IPv6(string one, string other, bool same)
    {
        var hash = AddressNetwork.HashOf("challenge", one);
        Assert.NotNull(hash);
        Assert.Equal(same, string.Equals(hash, AddressNetwork.HashOf("challenge", other), StringComparison.Ordinal));
        Assert.NotEqual(hash, AddressNetwork.HashOf("another challenge", one));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.1")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("0.0.0.0")]
    [InlineData("1.2.3.4.5")]
    [InlineData("203.0.113.7, 198.51.100.7")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void An_address_that_names_no_network_in_the_world_is_unknown(string address) => Assert.Null(AddressNetwork.HashOf("challenge", address));

    [Theory]
    [InlineData("172.15.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.0.1")]
    [InlineData("100.128.0.1")]
    public void Its_neighbours_are_known(string address) => Assert.NotNull(AddressNetwork.HashOf("challenge", address));

    private static StepUpChallenge Challenge() => Verdicts.Payment() with
    {
        StartedOn = DeviceTraits.Unknown with { Country = "DE", NetworkHash = AddressNetwork.HashOf(Verdicts.ChallengeId, Asking) },
    };

    private static NetworkRiskOptions Policy() => new() { VpnOrTor = RiskResponse.SecondFactor, AddressDiffers = RiskResponse.ConfirmBeneficiary };

    private static IpAnalysis Origin(bool? vpn = null, bool? dataCentre = null, string? country = null, string? address = null) =>
        new() { Status = FeatureStatus.Approved, IsVpnOrTor = vpn, IsDataCenter = dataCentre, CountryCode = country, Address = address };

    private static string Signals(params IpAnalysis[] analyses) =>
        string.Join(' ', NetworkRisk.SignalsOf(Challenge(), new Shown { Ip = [.. analyses] }.Build(), Policy()).Select(signal => $"{signal.Code}:{signal.Response}"));
}

using System.Net;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Which addresses are one network, and that a hash is of one subject in one tenant.</summary>
public sealed class DeviceHashesTests
{
    [Theory]
    [InlineData("198.51.100.1", "198.51.100.254")]
    [InlineData("198.51.100.1", "::ffff:198.51.100.9")]
    [InlineData("2001:db8:aaaa:1::1", "2001:db8:aaaa:ffff:1:2:3:4")]
    [InlineData("fe80::1%1", "fe80::2%2")]
    public void One_network(string one, string other) => Assert.Equal(Of(one), Of(other));

    [Theory]
    [InlineData("198.51.100.1", "198.51.101.1")]
    [InlineData("198.51.100.1", "198.50.100.1")]
    [InlineData("2001:db8:aaaa::1", "2001:db8:aaab::1")]
    [InlineData("198.51.100.1", "::198.51.100.1")]
    [InlineData("0.0.0.1", "::1")]
    public void Different_networks(string one, string other) => Assert.NotEqual(Of(one), Of(other));

    [Fact]
    public void Without_an_address_there_is_no_network() => Assert.Null(DeviceHashes.OfNetwork("", "alice", address: null));

    [Fact]
    public void A_hash_is_of_one_subject_in_one_tenant_and_of_one_kind()
    {
        string?[] all =
        [
            DeviceHashes.OfDevice("", "alice", "id"), DeviceHashes.OfDevice("", "bob", "id"), DeviceHashes.OfDevice("t", "alice", "id"),
            DeviceHashes.OfDevice("", "alice", "id2"), DeviceHashes.OfDevice("a", "lice", "id"), DeviceHashes.OfDevice("", "alicei", "d"),
            DeviceHashes.OfBrowser("", "id"), DeviceHashes.OfBrowser("t", "id"),
            DeviceHashes.OfNetwork("", "alice", IPAddress.Loopback), DeviceHashes.OfNetwork("", "bob", IPAddress.Loopback), DeviceHashes.OfNetwork("t", "alice", IPAddress.Loopback),
        ];
        Assert.Equal(all.Length, all.Distinct(StringComparer.Ordinal).Count());
        Assert.All(all, hash => Assert.Matches("^[0-9a-f]{64}$", hash));
    }

    private static string? Of(string address) => DeviceHashes.OfNetwork("", "alice", IPAddress.Parse(address));
}

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The device and network that asked for a challenge, as far as they were recognised then (protocol 9). Hashes only, which
/// tell two devices of one subject apart. A network's hash is a pseudonym and no secret: who has the store and the subject
/// can try all networks.
/// </summary>
public sealed record AskingDevice
{
    /// <summary>Nothing recognised: never a reason not to ask.</summary>
    public static AskingDevice Unknown { get; } = new();

    /// <summary>SHA-256 over tenant, subject and the id of the device cookie; null without a cookie.</summary>
    public string? DeviceHash { get; init; }

    /// <summary>
    /// SHA-256 over tenant and the id of the device cookie, whoever is signed in: it counts challenges across users
    /// (<see cref="BiometricStepUpOptions.MaxChallengesPerDevice"/>) and is never a reason to trust. Null without a cookie.
    /// </summary>
    public string? BrowserHash { get; init; }

    /// <summary>SHA-256 over tenant, subject and the network of the address (IPv4 /24, IPv6 /48); null without an address.</summary>
    public string? NetworkHash { get; init; }

    /// <summary>True when an approval was used on this device before.</summary>
    public bool IsKnown { get; init; }

    /// <summary>True when an approval was used in this network before.</summary>
    public bool IsNetworkKnown { get; init; }

    /// <summary>The counter that failures and new challenges of this device go to: its own when it is recognised, else the one that all others share (protocol 2.4).</summary>
    public string Group => IsKnown && DeviceHash is not null ? DeviceHash : "";

    /// <summary>A new device in a new network: always asked (contract, "when to step up").</summary>
    public bool IsNewInEveryWay => !IsKnown && !IsNetworkKnown;

    /// <summary>Only whether it was recognised.</summary>
    public override string ToString() => IsKnown ? "recognised" : "unrecognised";
}

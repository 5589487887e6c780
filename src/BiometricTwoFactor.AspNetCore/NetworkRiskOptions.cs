namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What the verdict's own network signals demand (<c>Biometric:NetworkRisk</c>; protocol 9). Absence of a signal never
/// counts in anyone's favour: where a workflow demands an analysis, its absence refuses.
/// </summary>
public sealed class NetworkRiskOptions
{
    /// <summary>For a VPN, a proxy or Tor. Default: the payer confirms the payee.</summary>
    public RiskResponse VpnOrTor { get; set; } = RiskResponse.ConfirmBeneficiary;

    /// <summary>For an address of a data centre. Default: the payer confirms the payee.</summary>
    public RiskResponse DataCentre { get; set; } = RiskResponse.ConfirmBeneficiary;

    /// <summary>For another country than the asking one, where both are known. Default: a person looks at it.</summary>
    public RiskResponse CountryJump { get; set; } = RiskResponse.Hold;

    /// <summary>
    /// For a capture in another network than the one that asked (the first 24 bits of an IPv4 address, 48 of IPv6). Default:
    /// nothing, since people look into the telephone on the mobile network while they ask on another. The asking address is
    /// the connection's: behind a proxy it needs the framework's forwarded headers.
    /// </summary>
    public RiskResponse AddressDiffers { get; set; } = RiskResponse.Accept;
}

/// <summary>What a signal demands, from the least to the most.</summary>
public enum RiskResponse
{
    /// <summary>Nothing.</summary>
    Accept = 0,

    /// <summary>The payer's own word that the payee is one they know. Only payments have a payee; elsewhere as <see cref="SecondFactor"/>, where one is registered, else as <see cref="Accept"/>.</summary>
    ConfirmBeneficiary,

    /// <summary>A second factor, checked by the application.</summary>
    SecondFactor,

    /// <summary>A person looks at it; a sign-in or recovery, which wait for nobody, end instead.</summary>
    Hold,
}

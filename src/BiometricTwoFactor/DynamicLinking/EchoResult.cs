namespace BiometricTwoFactor;

/// <summary>
/// How the provider's echo of a payment compares with what was stored. Only <see cref="Matched"/> lets a verdict pass;
/// the default value does not.
/// </summary>
public enum EchoResult
{
    /// <summary>Amount or payee account is not there, null, or of a kind that cannot be one. As bad as a difference.</summary>
    Missing = 0,

    /// <summary>Amount and payee account are there and equal, and the currency where it is echoed.</summary>
    Matched,

    /// <summary>The amount differs, or is not written as an amount.</summary>
    AmountDiffers,

    /// <summary>A currency is echoed and differs.</summary>
    CurrencyDiffers,

    /// <summary>The payee account differs, be it in case, spaces or a mask.</summary>
    PayeeDiffers,
}

namespace BiometricTwoFactor.AspNetCore;

/// <summary>What a verdict's risk demands beyond the face (protocol 9).</summary>
public enum ExtraDemand
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Another factor, checked by the application.</summary>
    SecondFactor,

    /// <summary>The payer's own word that the payee is one they know.</summary>
    BeneficiaryConfirmation,
}

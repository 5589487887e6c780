namespace BiometricTwoFactor;

/// <summary>Of what kind an element of authentication is (PSD2 article 4(30); RTS articles 6 to 8).</summary>
public enum FactorCategory
{
    /// <summary>None: a signal, an answer to a question, or a word that is not known. It adds nothing.</summary>
    None = 0,

    /// <summary>Something only the user knows.</summary>
    Knowledge,

    /// <summary>Something only the user possesses.</summary>
    Possession,

    /// <summary>Something the user is.</summary>
    Inherence,
}

/// <summary>The methods of authentication by their words in <c>amr</c> (RFC 8176).</summary>
public static class AuthenticationMethods
{
    /// <summary>A face.</summary>
    public const string Face = "face";

    /// <summary>Several factors: a conclusion, and nobody's method.</summary>
    public const string Multiple = "mfa";

    /// <summary>
    /// The kind of a method. What is not listed is none: an address, a device's fingerprint, a location, an unknown word. An
    /// analysis of network and device beside a face is therefore still one factor, whatever a guide calls it.
    /// </summary>
    public static FactorCategory CategoryOf(string? method) => method switch
    {
        "pwd" or "pin" => FactorCategory.Knowledge,
        "hwk" or "swk" or "sc" or "pop" or "otp" or "sms" or "tel" => FactorCategory.Possession,
        Face or "fpt" or "iris" or "retina" or "vbm" => FactorCategory.Inherence,
        _ => FactorCategory.None,
    };
}

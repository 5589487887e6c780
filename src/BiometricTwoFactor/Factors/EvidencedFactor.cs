namespace BiometricTwoFactor;

/// <summary>One element of authentication, as somebody evidenced it.</summary>
/// <param name="Method">The word of <c>amr</c> (RFC 8176): <c>pwd</c>, <c>hwk</c>, <c>face</c>.</param>
/// <param name="EvidencedBy">
/// Who saw it: the application that compared the password, the authenticator that signed, the provider that compared the face. A
/// statement that nobody stands for counts for nothing.
/// </param>
public sealed record EvidencedFactor(string Method, string EvidencedBy)
{
    /// <summary>The device on which it was shown or that holds it, by any name that tells devices apart; null where there is none, as for a password.</summary>
    public string? Device { get; init; }

    /// <summary>
    /// True where it runs apart from everything else on that device, and notices tampering: a secure element, a trusted execution
    /// environment (RTS article 9(3)). Null where that is not known.
    /// </summary>
    public bool? IsSeparated { get; init; }

    /// <summary>The method's kind.</summary>
    public FactorCategory Category => AuthenticationMethods.CategoryOf(Method);
}

namespace BiometricTwoFactor.AspNetCore;

/// <summary>That it was finished on another device, and what was shown there.</summary>
internal sealed record HandOverFacts
{
    public required string Kind { get; init; }

    /// <summary>When the other device was chosen.</summary>
    public DateTimeOffset OfferedAt { get; init; }

    /// <summary>When the two digits of the asking screen were given there.</summary>
    public DateTimeOffset DigitsAt { get; init; }

    /// <summary>How often other digits had been given before.</summary>
    public int WrongDigits { get; init; }

    /// <summary>The digest of what that device showed before its camera opened.</summary>
    public required string ShownDigest { get; init; }

    public required IReadOnlyList<ShownLine> ShownLines { get; init; }
}

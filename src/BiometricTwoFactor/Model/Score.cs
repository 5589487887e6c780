using System.Globalization;

namespace BiometricTwoFactor;

/// <summary>
/// A biometric score together with its scale. The guide's <c>similarity_score</c> runs from 0 to 1, the reference's
/// <c>score</c> from 0 to 100; a bare number can be either, so it cannot be made into a score without naming which
/// (contract C7). Held as a decimal, so that 79.99999999999999 stays below 80.
/// </summary>
public readonly struct Score : IEquatable<Score>, IComparable<Score>
{
    private readonly decimal _percent;

    private Score(decimal percent) => _percent = percent;

    /// <summary>The score on the scale 0 to 100.</summary>
    public decimal Percent => _percent;

    /// <summary>The score on the scale 0 to 1.</summary>
    public decimal Unit => _percent / 100m;

    /// <summary>Makes a score from the scale 0 to 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside 0 to 100.</exception>
    public static Score FromPercent(decimal value) =>
        TryFromPercent(value, out var score) ? score : throw new ArgumentOutOfRangeException(nameof(value), "A score in percent lies between 0 and 100.");

    /// <summary>Makes a score from the scale 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside 0 to 1.</exception>
    public static Score FromUnit(decimal value) =>
        TryFromUnit(value, out var score) ? score : throw new ArgumentOutOfRangeException(nameof(value), "A score on the unit scale lies between 0 and 1.");

    /// <summary>Makes a score from the scale 0 to 100; false when the value is outside of it.</summary>
    public static bool TryFromPercent(decimal value, out Score score)
    {
        score = value is >= 0m and <= 100m ? new Score(value) : default;
        return value is >= 0m and <= 100m;
    }

    /// <summary>Makes a score from the scale 0 to 1; false when the value is outside of it.</summary>
    public static bool TryFromUnit(decimal value, out Score score)
    {
        score = value is >= 0m and <= 1m ? new Score(value * 100m) : default;
        return value is >= 0m and <= 1m;
    }

    /// <inheritdoc/>
    public int CompareTo(Score other) => _percent.CompareTo(other._percent);

    /// <inheritdoc/>
    public bool Equals(Score other) => _percent == other._percent;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Score other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _percent.GetHashCode();

    /// <summary>The score with its scale, such as <c>96.15 of 100</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_percent:0.##############} of 100");

    /// <summary>Equal values on the same scale.</summary>
    public static bool operator ==(Score left, Score right) => left.Equals(right);

    /// <summary>Different values on the same scale.</summary>
    public static bool operator !=(Score left, Score right) => !left.Equals(right);

    /// <summary>Below.</summary>
    public static bool operator <(Score left, Score right) => left.CompareTo(right) < 0;

    /// <summary>Above.</summary>
    public static bool operator >(Score left, Score right) => left.CompareTo(right) > 0;

    /// <summary>At or below.</summary>
    public static bool operator <=(Score left, Score right) => left.CompareTo(right) <= 0;

    /// <summary>At or above.</summary>
    public static bool operator >=(Score left, Score right) => left.CompareTo(right) >= 0;
}

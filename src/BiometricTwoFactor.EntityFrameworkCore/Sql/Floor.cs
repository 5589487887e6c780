namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>
/// A floor as a whole number, since SQLite has no decimals to compare. Beyond eight decimals what was given is rounded down
/// and what is demanded up: never in favour of the weaker one. The exact value is in the document.
/// </summary>
internal static class Floor
{
    private const decimal Unit = 100_000_000m;

    public static long? Given(decimal? percent) => percent is { } value ? (long)decimal.Floor(value * Unit) : null;

    public static long? Demanded(decimal? percent) => percent is { } value ? (long)decimal.Ceiling(value * Unit) : null;
}

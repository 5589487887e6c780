using System.Globalization;

namespace Bank;

/// <summary>Money and times as the pages show them.</summary>
internal static class Euro
{
    public static string Text(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"{(amount < 0 ? "−" : "")}{Math.Abs(amount):N2} EUR");

    public static string Signed(decimal amount) => (amount > 0 ? "+" : "") + Text(amount);

    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}

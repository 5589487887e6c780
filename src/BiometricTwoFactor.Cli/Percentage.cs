using System.CommandLine;
using System.Globalization;

namespace BiometricTwoFactor.Cli;

/// <summary>An option from 0 to 100 for what the matcher counts from 0 to 1.</summary>
internal static class Percentage
{
    public static Option<decimal> Option(string name, string description, double defaultShare) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => (decimal)(defaultShare * 100),

        // Digits and a point alone: "8,5" is no eighty-five, whatever the machine's language.
        CustomParser = result =>
        {
            if (!decimal.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value is < 0 or > 100)
            {
                result.AddError("A number from 0 to 100.");
            }

            return value;
        },
    };

    public static double Share(decimal percentage) => (double)(percentage / 100);

    /// <summary>With exactly two decimals. Cut, not rounded, so that nothing seems to reach a threshold that it misses.</summary>
    public static decimal Of(double share) => Math.Round((decimal)share * 100, 2, MidpointRounding.ToZero) + 0.00m;
}

using System.CommandLine;
using System.Globalization;

namespace BiometricTwoFactor.Cli;

/// <summary>An option that is a number, in digits with a point whatever the machine's language: "0,01" is no hundredth and no hundred.</summary>
internal static class Figure
{
    public static Option<decimal> Needed(string name, string description) => Make(name, description, required: true, 0m);

    public static Option<decimal> Or(string name, string description, decimal standard) => Make(name, description, required: false, standard);

    /// <summary>As it was given, or as many digits as tell something of a price.</summary>
    public static string Write(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static Option<decimal> Make(string name, string description, bool required, decimal standard) => new(name)
    {
        Description = required ? $"{description} Required." : description,
        Required = required,
        DefaultValueFactory = required ? null : _ => standard,
        CustomParser = result =>
        {
            if (!decimal.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                result.AddError("A number, such as 0.0118.");
            }

            return value;
        },
    };
}

using System.CommandLine;

namespace BiometricTwoFactor.Cli;

/// <summary>The option that chooses between the provider's two editions.</summary>
internal static class Editions
{
    private const string Reference = "reference";
    private const string Guide = "guide";

    public static Option<string> Option(string description)
    {
        var option = new Option<string>("--edition") { Description = description, DefaultValueFactory = _ => Reference };
        option.AcceptOnlyFromAmong(Reference, Guide);
        return option;
    }

    public static ApiEdition Read(string? text) => text == Guide ? ApiEdition.Guide : ApiEdition.Reference;
}

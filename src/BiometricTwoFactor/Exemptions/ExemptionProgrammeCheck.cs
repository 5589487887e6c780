using System.Globalization;

namespace BiometricTwoFactor;

/// <summary>What is wrong with a programme's settings, in a sentence that names the article.</summary>
internal static class ExemptionProgrammeCheck
{
    private const int MaxNameLength = 64;

    public static string? Problem(ExemptionProgrammeOptions options)
    {
        if (options.Name is not { Length: > 0 and <= MaxNameLength } name || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            return "its name is one word of ASCII letters, digits, '-', '_' and '.', of at most 64.";
        }

        return options.Preset is null ? "it has no preset."
            : NamesProblem(options)
            ?? LimitProblem("article 16", options.LowValue, options.Preset.LowValue)
            ?? LimitProblem("article 11", options.Contactless, options.Preset.Contactless)
            ?? RenewalProblem(options)
            ?? RatesProblem(options)
            ?? ProcessesProblem(options)
            ?? (options.ConversionRateLifetime <= TimeSpan.Zero ? "ConversionRateLifetime is not positive: limits are in one currency (articles 11, 16 and 18), and no rate would ever be new enough." : null);
    }

    private static string? NamesProblem(ExemptionProgrammeOptions options)
    {
        foreach (var kind in options.Exemptions)
        {
            if (!Enum.IsDefined(kind) || kind == ExemptionKind.None)
            {
                return "Exemptions names one that does not exist.";
            }

            if (options.Basis == ExemptionBasis.Requested && ExemptionRules.Of(kind).IsTheProvidersAlone)
            {
                return $"{kind} ({ExemptionRules.Of(kind).Article}) is the payer's provider's to apply, and cannot be requested: set Basis to Applied, if you are the provider.";
            }
        }

        return options.Exemptions.Distinct().Count() == options.Exemptions.Count ? null : "Exemptions names one twice.";
    }

    private static string? LimitProblem(string article, CumulativeLimit? own, CumulativeLimit preset) => own switch
    {
        null => null,
        { Amount: <= 0 } or { Total: <= 0 } or { Count: <= 0 } => $"{article}: a limit is zero or negative. To exempt nothing, leave the exemption out.",
        _ when own.Amount > preset.Amount => Beyond(article, "the amount", own.Amount, preset.Amount),
        _ when own.Total > preset.Total => Beyond(article, "the total", own.Total, preset.Total),
        _ when own.Count > preset.Count => Beyond(article, "the number", own.Count, preset.Count),
        _ when own.Amount > own.Total => $"{article}: one payment may be larger than all together.",
        _ => null,
    };

    private static string? RenewalProblem(ExemptionProgrammeOptions options) => options.AccessRenewal switch
    {
        null => null,
        { } own when own <= TimeSpan.Zero => "articles 10 and 10a: AccessRenewal is not positive. To exempt nothing, leave the exemption out.",
        { } own when own > options.Preset.AccessRenewal => $"article 10: AccessRenewal is {Days(own)} days, and the preset's limit is {Days(options.Preset.AccessRenewal)}.",
        _ => null,
    };

    private static string? RatesProblem(ExemptionProgrammeOptions options)
    {
        foreach (var rate in options.FraudRates)
        {
            if (rate.Instrument is not (PaymentInstrument.Card or PaymentInstrument.CreditTransfer))
            {
                return "article 19: a rate of fraud says not of which payments.";
            }

            if (rate.Rate is < 0 or > 1)
            {
                return "article 19: a rate of fraud is a fraction from 0 to 1 (0.0006 is 0.06 %).";
            }

            if (rate.QuartersOver < 0)
            {
                return "article 20: a number of quarters is negative.";
            }
        }

        return options.FraudRates.Select(rate => rate.Instrument).Distinct().Count() != options.FraudRates.Count ? "article 19: there are two rates of fraud of one instrument."
            : options.Exemptions.Contains(ExemptionKind.TransactionRisk) && options.FraudRates.Count == 0 ? "articles 18 and 19: transaction risk analysis needs the rate of fraud (FraudRates)."
            : null;
    }

    private static string? ProcessesProblem(ExemptionProgrammeOptions options) =>
        options.CorporateProcesses.Any(string.IsNullOrWhiteSpace) ? "article 17: a corporate process has no name."
        : options.Exemptions.Contains(ExemptionKind.CorporateProcess) && options.CorporateProcesses.Count == 0 ? "article 17: name the processes that the authority has accepted (CorporateProcesses)."
        : null;

    private static string Beyond(string article, string what, decimal own, decimal preset) =>
        string.Create(CultureInfo.InvariantCulture, $"{article}: {what} is {own}, and the preset's limit is {preset}.");

    private static string Days(TimeSpan time) => time.TotalDays.ToString("0.##", CultureInfo.InvariantCulture);
}

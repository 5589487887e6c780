using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BiometricTwoFactor;

/// <summary>
/// A checked <see cref="ExemptionProgrammeOptions"/>: the policy that decisions are made by. Immutable, and with a version that
/// changes with every setting, so that a decision can be made again years later.
/// </summary>
public sealed class ExemptionProgramme
{
    private ExemptionProgramme(ExemptionProgrammeOptions options)
    {
        Name = options.Name;
        Preset = options.Preset;
        IsEnabled = options.IsEnabled;
        Basis = options.Basis;
        Exemptions = [.. options.Exemptions];
        LowValue = options.LowValue ?? Preset.LowValue;
        Contactless = options.Contactless ?? Preset.Contactless;
        CountBy = options.CountBy;
        Counting = options.Counting;
        Comparison = options.Comparison;
        AccessRenewal = options.AccessRenewal ?? Preset.AccessRenewal;
        AccountInformationRenewal = Preset.AccountInformationRenewal is { } renewal ? Shorter(options.AccessRenewal, renewal) : options.AccessRenewal;
        FraudRates = [.. options.FraudRates];
        CorporateProcesses = [.. options.CorporateProcesses];
        ConversionRateLifetime = options.ConversionRateLifetime;
        Rules = [.. Exemptions.Select(ExemptionRules.Of)];
        Version = MakeVersion();
    }

    /// <summary>The programme's name.</summary>
    public string Name { get; }

    /// <summary>The limits of the jurisdiction.</summary>
    public ExemptionPreset Preset { get; }

    /// <summary>False when everything is authenticated.</summary>
    public bool IsEnabled { get; }

    /// <summary>Whose decision an exemption is.</summary>
    public ExemptionBasis Basis { get; }

    /// <summary>The exemptions in use, in the order in which they are tried.</summary>
    public IReadOnlyList<ExemptionKind> Exemptions { get; }

    /// <summary>The limits of article 16.</summary>
    public CumulativeLimit LowValue { get; }

    /// <summary>The limits of article 11.</summary>
    public CumulativeLimit Contactless { get; }

    /// <summary>Which of the two counters is used.</summary>
    public CountBy CountBy { get; }

    /// <summary>What the counters compare.</summary>
    public CountingMode Counting { get; }

    /// <summary>What becomes of an amount that is exactly a limit.</summary>
    public LimitComparison Comparison { get; }

    /// <summary>How long an authentication serves direct access to the account.</summary>
    public TimeSpan AccessRenewal { get; }

    /// <summary>The same for account information providers; null where it needs no renewal.</summary>
    public TimeSpan? AccountInformationRenewal { get; }

    /// <summary>The rates of fraud.</summary>
    public IReadOnlyList<FraudRate> FraudRates { get; }

    /// <summary>The accepted corporate processes.</summary>
    public IReadOnlyList<string> CorporateProcesses { get; }

    /// <summary>How old a conversion rate may be.</summary>
    public TimeSpan ConversionRateLifetime { get; }

    /// <summary>The preset's name and day, the programme's name, and a hash over every setting: <c>psd2/2023-07-25/default/1f0c…</c>.</summary>
    public string Version { get; }

    internal ImmutableArray<ExemptionRule> Rules { get; }

    /// <summary>Checks the options and makes the programme.</summary>
    /// <exception cref="ArgumentException">A setting is missing, contradicts the preset or another one; the message names the article.</exception>
    public static ExemptionProgramme Create(ExemptionProgrammeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ExemptionProgrammeCheck.Problem(options) is { } problem
            ? throw new ArgumentException($"The exemption programme '{options.Name}' is refused: {problem}", nameof(options))
            : new ExemptionProgramme(options);
    }

    /// <summary>The version.</summary>
    public override string ToString() => Version;

    private static TimeSpan Shorter(TimeSpan? one, TimeSpan other) => one < other ? one.Value : other;

    private string MakeVersion()
    {
        var text = new StringBuilder();
        Add(Name, Preset.Name, Preset.Version, IsEnabled.ToString(), Basis.ToString(), CountBy.ToString(), Counting.ToString(), Comparison.ToString());
        AddLimit(LowValue);
        AddLimit(Contactless);
        Add(Ticks(AccessRenewal), Ticks(AccountInformationRenewal), Ticks(ConversionRateLifetime));
        Add([.. Exemptions.Select(kind => kind.ToString())]);
        foreach (var rate in FraudRates)
        {
            Add(rate.Instrument.ToString(), Number(rate.Rate), Ticks(rate.MeasuredUntil - DateTimeOffset.UnixEpoch), rate.QuartersOver.ToString(CultureInfo.InvariantCulture));
        }

        Add([.. CorporateProcesses]);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
        return $"{Preset.Name}/{Preset.Version}/{Name}/{hash}";

        // Each with its length before it, so that no boundary can be moved.
        void Add(params ReadOnlySpan<string> fields)
        {
            text.Append(CultureInfo.InvariantCulture, $"{fields.Length};");
            foreach (var field in fields)
            {
                text.Append(CultureInfo.InvariantCulture, $"{field.Length}:{field}");
            }
        }

        void AddLimit(CumulativeLimit limit) => Add(Number(limit.Amount), Number(limit.Total), limit.Count.ToString(CultureInfo.InvariantCulture));

        static string Number(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

        static string Ticks(TimeSpan? time) => time?.Ticks.ToString(CultureInfo.InvariantCulture) ?? "none";
    }
}

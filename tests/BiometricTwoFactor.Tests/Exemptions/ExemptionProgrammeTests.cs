using static BiometricTwoFactor.Tests.Exemptions.Programmes;

namespace BiometricTwoFactor.Tests.Exemptions;

/// <summary>A programme that contradicts the law, its preset or itself is refused, and the article is named.</summary>
public sealed class ExemptionProgrammeTests
{
    public static TheoryData<string, string, Action<ExemptionProgrammeOptions>> Refused => new()
    {
        { "article 16", "amount over the preset", options => options.LowValue = new CumulativeLimit(30.01m, 100m, 5) },
        { "article 16", "total over the preset", options => options.LowValue = new CumulativeLimit(30m, 100.01m, 5) },
        { "article 16", "number over the preset", options => options.LowValue = new CumulativeLimit(30m, 100m, 6) },
        { "article 16", "zero", options => options.LowValue = new CumulativeLimit(0m, 100m, 5) },
        { "article 16", "negative", options => options.LowValue = new CumulativeLimit(30m, -1m, 5) },
        { "article 16", "one above all", options => options.LowValue = new CumulativeLimit(30m, 20m, 5) },
        { "article 16", "of the Union's limits in the United Kingdom", options => (options.Preset, options.LowValue) = (ExemptionPreset.UnitedKingdom, ExemptionPreset.Psd2.LowValue) },
        { "article 11", "amount over the preset", options => options.Contactless = new CumulativeLimit(50.01m, 150m, 5) },
        { "article 10", "181 days", options => options.AccessRenewal = TimeSpan.FromDays(181) },
        { "articles 10 and 10a", "no time", options => options.AccessRenewal = TimeSpan.Zero },
        { "articles 18 and 19", "no rate of fraud", options => options.FraudRates.Clear() },
        { "article 19", "two rates of one instrument", options => options.FraudRates.Add(options.FraudRates[0]) },
        { "article 19", "a rate of nothing", options => options.FraudRates.Add(new FraudRate(PaymentInstrument.Unknown, 0m, Now)) },
        { "article 19", "a negative rate", options => options.FraudRates[0] = options.FraudRates[0] with { Rate = -0.0001m } },
        { "article 19", "a rate in percent", options => options.FraudRates[0] = options.FraudRates[0] with { Rate = 6m } },
        { "article 20", "negative quarters", options => options.FraudRates[0] = options.FraudRates[0] with { QuartersOver = -1 } },
        { "article 17", "no accepted process", options => options.CorporateProcesses.Clear() },
        { "article 17", "a process without a name", options => options.CorporateProcesses.Add(" ") },
        { "article 10)", "what only the provider applies", options => options.Basis = ExemptionBasis.Requested },
        { "articles 11, 16 and 18", "no time for a rate", options => options.ConversionRateLifetime = TimeSpan.Zero },
        { "twice", "one twice", options => options.Exemptions.Add(ExemptionKind.LowValue) },
        { "does not exist", "none", options => options.Exemptions.Add(ExemptionKind.None) },
        { "does not exist", "an unknown one", options => options.Exemptions.Add((ExemptionKind)99) },
        { "name", "no name", options => options.Name = "" },
        { "name", "two words", options => options.Name = "a b" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_contradicts_is_refused_with_the_article(string named, string because, Action<ExemptionProgrammeOptions> configure)
    {
        Assert.NotEmpty(because);
        var options = OptionsOf([.. Enum.GetValues<ExemptionKind>().Where(kind => kind != ExemptionKind.None)]);
        configure(options);
        var refused = Assert.Throws<ArgumentException>(() => ExemptionProgramme.Create(options));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stricter_than_the_preset_is_a_programme()
    {
        var programme = Of(ExemptionKind.LowValue, options => (options.LowValue, options.AccessRenewal) = (new CumulativeLimit(10m, 20m, 2), TimeSpan.FromDays(30)));
        Assert.Equal(ScaOutcome.RequireSca, programme.Decide(Payment(10.01m)).Outcome);
        Assert.Equal((TimeSpan.FromDays(30), TimeSpan.FromDays(30)), (programme.AccessRenewal, programme.AccountInformationRenewal));
    }

    [Fact]
    public void Every_setting_makes_another_version_and_the_same_settings_the_same()
    {
        Action<ExemptionProgrammeOptions>[] changes =
        [
            _ => { },
            options => options.Name = "other",
            options => options.Preset = ExemptionPreset.PsrDraft,
            options => options.IsEnabled = false,
            options => options.Exemptions.RemoveAt(0),
            options => (options.Exemptions[0], options.Exemptions[1]) = (options.Exemptions[1], options.Exemptions[0]),
            options => options.LowValue = new CumulativeLimit(29m, 100m, 5),
            options => options.LowValue = new CumulativeLimit(30m, 99m, 5),
            options => options.LowValue = new CumulativeLimit(30m, 100m, 4),
            options => options.Contactless = new CumulativeLimit(49m, 150m, 5),
            options => options.CountBy = CountBy.Number,
            options => options.Counting = CountingMode.Literal,
            options => options.Comparison = LimitComparison.StrictlyLess,
            options => options.AccessRenewal = TimeSpan.FromDays(90),
            options => options.FraudRates[0] = options.FraudRates[0] with { Rate = 0.0004m },
            options => options.FraudRates[0] = options.FraudRates[0] with { MeasuredUntil = Now },
            options => options.FraudRates[0] = options.FraudRates[0] with { QuartersOver = 1 },
            options => options.CorporateProcesses.Add("second"),
            options => options.ConversionRateLifetime = TimeSpan.FromHours(1),
        ];
        var versions = changes.Select(change => All(change).Version).ToList();
        Assert.Equal(versions.Count, versions.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(versions, changes.Select(change => All(change).Version));
    }

    [Fact]
    public void A_programme_does_not_change_with_the_options_that_it_was_made_from()
    {
        var options = OptionsOf([ExemptionKind.LowValue]);
        var programme = ExemptionProgramme.Create(options);
        options.Exemptions.Clear();
        Assert.Equal(ScaOutcome.Exempt, programme.Decide(Payment(1m)).Outcome);
    }
}

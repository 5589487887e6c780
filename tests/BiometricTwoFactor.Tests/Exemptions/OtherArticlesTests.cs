using static BiometricTwoFactor.Tests.Exemptions.Programmes;

namespace BiometricTwoFactor.Tests.Exemptions;

/// <summary>RTS articles 10 to 15 and 17 .</summary>
public sealed class OtherArticlesTests
{
    [Theory]
    [InlineData(ScaOperation.AccountAccess, ExemptionKind.AccountAccess)]
    [InlineData(ScaOperation.AccountInformation, ExemptionKind.AccountInformation)]
    public void Articles_10_and_10a_A_hundred_and_eighty_days_and_a_clock_for_each_view(ScaOperation operation, ExemptionKind kind)
    {
        var programme = Of(kind);
        var seen = ExemptionCounters.None.AfterAuthentication(Now.AddDays(-180), AccountView.Balance);
        Assert.Equal(ExemptionReason.Met, Look(AccountView.Balance, seen));
        Assert.Equal(ExemptionReason.FirstTime, Look(AccountView.RecentTransactions, seen));
        Assert.Equal(ExemptionReason.FirstTime, Look(AccountView.Balance, ExemptionCounters.None.AfterAuthentication(Now))); // for a payment
        Assert.Equal(ExemptionReason.FactFalse, Look(AccountView.More, seen.AfterAuthentication(Now, AccountView.More)));
        Assert.Equal(ExemptionReason.FactUnknown, Look(AccountView.Unknown, seen));
        Assert.Equal(ExemptionReason.Expired, Look(AccountView.Balance, ExemptionCounters.None.AfterAuthentication(Now.AddDays(-180).AddTicks(-1), AccountView.Balance)));
        Assert.Equal(ExemptionReason.Met, Look(AccountView.RecentTransactions, seen.AfterAuthentication(Now, AccountView.More)));

        string Look(AccountView view, ExemptionCounters counters) =>
            programme.Decide(new TransactionFacts { Operation = operation, View = view, Monitoring = MonitoringAdvice.Clear }, counters).Why();
    }

    [Fact]
    public void Articles_10_and_10a_of_the_United_Kingdom_differ()
    {
        var programme = Of([ExemptionKind.AccountAccess, ExemptionKind.AccountInformation], options => options.Preset = ExemptionPreset.UnitedKingdom);
        var seen = ExemptionCounters.None.AfterAuthentication(Now.AddDays(-91), AccountView.Balance);
        var facts = new TransactionFacts { Operation = ScaOperation.AccountAccess, View = AccountView.Balance, Monitoring = MonitoringAdvice.Clear };
        Assert.Equal(ScaOutcome.RequireSca, programme.Decide(facts, seen).Outcome);
        Assert.Equal(ScaOutcome.Exempt, programme.Decide(facts with { Operation = ScaOperation.AccountInformation }, seen).Outcome);
    }

    [Fact]
    public void Article_10a_3_A_suspicion_ends_it()
    {
        var seen = ExemptionCounters.None.AfterAuthentication(Now, AccountView.Balance);
        var facts = new TransactionFacts { Operation = ScaOperation.AccountInformation, View = AccountView.Balance, Monitoring = MonitoringAdvice.Suspicious };
        Assert.Equal((ScaOutcome.RequireSca, ExemptionReason.Suspicious), (All().Decide(facts, seen).Outcome, All().Decide(facts, seen).Why()));
    }

    [Theory]
    [InlineData(50, 100, 3, CountBy.Amount, ScaOutcome.Exempt)]
    [InlineData(50.01, 0, 0, CountBy.Amount, ScaOutcome.RequireSca)]
    [InlineData(50, 100.01, 3, CountBy.Amount, ScaOutcome.RequireSca)]
    [InlineData(50, 250, 4, CountBy.Number, ScaOutcome.Exempt)]
    [InlineData(0.01, 0.05, 5, CountBy.Number, ScaOutcome.RequireSca)]
    public void Article_11_Contactless(double amount, double before, int count, CountBy by, ScaOutcome expected)
    {
        var counters = ExemptionCounters.None with { Contactless = new ExemptedSum((decimal)before, count), LowValue = new ExemptedSum(1000m, 100) };
        var decision = Of(ExemptionKind.Contactless, options => options.CountBy = by).Decide(Payment((decimal)amount, operation: ScaOperation.ContactlessPayment), counters);
        Assert.Equal(expected, decision.Outcome);
        Assert.Equal(counters.LowValue, decision.CountersAfter.LowValue);
        Assert.Equal(expected == ScaOutcome.Exempt ? count + 1 : count, decision.CountersAfter.Contactless.Count);
    }

    [Theory]
    [InlineData(TerminalPurpose.TransportFare, ExemptionReason.Met)]
    [InlineData(TerminalPurpose.ParkingFee, ExemptionReason.Met)]
    [InlineData(TerminalPurpose.Other, ExemptionReason.FactFalse)]
    [InlineData(TerminalPurpose.Unknown, ExemptionReason.FactUnknown)]
    public void Article_12_Fares_and_parking_at_terminals(TerminalPurpose purpose, string why)
    {
        var facts = Payment(900m, operation: ScaOperation.TerminalPayment) with { Terminal = purpose };
        Assert.Equal(why, Of(ExemptionKind.UnattendedTerminal).Decide(facts).Why());
        Assert.Equal(ExemptionReason.OtherOperation, Of(ExemptionKind.UnattendedTerminal).Decide(facts with { Operation = ScaOperation.RemotePayment }).Why());
    }

    [Theory]
    [InlineData(true, ExemptionReason.Met)]
    [InlineData(false, ExemptionReason.FactFalse)]
    [InlineData(null, ExemptionReason.FactUnknown)]
    public void Article_13_2_A_trusted_payee(bool? isTrusted, string why) =>
        Assert.Equal(why, Of(ExemptionKind.TrustedBeneficiary).Decide(Payment(9_000m) with { PayeeIsTrusted = isTrusted }).Why());

    [Theory]
    [InlineData(ScaOperation.TrustedBeneficiaryChange)]
    [InlineData(ScaOperation.SeriesChange)]
    [InlineData(ScaOperation.Other)]
    public void Articles_13_1_and_14_1_Lists_and_series_are_always_authenticated(ScaOperation operation)
    {
        var decision = All().Decide(Payment(1m, operation: operation) with { PayeeIsTrusted = true, IsBetweenOwnAccounts = true, CorporateProcess = "treasury-host" });
        Assert.Equal((ScaOutcome.RequireSca, ExemptionReason.AlwaysAuthenticated), (decision.Outcome, decision.Why()));
    }

    [Fact]
    public void Article_14_2_The_same_amount_to_the_same_payee()
    {
        var programme = Of(ExemptionKind.Recurring);
        var approved = Transaction.Create(49.90m, "EUR", Account, "Ada Lovelace", "March");
        var series = new PaymentSeries(approved, Now.AddDays(-30));
        var facts = Payment(49.90m) with { Series = series };
        Assert.Equal(ExemptionReason.Met, programme.Decide(facts).Why());
        Assert.Equal(ExemptionReason.SeriesDiffers, programme.Decide(Payment(49.91m) with { Series = series }).Why());
        Assert.Equal(ExemptionReason.SeriesDiffers, programme.Decide(Payment(49.89m) with { Series = series }).Why());
        Assert.Equal(ExemptionReason.SeriesDiffers, programme.Decide(Payment(49.90m, "USD") with { Series = series }).Why());
        Assert.Equal(ExemptionReason.SeriesDiffers, programme.Decide(facts with { Payment = Transaction.Create(49.90m, "EUR", Account, "Eve") }).Why());
        Assert.Equal(ExemptionReason.SeriesDiffers, programme.Decide(facts with { Payment = Transaction.Create(49.90m, "EUR", "DE02120300000000202051", "Ada Lovelace") }).Why());
        Assert.Equal(ExemptionReason.SeriesDiffers, programme.Decide(facts with { Payment = Transaction.CreateBatch("EUR", [new(49.90m, Account, "Ada Lovelace")]) }).Why());
        Assert.Equal(ExemptionReason.FirstTime, programme.Decide(facts with { Series = series with { ApprovedAt = null } }).Why());
        Assert.Equal(ExemptionReason.FactUnknown, programme.Decide(facts with { Series = series with { ApprovedAt = Now.AddTicks(1) } }).Why());
        Assert.Equal(ExemptionReason.FactFalse, programme.Decide(facts with { Series = null }).Why());
    }

    [Theory]
    [InlineData(true, PaymentInstrument.CreditTransfer, ExemptionReason.Met)]
    [InlineData(false, PaymentInstrument.CreditTransfer, ExemptionReason.FactFalse)]
    [InlineData(null, PaymentInstrument.CreditTransfer, ExemptionReason.FactUnknown)]
    [InlineData(true, PaymentInstrument.Card, ExemptionReason.OtherOperation)]
    [InlineData(true, PaymentInstrument.Unknown, ExemptionReason.FactUnknown)]
    public void Article_15_Between_own_accounts(bool? isOwn, PaymentInstrument instrument, string why) =>
        Assert.Equal(why, Of(ExemptionKind.OwnAccounts).Decide(Payment(9_000m) with { IsBetweenOwnAccounts = isOwn, Instrument = instrument }).Why());

    [Theory]
    [InlineData("treasury-host", ExemptionReason.Met)]
    [InlineData("Treasury-Host", ExemptionReason.ProcessUnknown)]
    [InlineData("", ExemptionReason.ProcessUnknown)]
    [InlineData(null, ExemptionReason.FactFalse)]
    public void Article_17_A_process_that_the_authority_has_accepted(string? process, string why) =>
        Assert.Equal(why, Of(ExemptionKind.CorporateProcess).Decide(Payment(1_000_000m) with { CorporateProcess = process }).Why());
}

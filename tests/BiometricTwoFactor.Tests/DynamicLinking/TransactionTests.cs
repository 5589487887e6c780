namespace BiometricTwoFactor.Tests.DynamicLinking;

public sealed class TransactionTests
{
    private static Transaction Pay(string amount, string currency = "EUR", string account = "ES9121000418450200051332", string name = "Acme", string? reference = null) =>
        Transaction.Create(amount, currency, account, name, reference);

    private static TransactionProblem ProblemOf(string? amount = "1", string? currency = "EUR", string? account = "A", string? name = "N", string? reference = null)
    {
        Assert.False(Transaction.TryCreate(amount, currency, account, name, reference, out var transaction, out var problem));
        Assert.Null(transaction);
        return problem;
    }

    [Theory]
    [InlineData("247.5", "EUR", "247.50")]
    [InlineData("247.50", "eur", "247.50")]
    [InlineData("247.500", "EUR", "247.50")]
    [InlineData("1000", "JPY", "1000")]
    [InlineData("1000.0", "JPY", "1000")]
    [InlineData("1.234", "KWD", "1.234")]
    [InlineData("0.01", "EUR", "0.01")]
    [InlineData("1.2345", "CLF", "1.2345")]
    [InlineData("999999999999999.99", "EUR", "999999999999999.99")]
    public void An_amount_has_exactly_its_currencys_decimals(string amount, string currency, string text) =>
        Assert.Equal(text, Pay(amount, currency).AmountText);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("1e2")]
    [InlineData("1,00")]
    [InlineData("1,000.00")]
    [InlineData("01")]
    [InlineData("00.50")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1.2.3")]
    [InlineData("1_000")]
    [InlineData("0x10")]
    [InlineData("١٢")]
    [InlineData("１")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1\0")]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("99999999999999999999999999999")]
    public void An_amount_that_is_not_plain_digits_is_malformed(string? amount) =>
        Assert.Equal(TransactionProblem.AmountMalformed, ProblemOf(amount));

    [Theory]
    [InlineData("0", "EUR", TransactionProblem.AmountNotPositive)]
    [InlineData("0.00", "EUR", TransactionProblem.AmountNotPositive)]
    [InlineData("0.001", "EUR", TransactionProblem.AmountTooPrecise)]
    [InlineData("1.5", "JPY", TransactionProblem.AmountTooPrecise)]
    [InlineData("1.2345", "KWD", TransactionProblem.AmountTooPrecise)]
    [InlineData("1000000000000000", "EUR", TransactionProblem.AmountTooLarge)]
    [InlineData("1", "EU", TransactionProblem.CurrencyUnknown)]
    [InlineData("1", "XXX", TransactionProblem.CurrencyUnknown)]
    [InlineData("1", "DEM", TransactionProblem.CurrencyUnknown)]
    [InlineData("1", "HRK", TransactionProblem.CurrencyUnknown)]
    [InlineData("1", "ＥＵＲ", TransactionProblem.CurrencyUnknown)]
    [InlineData("1", "EUR ", TransactionProblem.CurrencyUnknown)]
    [InlineData("1", null, TransactionProblem.CurrencyUnknown)]
    public void An_amount_that_its_currency_cannot_have_is_refused(string amount, string? currency, TransactionProblem problem) =>
        Assert.Equal(problem, ProblemOf(amount, currency));

    [Fact]
    public void A_negative_decimal_is_refused()
    {
        Assert.False(Transaction.TryCreate(-1m, "EUR", "A", "N", null, out _, out var problem));
        Assert.Equal(TransactionProblem.AmountNotPositive, problem);
    }

    [Theory]
    [InlineData("es91 2100 0418 4502 0005 1332", "ES9121000418450200051332")]
    [InlineData("GB82\u00A0WEST\u00A01234\u202F5698765432", "GB82WEST12345698765432")]
    [InlineData("12 345-6", "12345-6")]
    [InlineData("acct_Ab1", "acct_Ab1")]
    public void An_account_loses_its_spaces_and_an_iban_is_in_upper_case(string account, string normal) =>
        Assert.Equal(normal, Pay("1", account: account).PayeeAccount);

    [Theory]
    [InlineData(null, TransactionProblem.PayeeAccountMissing)]
    [InlineData("  ", TransactionProblem.PayeeAccountMissing)]
    [InlineData("a\nb", TransactionProblem.PayeeAccountInvalid)]
    [InlineData("a\u200Bb", TransactionProblem.PayeeAccountInvalid)]
    [InlineData("a\u200Db", TransactionProblem.PayeeAccountInvalid)]
    [InlineData("a\uFFFD", TransactionProblem.PayeeAccountInvalid)]
    [InlineData("set:0123", TransactionProblem.PayeeAccountInvalid)]
    [InlineData("S E T : 0123", TransactionProblem.PayeeAccountInvalid)]
    public void An_account_that_cannot_be_shown_truthfully_is_refused(string? account, TransactionProblem problem) =>
        Assert.Equal(problem, ProblemOf(account: account));

    [Theory]
    [InlineData(null, TransactionProblem.PayeeNameMissing)]
    [InlineData("\t", TransactionProblem.PayeeNameMissing)]
    [InlineData("Acme\r\nInc", TransactionProblem.PayeeNameInvalid)]
    [InlineData("Acme\u0000", TransactionProblem.PayeeNameInvalid)]
    [InlineData("emcA\u202E", TransactionProblem.PayeeNameInvalid)]
    [InlineData("a\u2066b", TransactionProblem.PayeeNameInvalid)]
    [InlineData("a\u2028b", TransactionProblem.PayeeNameInvalid)]
    [InlineData("a\uFFFDb", TransactionProblem.PayeeNameInvalid)]
    [InlineData("a\uFFFFb", TransactionProblem.PayeeNameInvalid)]
    public void A_name_that_cannot_be_shown_truthfully_is_refused(string? name, TransactionProblem problem) =>
        Assert.Equal(problem, ProblemOf(name: name));

    [Fact]
    public void Half_a_character_is_refused()
    {
        // Not as inline data: an attribute cannot hold a lone surrogate.
        foreach (var broken in new[] { "a\uD800", "\uDC00b", "a\uDC00\uD800b" })
        {
            Assert.Equal(TransactionProblem.PayeeNameInvalid, ProblemOf(name: broken));
            Assert.Equal(TransactionProblem.PayeeAccountInvalid, ProblemOf(account: broken));
            Assert.Equal(TransactionProblem.ReferenceInvalid, ProblemOf(reference: broken));
        }
    }

    [Fact]
    public void Lengths_are_capped_after_normalisation()
    {
        Assert.Equal(64, Pay("1", account: new string('1', 64) + "  ").PayeeAccount.Length);
        Assert.Equal(TransactionProblem.PayeeAccountTooLong, ProblemOf(account: new string('1', 65)));
        Assert.Equal(140, Pay("1", name: " " + string.Concat(Enumerable.Repeat("e\u0301", 140))).PayeeName.Length);
        Assert.Equal(TransactionProblem.PayeeNameTooLong, ProblemOf(name: new string('n', 141)));
        Assert.Equal(TransactionProblem.PayeeNameTooLong, ProblemOf(name: new string(' ', 1_000_000) + "n"));
        Assert.Equal(140, Pay("1", reference: new string('r', 140)).Reference!.Length);
        Assert.Equal(TransactionProblem.ReferenceTooLong, ProblemOf(reference: new string('r', 141)));
        Assert.Equal(TransactionProblem.ReferenceInvalid, ProblemOf(reference: "a\u0007"));
    }

    [Fact]
    public void Names_in_scripts_that_need_joiners_are_possible() =>
        Assert.Equal("\u0645\u06CC\u200C\u062E", Pay("1", name: " \u0645\u06CC\u200C\u062E ").PayeeName);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void An_empty_reference_is_no_reference(string reference)
    {
        Assert.Null(Pay("1", reference: reference).Reference);
        Assert.Equal(Pay("1").Digest, Pay("1", reference: reference).Digest);
    }

    [Fact]
    public void A_refused_transaction_names_field_and_reason_and_no_value()
    {
        var refusal = Assert.Throws<ArgumentException>(() => Transaction.Create("12345,67", "EUR", "CANARY-account", "CANARY-name"));
        Assert.Equal("amount", refusal.ParamName);
        Assert.Contains("AmountMalformed", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("12345", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("payeeName", Assert.Throws<ArgumentException>(() => Transaction.Create(1m, "EUR", "a", "CANARY\n")).ParamName);
    }

    [Fact]
    public void A_batch_is_bound_to_total_and_set_whatever_the_order()
    {
        TransactionItem a = new(10m, "ES91 2100 0418 4502 0005 1332", "Acme"), b = new(5.5m, "B", "Bob"), c = new(5.5m, "B", "Bob");
        var batch = Transaction.CreateBatch("EUR", [a, b, c], "salaries");
        var shuffled = Transaction.CreateBatch("eur", [b, a, c], "salaries");
        Assert.True(batch.IsBatch);
        Assert.Equal("21.00", batch.AmountText);
        Assert.Equal("3 payments", batch.PayeeName);
        Assert.Matches("^set:[0-9a-f]{64}$", batch.PayeeAccount);
        Assert.Equal(batch.PayeeAccount, shuffled.PayeeAccount);
        Assert.Equal(batch.Digest, shuffled.Digest);
        Assert.Equal("ES9121000418450200051332", batch.Items[0].PayeeAccount);
        Assert.Equal("5.50", batch.Items[1].AmountText);
    }

    [Fact]
    public void A_change_of_one_payment_of_a_batch_changes_it_even_when_the_total_stays()
    {
        var batch = Transaction.CreateBatch("EUR", [new(10m, "A", "a"), new(5m, "B", "b")]);
        Transaction[] others =
        [
            Transaction.CreateBatch("EUR", [new(9m, "A", "a"), new(6m, "B", "b")]),
            Transaction.CreateBatch("EUR", [new(10m, "A", "a"), new(5m, "C", "b")]),
            Transaction.CreateBatch("EUR", [new(10m, "A", "a"), new(5m, "B", "c")]),
            Transaction.CreateBatch("EUR", [new(5m, "A", "a"), new(10m, "B", "b")]),
            Transaction.CreateBatch("EUR", [new(10m, "A", "a"), new(2.5m, "B", "b"), new(2.5m, "B", "b")]),
            Transaction.CreateBatch("USD", [new(10m, "A", "a"), new(5m, "B", "b")]),
            Transaction.CreateBatch("EUR", [new(10m, "A", "a"), new(5m, "B", "b")], "r"),
        ];
        Assert.All(others, other => Assert.NotEqual(batch.Digest, other.Digest));
        Assert.Equal(others.Length, others.Select(other => other.Digest).Distinct().Count());
    }

    [Fact]
    public void A_batch_needs_items_and_only_so_many()
    {
        Assert.False(Transaction.TryCreateBatch("EUR", [], null, out _, out var empty));
        Assert.Equal(TransactionProblem.BatchEmpty, empty);
        Assert.False(Transaction.TryCreateBatch("EUR", Enumerable.Repeat(new TransactionItem(1m, "A", "a"), 10_001), null, out _, out var large));
        Assert.Equal(TransactionProblem.BatchTooLarge, large);
        Assert.False(Transaction.TryCreateBatch("EUR", Enumerable.Repeat(new TransactionItem(999_999_999_999_999m, "A", "a"), 2), null, out _, out var total));
        Assert.Equal(TransactionProblem.AmountTooLarge, total);
        Assert.False(Transaction.TryCreateBatch("EUR", [new(1m, "A", "a"), new(1m, "", "b")], null, out _, out var item));
        Assert.Equal(TransactionProblem.PayeeAccountMissing, item);
    }

    [Fact]
    public void A_batch_of_one_is_not_that_one_payment() =>
        Assert.NotEqual(Transaction.CreateBatch("EUR", [new(1m, "A", "a")]).Digest, Transaction.Create(1m, "EUR", "A", "a").Digest);
}

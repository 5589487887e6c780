namespace BiometricTwoFactor.Tests.DynamicLinking;

public sealed class EchoCheckTests
{
    private const string Account = "ES9121000418450200051332";

    private static readonly Transaction Stored = Transaction.Create(247.5m, "EUR", Account, "Acme GmbH");

    private static MetadataValue S(string text) => new(MetadataValueKind.String, text);

    private static MetadataValue N(string text) => new(MetadataValueKind.Number, text);

    private static SessionMetadata Echo(MetadataValue? amount, MetadataValue? payee, MetadataValue? currency = null)
    {
        var members = new Dictionary<string, MetadataValue>(StringComparer.Ordinal);
        Add("amount", amount);
        Add("payee_account", payee);
        Add("currency", currency);
        return new SessionMetadata(members);

        void Add(string name, MetadataValue? value)
        {
            if (value is { } there)
            {
                members.Add(name, there);
            }
        }
    }

    [Fact]
    public void Nothing_matches_by_default() => Assert.NotEqual(EchoResult.Matched, default);

    [Theory]
    [InlineData("247.50", EchoResult.Matched)]
    [InlineData("247.5", EchoResult.Matched)]
    [InlineData("247.500", EchoResult.Matched)]
    [InlineData("247.51", EchoResult.AmountDiffers)]
    [InlineData("2475.0", EchoResult.AmountDiffers)]
    [InlineData("24750", EchoResult.AmountDiffers)]
    [InlineData(" 247.50", EchoResult.AmountDiffers)]
    [InlineData("247.50 ", EchoResult.AmountDiffers)]
    [InlineData("+247.50", EchoResult.AmountDiffers)]
    [InlineData("-247.50", EchoResult.AmountDiffers)]
    [InlineData("0247.50", EchoResult.AmountDiffers)]
    [InlineData("247,50", EchoResult.AmountDiffers)]
    [InlineData("2.475e2", EchoResult.AmountDiffers)]
    [InlineData("247.50 EUR", EchoResult.AmountDiffers)]
    [InlineData("***.50", EchoResult.AmountDiffers)]
    [InlineData("２４７.５０", EchoResult.AmountDiffers)]
    [InlineData("", EchoResult.AmountDiffers)]
    public void An_amount_as_text_is_compared_by_value_and_by_an_exact_grammar(string amount, EchoResult result) =>
        Assert.Equal(result, EchoCheck.Compare(Stored, Echo(S(amount), S(Account))));

    [Theory]
    [InlineData("247.5", EchoResult.Matched)]
    [InlineData("247.51", EchoResult.AmountDiffers)]
    [InlineData("2.475e+02", EchoResult.AmountDiffers)]
    [InlineData("-247.5", EchoResult.AmountDiffers)]
    public void An_amount_as_number_is_compared_by_its_canonical_text(string amount, EchoResult result) =>
        Assert.Equal(result, EchoCheck.Compare(Stored, Echo(N(amount), S(Account))));

    [Fact]
    public void A_number_with_more_digits_than_survive_every_reader_is_not_believed()
    {
        var exact = Transaction.Create("9999999999999.99", "EUR", Account, "Acme");
        Assert.Equal(EchoResult.Matched, EchoCheck.Compare(exact, Echo(N("9999999999999.99"), S(Account))));
        var beyond = Transaction.Create("99999999999999.99", "EUR", Account, "Acme");
        Assert.Equal(EchoResult.AmountDiffers, EchoCheck.Compare(beyond, Echo(N("99999999999999.99"), S(Account))));
        Assert.Equal(EchoResult.Matched, EchoCheck.Compare(beyond, Echo(S("99999999999999.99"), S(Account))));
    }

    [Theory]
    [InlineData(Account, EchoResult.Matched)]
    [InlineData("ES9121000418450200051333", EchoResult.PayeeDiffers)]
    [InlineData("es9121000418450200051332", EchoResult.PayeeDiffers)]
    [InlineData("ES91 2100 0418 4502 0005 1332", EchoResult.PayeeDiffers)]
    [InlineData("ES91****************1332", EchoResult.PayeeDiffers)]
    [InlineData(Account + " ", EchoResult.PayeeDiffers)]
    [InlineData(Account + "\0", EchoResult.PayeeDiffers)]
    [InlineData("", EchoResult.PayeeDiffers)]
    public void A_payee_is_compared_byte_for_byte(string payee, EchoResult result) =>
        Assert.Equal(result, EchoCheck.Compare(Stored, Echo(S("247.50"), S(payee))));

    [Theory]
    [InlineData("EUR", EchoResult.Matched)]
    [InlineData("eur", EchoResult.CurrencyDiffers)]
    [InlineData("USD", EchoResult.CurrencyDiffers)]
    [InlineData(" EUR", EchoResult.CurrencyDiffers)]
    [InlineData("", EchoResult.CurrencyDiffers)]
    public void A_currency_that_is_echoed_is_ours(string currency, EchoResult result) =>
        Assert.Equal(result, EchoCheck.Compare(Stored, Echo(S("247.50"), S(Account), S(currency))));

    [Theory]
    [InlineData(MetadataValueKind.None, "")]
    [InlineData(MetadataValueKind.Number, "978")]
    [InlineData(MetadataValueKind.Boolean, "true")]
    public void A_currency_of_another_kind_differs(MetadataValueKind kind, string text) =>
        Assert.Equal(EchoResult.CurrencyDiffers, EchoCheck.Compare(Stored, Echo(S("247.50"), S(Account), new MetadataValue(kind, text))));

    [Fact]
    public void Whatever_is_missing_null_or_of_another_kind_is_missing()
    {
        MetadataValue none = new(MetadataValueKind.None, ""), yes = new(MetadataValueKind.Boolean, "true");
        SessionMetadata[] echoes =
        [
            SessionMetadata.Empty, Echo(null, S(Account)), Echo(S("247.50"), null),
            Echo(none, S(Account)), Echo(S("247.50"), none), Echo(yes, S(Account)), Echo(S("247.50"), yes), Echo(S("247.50"), N("42")),
        ];
        Assert.All(echoes, echo => Assert.Equal(EchoResult.Missing, EchoCheck.Compare(Stored, echo)));
    }

    [Fact]
    public void Names_are_exact() => Assert.Equal(
        EchoResult.Missing,
        EchoCheck.Compare(Stored, new SessionMetadata(new Dictionary<string, MetadataValue>(StringComparer.Ordinal)
        {
            ["Amount"] = S("247.50"), ["payee_account"] = S(Account),
        })));

    [Fact]
    public void A_batch_is_compared_by_total_and_set()
    {
        var batch = Transaction.CreateBatch("EUR", [new(10m, "A", "a"), new(5m, "B", "b")]);
        Assert.Equal(EchoResult.Matched, EchoCheck.Compare(batch, Echo(S("15.00"), S(batch.PayeeAccount), S("EUR"))));
        Assert.Equal(EchoResult.AmountDiffers, EchoCheck.Compare(batch, Echo(S("10.00"), S(batch.PayeeAccount))));
        Assert.Equal(EchoResult.PayeeDiffers, EchoCheck.Compare(batch, Echo(S("15.00"), S("A"))));
        var other = Transaction.CreateBatch("EUR", [new(10m, "A", "a"), new(5m, "C", "b")]);
        Assert.Equal(EchoResult.PayeeDiffers, EchoCheck.Compare(batch, Echo(S("15.00"), S(other.PayeeAccount))));
    }
}

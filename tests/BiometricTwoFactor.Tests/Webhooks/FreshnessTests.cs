namespace BiometricTwoFactor.Tests.Webhooks;

/// <summary>Freshness from the signed body; the header may only agree (contract 4.5 step 5; attacks 37, 38, 41).</summary>
public sealed class FreshnessTests
{
    private const long At = 1774970000;

    [Theory]
    [InlineData(0, WebhookOutcome.Valid)]
    [InlineData(300, WebhookOutcome.Valid)]
    [InlineData(301, WebhookOutcome.Stale)]
    [InlineData(-300, WebhookOutcome.Valid)]
    [InlineData(-301, WebhookOutcome.Stale)]
    [InlineData(315_360_000, WebhookOutcome.Stale)]
    public void A_signed_timestamp_may_lie_300_seconds_from_now_in_both_directions(long later, WebhookOutcome expected) =>
        Assert.Equal(expected, Delivery.Verify(Body("1774970000"), now: At + later).Outcome);

    [Fact]
    public void One_digit_is_a_timestamp_too() =>
        Assert.Equal(WebhookOutcome.Valid, Delivery.Verify(Body("5"), now: 7, timestampHeader: "5").Outcome);

    [Fact]
    public void The_tolerance_is_an_option()
    {
        var options = Delivery.Options();
        options.TimestampTolerance = TimeSpan.FromSeconds(10);

        Assert.Equal(WebhookOutcome.Valid, Delivery.Verify(Body("1774970000"), options, At + 10).Outcome);
        Assert.Equal(WebhookOutcome.Stale, Delivery.Verify(Body("1774970000"), options, At + 11).Outcome);
    }

    [Fact]
    public void A_stale_delivery_names_its_session_for_a_decision_read_and_nothing_else()
    {
        var stale = Delivery.Verify(Body("1774970000"), now: At + 3600);

        Assert.Equal("s-1", stale.SessionIdHint.ToString());
        Assert.Null(stale.Event);
        Assert.Null(stale.BodyHash);
        Assert.Equal("secret-0", stale.SecretLabel);
    }

    [Theory]
    [InlineData("1774970000.0")]
    [InlineData("1.77497e9")]
    [InlineData("17749700e2")]
    public void An_integral_number_is_a_timestamp_however_it_is_spelled(string lexeme)
    {
        var verification = Delivery.Verify(Body(lexeme), timestampHeader: "1774970000");

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(At), verification.Event?.Timestamp);
    }

    [Theory]
    [InlineData("1774970000.5")]
    [InlineData("\"1774970000\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[1774970000]")]
    [InlineData("{}")]
    public void Anything_else_in_its_place_is_malformed(string value) =>
        Assert.Equal(WebhookOutcome.Malformed, Delivery.Verify(Body(value), timestampHeader: "nonsense").Outcome);

    [Theory]
    [InlineData("1774970000000")]
    [InlineData("-1774970000")]
    [InlineData("0")]
    [InlineData("2147483648")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775808")]
    [InlineData("18446744073709551616")]
    [InlineData("1e300")]
    [InlineData("253402300800")]
    public void Milliseconds_and_numbers_beyond_the_calendar_are_stale_without_overflowing(string lexeme) =>
        Assert.Equal(WebhookOutcome.Stale, Delivery.Verify(Body(lexeme)).Outcome);

    [Fact]
    public void A_timestamp_beyond_2038_is_read()
    {
        var verification = Delivery.Verify(Body("4102444800"), now: 4102444800);

        Assert.Equal(2100, verification.Event?.Timestamp?.Year);
    }

    [Theory]
    [InlineData("1774970000", WebhookOutcome.Valid)]
    [InlineData("001774970000", WebhookOutcome.Valid)]
    [InlineData("0001774970000", WebhookOutcome.Stale)]
    [InlineData("1774970001", WebhookOutcome.Stale)]
    [InlineData("1774970000000", WebhookOutcome.Stale)]
    [InlineData("", WebhookOutcome.Stale)]
    [InlineData(" 1774970000", WebhookOutcome.Stale)]
    [InlineData("1774970000 ", WebhookOutcome.Stale)]
    [InlineData("+1774970000", WebhookOutcome.Stale)]
    [InlineData("-1774970000", WebhookOutcome.Stale)]
    [InlineData("1774970000.0", WebhookOutcome.Stale)]
    [InlineData("\uff11774970000", WebhookOutcome.Stale)]
    [InlineData("1774970000,1774970000", WebhookOutcome.Stale)]
    [InlineData(WebhookHeaders.Several, WebhookOutcome.Stale)]
    public void The_header_must_be_ascii_digits_that_say_the_same(string header, WebhookOutcome expected) =>
        Assert.Equal(expected, Delivery.Verify(Body("1774970000"), timestampHeader: header).Outcome);

    [Fact]
    public void A_fresh_header_does_not_make_an_old_body_fresh() =>
        Assert.Equal(WebhookOutcome.Stale, Delivery.Verify(Body("1774970000"), now: At + 310, timestampHeader: "1774970310").Outcome);

    [Fact]
    public void A_body_without_a_timestamp_passes_unless_one_is_demanded()
    {
        const string Untimed = "{\"session_id\":\"s-1\",\"status\":\"Approved\"}";
        var strict = Delivery.Options();
        strict.RequireTimestamp = true;

        Assert.Equal(WebhookOutcome.Valid, Delivery.Verify(Untimed).Outcome);
        var missing = Delivery.Verify(Untimed, strict, timestampHeader: "1774970000");
        Assert.Equal(WebhookOutcome.TimestampMissing, missing.Outcome);
        Assert.Equal("s-1", missing.SessionIdHint.ToString());
        Assert.Null(missing.Event);
    }

    private static string Body(string timestamp) => $"{{\"session_id\":\"s-1\",\"status\":\"Approved\",\"timestamp\":{timestamp},\"webhook_type\":\"status.updated\"}}";
}

namespace BiometricTwoFactor.Tests.Webhooks;

/// <summary>The echo of our metadata: where it may stand, and that two of them must not contradict each other.</summary>
public sealed class MetadataTests
{
    [Theory]
    [InlineData("{\"metadata\":{\"a\":\"1\"}}")]
    [InlineData("{\"metadata_echo\":{\"a\":\"1\"}}")]
    [InlineData("{\"metadata\":\"{\\\"a\\\":\\\"1\\\"}\"}")]
    [InlineData("{\"metadata\":\" {\\\"a\\\": \\\"1\\\"} \"}")]
    [InlineData("{\"decision\":{\"metadata\":{\"a\":\"1\"}}}")]
    [InlineData("{\"metadata\":{\"a\":\"1\"},\"decision\":{\"metadata\":{\"a\":\"1\"}}}")]
    [InlineData("{\"metadata\":{\"a\":\"1\"},\"metadata_echo\":{\"a\":\"1\"}}")]
    [InlineData("{\"metadata\":null,\"metadata_echo\":{\"a\":\"1\"}}")]
    public void Metadata_is_found_wherever_an_edition_puts_it(string body)
    {
        var metadata = Delivery.Event(body).Metadata;

        Assert.Equal((1, "1"), (metadata.Count, metadata.GetString("a")));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"metadata\":null}")]
    [InlineData("{\"metadata\":42}")]
    [InlineData("{\"metadata\":[{\"a\":\"1\"}]}")]
    [InlineData("{\"metadata\":\"\"}")]
    [InlineData("{\"metadata\":\"order 17\"}")]
    [InlineData("{\"metadata\":\"[1]\"}")]
    [InlineData("{\"Metadata\":{\"a\":\"1\"}}")]
    public void Metadata_without_members_is_empty(string body) => Assert.Equal(0, Delivery.Event(body).Metadata.Count);

    [Theory]
    [InlineData("{\"metadata\":{\"amount\":\"1\"},\"metadata_echo\":{\"amount\":\"2\"}}")]
    [InlineData("{\"metadata\":{\"amount\":1},\"metadata_echo\":{\"amount\":\"1\"}}")]
    [InlineData("{\"metadata\":{\"amount\":null},\"metadata_echo\":{\"amount\":\"1\"}}")]
    [InlineData("{\"metadata\":{\"amount\":\"1\"},\"decision\":{\"metadata\":{\"amount\":\"2\"}}}")]
    [InlineData("{\"metadata\":\"{\\\"amount\\\":\\\"1\\\"}\",\"metadata_echo\":{\"amount\":\"2\"}}")]
    public void Two_echoes_that_disagree_on_a_member_make_the_delivery_malformed(string body) =>
        Assert.Equal(WebhookOutcome.Malformed, Delivery.Verify(body).Outcome);

    [Theory]
    [InlineData("{\"metadata\":\"{\\\"a\\\":1,\\\"a\\\":2}\"}")]
    [InlineData("{\"metadata\":\"{\\\"a\\\":1\"}")]
    [InlineData("{\"metadata\":\"{}{}\"}")]
    [InlineData("{\"metadata\":\"{\\\"a\\\":\\\"\\\\ud800\\\"}\"}")]
    public void A_text_that_begins_like_an_object_must_be_a_strict_one(string body) =>
        Assert.Equal(WebhookOutcome.Malformed, Delivery.Verify(body).Outcome);

    [Fact]
    public void Echo_and_metadata_complete_each_other()
    {
        var metadata = Delivery.Event("{\"metadata\":{\"challenge\":\"n-1\",\"amount\":\"1\"},\"metadata_echo\":{\"amount\":\"1\",\"payee_account\":\"p\"}}").Metadata;

        Assert.Equal(("n-1", "1", "p"), (metadata.GetString("challenge"), metadata.GetString("amount"), metadata.GetString("payee_account")));
    }

    [Theory]
    [InlineData("100.0", "100")]
    [InlineData("1e2", "100")]
    [InlineData("79.999999999999994", "80")]
    [InlineData("0.1", "0.1")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    public void A_number_is_kept_as_its_canonical_text(string lexeme, string expected)
    {
        Assert.True(Delivery.Event($"{{\"metadata\":{{\"n\":{lexeme}}}}}").Metadata.TryGet("n", out var value));
        Assert.Equal(new MetadataValue(MetadataValueKind.Number, expected), value);
    }
}

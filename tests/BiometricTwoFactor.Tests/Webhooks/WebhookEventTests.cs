using System.Text;

namespace BiometricTwoFactor.Tests.Webhooks;

/// <summary>What an authentic body says, and when it contradicts itself (contract 4.4; attacks 40, 46, 47, 51).</summary>
public sealed class WebhookEventTests
{
    private const string Full =
        "{\"application_id\":\"app-1\",\"created_at\":1774969994,\"decision\":{"
        + "\"face_matches\":[{\"node_id\":\"f\",\"score\":96.15,\"status\":\"Approved\"},{\"score\":12,\"status\":\"Declined\"}],"
        + "\"features\":[\"LIVENESS\",{\"feature\":\"FACE_MATCH\"},\"SOMETHING_NEW\"],"
        + "\"liveness_checks\":[{\"method\":\"FLASHING\",\"score\":95.4,\"status\":\"Approved\"}],"
        + "\"session_id\":\"AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee\",\"status\":\"Approved\",\"vendor_data\":\"user-42\",\"workflow_id\":\"w-1\",\"environment\":\"live\"},"
        + "\"environment\":\"live\",\"event_id\":\"e-9\",\"metadata\":{\"amount\":\"247.50\",\"n\":1.50,\"flag\":true,\"nested\":{\"a\":1}},"
        + "\"session_id\":\"AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee\",\"status\":\"Approved\",\"timestamp\":1774970000,"
        + "\"vendor_data\":\"user-42\",\"webhook_type\":\"status.updated\",\"workflow_id\":\"w-1\",\"workflow_version\":4}";

    [Fact]
    public void A_reference_verdict_is_read_whole()
    {
        var read = Delivery.Event(Full);

        Assert.Equal("e-9", read.EventId);
        Assert.Equal("app-1", read.ApplicationId);
        Assert.Equal("status.updated", read.WebhookType);
        Assert.True(read.IsStatusUpdate);
        Assert.False(read.IsGuideShape);
        Assert.False(read.IsTest);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1774970000), read.Timestamp);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1774969994), read.CreatedAt);
        Assert.Equal("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", read.SessionId.ToString());
        Assert.Equal((SessionStatus.Approved, "Approved"), (read.Status, read.StatusText));
        Assert.Equal(("user-42", "w-1", 4L), (read.VendorData, read.WorkflowId, read.WorkflowVersion));
        Assert.Equal((ProviderEnvironment.Live, true), (read.Environment, read.HasEnvironment));
        Assert.Equal("247.50", read.Metadata.GetString("amount"));
        Assert.True(read.Metadata.TryGet("n", out var number));
        Assert.Equal(new MetadataValue(MetadataValueKind.Number, "1.5"), number);
        Assert.True(read.Metadata.TryGet("flag", out var flag));
        Assert.Equal(new MetadataValue(MetadataValueKind.Boolean, "true"), flag);
        Assert.True(read.Metadata.TryGet("nested", out var nested));
        Assert.Equal(MetadataValueKind.None, nested.Kind);

        var decision = read.Decision;
        Assert.Equal(read.SessionId, decision.SessionId);
        Assert.Equal(SessionStatus.Approved, decision.Status);
        Assert.Same(read.Metadata, decision.Metadata);
        Assert.Equal(["LIVENESS", "FACE_MATCH", "SOMETHING_NEW"], decision.Features);
        Assert.Equal([(FeatureStatus.Approved, (Score?)Score.FromPercent(96.15m)), (FeatureStatus.Declined, Score.FromPercent(12))], decision.FaceMatches.Select(f => (f.Status, f.Similarity)));
        Assert.Equal([(FeatureStatus.Approved, LivenessMethod.Flashing, (Score?)Score.FromPercent(95.4m))], decision.LivenessChecks.Select(l => (l.Status, l.Method, l.Score)));
        Assert.Empty(decision.IpAnalyses);
    }

    [Fact]
    public void A_guide_verdict_is_read_whole()
    {
        var read = Delivery.Event(
            "{\"session_id\":\"s-7\",\"vendor_data\":\"user-42\",\"status\":\"Approved\",\"liveness\":{\"status\":\"Approved\"},"
            + "\"face\":{\"status\":\"Approved\",\"similarity_score\":0.94},\"ip_analysis\":{\"status\":\"Approved\",\"vpn_detected\":false,\"datacenter_ip\":true},"
            + "\"metadata_echo\":{\"amount\":\"247.50\",\"payee_name\":\"Caf\u00e9\"}}");

        Assert.True(read.IsGuideShape);
        Assert.True(read.IsStatusUpdate);
        Assert.Null(read.WebhookType);
        Assert.Null(read.Timestamp);
        Assert.False(read.HasEnvironment);
        Assert.Equal("Caf\u00e9", read.Metadata.GetString("payee_name"));
        Assert.Equal(Score.FromUnit(0.94m), Assert.Single(read.Decision.FaceMatches).Similarity);
        Assert.False(Assert.Single(read.Decision.LivenessChecks).HasMethod);
        var ip = Assert.Single(read.Decision.IpAnalyses);
        Assert.Equal((false, true), (ip.IsVpnOrTor, ip.IsDataCenter));
    }

    [Theory]
    [InlineData("\"Genehmigt\"")]
    [InlineData("\"approved\"")]
    [InlineData("\"APPROVED\"")]
    [InlineData("\"aPPROVED\"")]
    [InlineData("\" Approved \"")]
    [InlineData("\"Approved\\u0000\"")]
    [InlineData("\"Approved\\u200b\"")]
    [InlineData("\"\\u0410pproved\"")]
    [InlineData("\"Declined, Approved\"")]
    [InlineData("\"5\"")]
    [InlineData("\"1\"")]
    [InlineData("\"\"")]
    [InlineData("1")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[\"Approved\"]")]
    [InlineData("{\"status\":\"Approved\"}")]
    public void No_other_text_and_no_other_kind_is_ever_approved(string status)
    {
        var read = Delivery.Event($"{{\"session_id\":\"s-1\",\"status\":{status},\"liveness\":{{\"status\":{status}}},\"face\":{{\"status\":{status}}},\"ip_analysis\":{{\"status\":{status}}}}}");

        Assert.Equal(SessionStatus.Unknown, read.Status);
        Assert.Equal(SessionStatus.Unknown, read.Decision.Status);
        Assert.Equal(FeatureStatus.Unknown, Assert.Single(read.Decision.LivenessChecks).Status);
        Assert.Equal(FeatureStatus.Unknown, Assert.Single(read.Decision.FaceMatches).Status);
        Assert.Equal(FeatureStatus.Unknown, Assert.Single(read.Decision.IpAnalyses).Status);
    }

    [Fact]
    public void An_escaped_spelling_of_the_same_text_is_the_same_status() =>
        Assert.Equal(SessionStatus.Approved, Delivery.Event("{\"status\":\"\\u0041pproved\"}").Status);

    [Theory]
    [InlineData("{\"session_id\":\"s-1\"}")]
    [InlineData("{\"STATUS\":\"Approved\",\"Status\":\"Approved\"}")]
    [InlineData("{\"decision\":{\"status\":\"Approved\"},\"webhook_type\":\"status.updated\"}")]
    [InlineData("{\"data\":{\"status\":\"Approved\"}}")]
    public void A_status_elsewhere_or_of_another_case_is_not_the_session_s(string body)
    {
        var read = Delivery.Event(body);

        Assert.Equal((SessionStatus.Unknown, null), (read.Status, read.StatusText));
        Assert.Equal(SessionStatus.Unknown, read.Decision.Status);
    }

    [Theory]
    [InlineData("{\"status\":\"Approved\",\"STATUS\":\"Declined\",\"nested\":{\"status\":\"Declined\"}}")]
    [InlineData("{\"nested\":{\"status\":\"Declined\"},\"status\":\"Approved\"}")]
    public void Only_the_top_level_status_of_that_exact_name_is_read(string body) =>
        Assert.Equal(SessionStatus.Approved, Delivery.Event(body).Status);

    [Theory]
    [InlineData("\"status\":\"Declined\"")]
    [InlineData("\"status\":null")]
    [InlineData("\"status\":1")]
    [InlineData("\"session_id\":\"s-2\"")]
    [InlineData("\"session_id\":\"s-10\"")]
    [InlineData("\"session_id\":null")]
    [InlineData("\"vendor_data\":\"user-43\"")]
    [InlineData("\"vendor_data\":42")]
    [InlineData("\"workflow_id\":\"w-2\"")]
    [InlineData("\"environment\":\"sandbox\"")]
    public void Envelope_and_decision_that_disagree_are_malformed(string inner)
    {
        var body =
            "{\"decision\":{" + inner + "},\"environment\":\"live\",\"session_id\":\"s-1\",\"status\":\"Approved\",\"vendor_data\":\"user-42\",\"workflow_id\":\"w-1\"}";

        var verification = Delivery.Verify(body);
        Assert.Equal(WebhookOutcome.Malformed, verification.Outcome);
        Assert.Null(verification.Event);
        Assert.Null(verification.SessionIdHint);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"Approved\"")]
    [InlineData("1")]
    [InlineData("false")]
    public void A_decision_that_is_no_object_is_malformed(string decision) =>
        Assert.Equal(WebhookOutcome.Malformed, Delivery.Verify($"{{\"decision\":{decision},\"status\":\"Approved\"}}").Outcome);

    [Fact]
    public void What_the_envelope_leaves_out_is_taken_from_the_decision_but_for_the_status()
    {
        var read = Delivery.Event(
            "{\"webhook_type\":\"status.updated\",\"decision\":{\"status\":\"Approved\",\"session_id\":\"s-1\",\"vendor_data\":\"u\",\"workflow_id\":\"w\",\"environment\":\"sandbox\",\"metadata\":{\"a\":\"b\"}}}");

        Assert.Equal(("s-1", "u", "w"), (read.SessionId.ToString(), read.VendorData, read.WorkflowId));
        Assert.Equal(ProviderEnvironment.Sandbox, read.Environment);
        Assert.Equal("b", read.Metadata.GetString("a"));
        Assert.Equal(SessionStatus.Unknown, read.Status);
    }

    [Theory]
    [InlineData("Live", ProviderEnvironment.Unknown)]
    [InlineData("production", ProviderEnvironment.Unknown)]
    [InlineData("sandbox", ProviderEnvironment.Sandbox)]
    [InlineData("live", ProviderEnvironment.Live)]
    public void An_environment_is_read_by_exact_text(string text, ProviderEnvironment expected)
    {
        var read = Delivery.Event($"{{\"environment\":\"{text}\"}}");

        Assert.Equal((expected, true), (read.Environment, read.HasEnvironment));
    }

    [Theory]
    [InlineData("{\"metadata\":{\"test_webhook\":true}}", null, true)]
    [InlineData("{\"metadata\":\"{\\\"test_webhook\\\":true}\"}", null, true)]
    [InlineData("{\"decision\":{\"metadata\":{\"test_webhook\":true}}}", null, true)]
    [InlineData("{\"metadata\":{\"test_webhook\":false}}", null, false)]
    [InlineData("{}", null, false)]
    [InlineData("{}", "true", true)]
    [InlineData("{}", "TRUE", true)]
    [InlineData("{}", "", true)]
    [InlineData("{}", WebhookHeaders.Several, true)]
    [InlineData("{}", "false", false)]
    public void A_test_delivery_is_marked_by_header_or_metadata(string body, string? header, bool expected) =>
        Assert.Equal(expected, Delivery.Event(body, header).IsTest);

    [Theory]
    [InlineData("data.updated", false)]
    [InlineData("user.status.updated", false)]
    [InlineData("transaction.status.updated", false)]
    [InlineData("Status.Updated", false)]
    [InlineData("status.updated ", false)]
    [InlineData("", false)]
    [InlineData("status.updated", true)]
    public void Only_the_exact_event_type_is_a_status_update(string type, bool expected)
    {
        var read = Delivery.Event($"{{\"status\":\"Approved\",\"webhook_type\":\"{type}\"}}");

        Assert.Equal((expected, type, false), (read.IsStatusUpdate, read.WebhookType, read.IsGuideShape));
    }

    [Fact]
    public void An_event_type_that_is_no_text_is_no_status_update() =>
        Assert.False(Delivery.Event("{\"status\":\"Approved\",\"webhook_type\":null}").IsStatusUpdate);

    [Theory]
    [InlineData("4", 4)]
    [InlineData("\"4\"", 4)]
    [InlineData("4.0", 4)]
    [InlineData("\"v4\"", null)]
    [InlineData("null", null)]
    [InlineData("99999999999999999999", null)]
    public void A_workflow_version_is_a_number_or_a_text_of_digits(string version, int? expected) =>
        Assert.Equal(expected, Delivery.Event($"{{\"workflow_version\":{version}}}").WorkflowVersion);

    [Fact]
    public void One_event_id_with_another_body_has_another_hash()
    {
        var first = Delivery.Verify("{\"event_id\":\"e-1\",\"status\":\"Approved\"}");
        var second = Delivery.Verify("{\"event_id\":\"e-1\",\"status\":\"Declined\"}");

        Assert.Equal(first.Event!.EventId, second.Event!.EventId);
        Assert.NotEqual(first.BodyHash, second.BodyHash, StringComparer.Ordinal);
    }

    [Fact]
    public void Every_encoding_of_one_document_has_one_hash()
    {
        // SHA-256 of {"a":"é","n":1}, computed elsewhere.
        const string Expected = "f1899de414a50b27e5e783e8625531c113031f2dc3b4157f3bfad6d0d820509d";

        Assert.Equal(Expected, Delivery.Verify("{\"a\":\"\u00e9\",\"n\":1}").BodyHash);
        Assert.Equal(Expected, Delivery.Verify(" {\"n\": 1.0, \"a\": \"\\u00e9\" } ").BodyHash);
    }

    [Theory]
    [InlineData(16, WebhookOutcome.Valid)]
    [InlineData(17, WebhookOutcome.Malformed)]
    [InlineData(30_000, WebhookOutcome.Malformed)]
    public void A_body_deeper_than_sixteen_levels_is_malformed(int levels, WebhookOutcome expected) =>
        Assert.Equal(expected, Delivery.Verify(string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "{}" + new string('}', levels - 1)).Outcome);

    [Fact]
    public void A_body_over_the_limit_is_too_large_whatever_its_signature()
    {
        var options = Delivery.Options();
        options.MaxBodyBytes = 24;
        const string Fits = "{\"status\":\"Approved\"}   ";

        Assert.Equal(WebhookOutcome.Valid, Delivery.Verify(Fits, options).Outcome);
        Assert.Equal(WebhookOutcome.Valid, Delivery.Verifier(options).VerifySignature(Encoding.UTF8.GetBytes(Fits), new WebhookHeaders { SignatureV2 = Delivery.Hmac(Fits) }));
        Assert.Equal(WebhookOutcome.TooLarge, Delivery.Verify(Fits + " ", options).Outcome);
        Assert.Equal(WebhookOutcome.TooLarge, Delivery.Verifier(options).Verify(new byte[25], default).Outcome);
        Assert.Equal(WebhookOutcome.TooLarge, Delivery.Verifier(options).VerifySignature(new byte[25], default));
        Assert.Equal(WebhookOutcome.TooLarge, Delivery.Verifier().VerifySignature(new byte[30_000_000], default));
    }

    [Fact]
    public void A_quarter_megabyte_of_members_in_falling_order_is_read()
    {
        var members = string.Join(',', Enumerable.Range(0, 17_000).Reverse().Select(i => $"\"key{i:00000}\":{i % 7}"));
        var body = "{\"status\":\"Approved\"," + members + "}";

        Assert.InRange(body.Length, 200_000, 262_144);
        Assert.Equal(SessionStatus.Approved, Delivery.Event(body).Status);
        Assert.Equal(WebhookOutcome.Malformed, Delivery.Verify(body[..^1] + ",\"key08000\":0}").Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"a\":1,\"a\":1}")]
    [InlineData("{}x")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":1e999}")]
    [InlineData("\uFEFF{}")]
    public void A_broken_body_is_malformed_when_authentic_and_a_mismatch_when_not(string body)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body);

        Assert.Equal(WebhookOutcome.Malformed, Delivery.Verify(body).Outcome);
        Assert.Equal(WebhookOutcome.SignatureMismatch, Delivery.Verifier().Verify(bytes, new WebhookHeaders { SignatureV2 = new string('0', 64) }).Outcome);
        Assert.Equal(WebhookOutcome.Valid, Delivery.Verifier().VerifySignature(bytes, new WebhookHeaders { SignatureV2 = Delivery.Hmac(body) }));
        Assert.Equal(WebhookOutcome.SignatureMismatch, Delivery.Verifier().VerifySignature(bytes, new WebhookHeaders { SignatureV2 = new string('0', 64) }));
    }

    [Fact]
    public void A_body_that_swells_has_no_canonical_form_not_even_in_part()
    {
        const string Short = "1e308";
        var longForm = new System.Numerics.BigInteger(1e308).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var body = "{\"a\":[" + string.Join(',', Enumerable.Repeat(Short, 1_000)) + "]}";
        var bytes = Encoding.UTF8.GetBytes(body);
        Assert.Equal(WebhookOutcome.Malformed, Delivery.Verify(body).Outcome);

        // What the writer has written where it stops is no form that anybody signs.
        foreach (var count in Enumerable.Range(265, 20)) // it stops at the 275th
        {
            var headers = new WebhookHeaders { SignatureV2 = Delivery.Hmac("{\"a\":[" + string.Join(',', Enumerable.Repeat(longForm, count))) };
            Assert.Equal(WebhookOutcome.SignatureMismatch, Delivery.Verifier().Verify(bytes, headers).Outcome);
            Assert.Equal(WebhookOutcome.SignatureMismatch, Delivery.Verifier().VerifySignature(bytes, headers));
        }
    }

    [Fact]
    public void A_malformed_delivery_names_no_session() =>
        Assert.Null(Delivery.Verify("{\"session_id\":\"s-1\",\"status\":\"Approved\",\"timestamp\":\"now\"}").SessionIdHint);
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class WebhookTests
{
    private static string Mac(ReadOnlySpan<byte> bytes, string secret = RelyingParty.Secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes));

    [Fact]
    public async Task A_reference_webhook_carries_the_envelope_and_all_three_signatures()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1774970000));
        await using var party = await RelyingParty.StartAsync(options =>
        {
            options.TimeProvider = clock;
            options.ApplicationId = "11111111-2222-3333-4444-555555555555";
        });
        party.Emulator.StoreFace("user-42");
        var session = await party.CreatedAsync(new
        {
            workflow_id = EmulatedWorkflow.BiometricAuthenticationId,
            vendor_data = "user-42",
            metadata = new { reason = "settings_change" },
        });

        await party.Emulator.CompleteAsync(session.Id);

        var delivery = Assert.Single(party.Receiver.All);
        var text = Encoding.UTF8.GetString(delivery.Body);
        var body = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(
            "application_id created_at decision environment event_id metadata session_id status timestamp vendor_data webhook_type workflow_id workflow_version",
            string.Join(' ', body.Select(member => member.Key)));
        Assert.Equal("11111111-2222-3333-4444-555555555555", (string?)body["application_id"]);
        Assert.Equal("status.updated", (string?)body["webhook_type"]);
        Assert.Equal("sandbox", (string?)body["environment"]);
        Assert.Equal("Approved", (string?)body["status"]);
        Assert.Equal(1774970000, (long?)body["timestamp"]);
        Assert.Equal(session.Id.ToString(), (string?)body["session_id"]);
        Assert.Equal("settings_change", (string?)body["metadata"]!["reason"]);
        Assert.Equal("Approved", (string?)body["decision"]!["face_matches"]![0]!["status"]);

        // An ASCII body is its own canonical form, so that both signatures are over the same bytes (contract 4.5).
        Assert.Equal(Mac(delivery.Body), delivery.Headers["X-Signature"]);
        Assert.Equal(Mac(delivery.Body), delivery.Headers["X-Signature-V2"]);
        var simple = string.Create(CultureInfo.InvariantCulture, $"1774970000:{session.Id}:Approved:status.updated");
        Assert.Equal(Mac(Encoding.UTF8.GetBytes(simple)), delivery.Headers["X-Signature-Simple"]);
        Assert.Equal("1774970000", delivery.Headers["X-Timestamp"]);
        Assert.Equal("DiditWebhook/2.0 +https://didit.me", delivery.Headers["User-Agent"]);
        Assert.Equal("application/json", delivery.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Non_ascii_text_is_escaped_on_the_wire_and_literal_in_the_canonical_signature()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1774970000));
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        var session = await party.CreatedAsync(new
        {
            workflow_id = EmulatedWorkflow.LivenessOnlyId,
            vendor_data = "Café \u007f 北京 \U0001F600 <&'+/>\n",
        });
        await party.Emulator.OpenAsync(session.Id);

        var delivery = Assert.Single(party.Receiver.All);
        var text = Encoding.UTF8.GetString(delivery.Body);
        var escaped = "Caf\\u00e9 \\u007f \\u5317\\u4eac \\ud83d\\ude00 <&'+/>\\n";
        Assert.Contains($"\"vendor_data\":\"{escaped}\"", text, StringComparison.Ordinal);
        Assert.Equal(Mac(delivery.Body), delivery.Headers["X-Signature"]);
        var canonical = text.Replace(escaped, "Café \u007f 北京 \U0001F600 <&'+/>\\n", StringComparison.Ordinal);
        Assert.Equal(Mac(Encoding.UTF8.GetBytes(canonical)), delivery.Headers["X-Signature-V2"]);
        Assert.NotEqual(delivery.Headers["X-Signature"], delivery.Headers["X-Signature-V2"]);
    }

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("96.00", "96")]
    [InlineData("1E2", "100")]
    [InlineData("1.10", "1.1")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("123456789012345680.0", "123456789012345680")]
    [InlineData("12345678901234567890123", "12345678901234567890123")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("-0.00000015", "-1.5e-07")]
    [InlineData("1e-23", "1e-23")]
    [InlineData("1000000000000000.5", "1000000000000000.5")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("247.50", "247.5")]
    [InlineData("-10.25", "-10.25")]
    [InlineData("1e20", "100000000000000000000")]
    public async Task Numbers_are_written_as_the_provider_rewrites_them(string sent, string expected)
    {
        await using var party = await RelyingParty.StartAsync();
        var (status, _) = await party.SendAsync(
            HttpMethod.Post, "/v3/session/", $$$"""{"workflow_id":"{{{EmulatedWorkflow.KycEnrolmentId}}}","metadata":{"n":{{{sent}}}}}""");
        Assert.Equal(201, status);
        await party.Emulator.OpenAsync(party.Emulator.Sessions[0].Id);
        var text = Encoding.UTF8.GetString(Assert.Single(party.Receiver.All).Body);
        Assert.Contains($$"""{"n":{{expected}}}""", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_are_sorted_by_code_point_at_every_level()
    {
        await using var party = await RelyingParty.StartAsync();
        await party.SendAsync(
            HttpMethod.Post,
            "/v3/session/",
            $$$$"""{"workflow_id":"{{{{EmulatedWorkflow.KycEnrolmentId}}}}","metadata":{"\ud83d\ude00":1,"\uffee":2,"b":{"z":1,"a":2},"B":3}}""");
        await party.Emulator.OpenAsync(party.Emulator.Sessions[0].Id);
        var text = Encoding.UTF8.GetString(Assert.Single(party.Receiver.All).Body);
        Assert.Contains("""{"B":3,"b":{"a":2,"z":1},"\uffee":2,"\ud83d\ude00":1}""", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_guide_edition_signs_the_raw_bytes_and_sends_nothing_else()
    {
        await using var party = await RelyingParty.StartAsync(options =>
        {
            options.WebhookEdition = ApiEdition.Guide;
            options.FaceMatchScore = 94m;
        });
        party.Emulator.StoreFace("user-42");
        var session = await party.CreatedAsync(new
        {
            workflow_id = EmulatedWorkflow.ScaWithIpAnalysisId,
            vendor_data = "user-42",
            metadata = new { amount = "247.50", payee_name = "Café Niño" },
        });
        await party.Emulator.CompleteAsync(session.Id);

        var delivery = Assert.Single(party.Receiver.All);
        Assert.Equal(
            $$$"""{"session_id":"{{{session.Id}}}","vendor_data":"user-42","status":"Approved","liveness":{"status":"Approved","method":"PASSIVE","score":95},"face":{"status":"Approved","similarity_score":0.94},"ip_analysis":{"status":"Approved","vpn_detected":false,"datacenter_ip":false},"metadata_echo":{"amount":"247.50","payee_name":"Café Niño"}}""",
            Encoding.UTF8.GetString(delivery.Body));
        Assert.Equal(Mac(delivery.Body), delivery.Headers["X-Signature-V2"]);
        Assert.False(delivery.Headers.ContainsKey("X-Signature"));
        Assert.False(delivery.Headers.ContainsKey("X-Signature-Simple"));
        Assert.False(delivery.Headers.ContainsKey("X-Timestamp"));
    }

    [Fact]
    public async Task Absent_values_are_absent_members()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId });
        await party.Emulator.CompleteAsync(session.Id, SandboxScenario.Expire);
        var body = JsonNode.Parse(Assert.Single(party.Receiver.All).Body)!.AsObject();
        Assert.Equal("Expired", (string?)body["status"]);
        Assert.DoesNotContain(body, member => member.Key is "vendor_data" or "metadata" or "decision");
    }

    [Fact]
    public async Task Without_a_url_nothing_is_sent_and_one_set_later_counts()
    {
        await using var party = await RelyingParty.StartAsync(options => options.WebhookUrl = null);
        var session = await party.CreatedKycAsync();
        await party.Emulator.OpenAsync(session.Id);
        Assert.Empty(party.Emulator.Deliveries);
        party.Emulator.WebhookUrl = party.Receiver.Url;
        await party.Emulator.CompleteAsync(session.Id);
        Assert.Equal(WebhookDeliveryOutcome.Accepted, Assert.Single(party.Emulator.Deliveries).Outcome);
    }

    [Theory]
    [InlineData(ApiEdition.Reference, WebhookSignatureForm.Canonical)]
    [InlineData(ApiEdition.Guide, WebhookSignatureForm.RawBody)]
    public async Task The_sdks_verifier_accepts_and_reads_what_is_sent(ApiEdition edition, WebhookSignatureForm form)
    {
        await using var party = await RelyingParty.StartAsync(options => options.WebhookEdition = edition);
        party.Emulator.StoreFace("Jörg");
        var session = await party.CreatedAsync(new
        {
            workflow_id = EmulatedWorkflow.ScaWithIpAnalysisId,
            vendor_data = "Jörg",
            metadata = new { amount = "247.50", rate = 1.5 },
        });
        await party.Emulator.CompleteAsync(session.Id);
        var delivery = Assert.Single(party.Receiver.All);

        var verifier = new WebhookVerifier(new WebhookVerifierOptions { Secrets = [new WebhookSecret(RelyingParty.Secret)] });
        var verification = verifier.Verify(delivery.Body, new WebhookHeaders
        {
            SignatureV2 = delivery.Headers["X-Signature-V2"],
            Timestamp = delivery.Headers.GetValueOrDefault("X-Timestamp"),
        });

        Assert.Equal(WebhookOutcome.Valid, verification.Outcome);
        Assert.Equal(form, verification.Form);
        var read = verification.Event!;
        Assert.Equal(edition == ApiEdition.Guide, read.IsGuideShape);
        Assert.Equal((session.Id, SessionStatus.Approved, "Jörg"), (read.SessionId!.Value, read.Status, read.VendorData));
        Assert.Equal("247.50", read.Metadata.GetString("amount"));
        Assert.Equal(Score.FromPercent(99.41m), Assert.Single(read.Decision.FaceMatches).Similarity);
        Assert.Equal(FeatureStatus.Approved, Assert.Single(read.Decision.LivenessChecks).Status);
        Assert.False(Assert.Single(read.Decision.IpAnalyses).IsVpnOrTor);
    }
}

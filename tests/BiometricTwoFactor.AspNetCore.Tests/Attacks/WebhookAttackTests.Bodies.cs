using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Attacks on the webhook receiver: what two readers could read differently, however rightly it is signed.</summary>
public sealed partial class WebhookAttackTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Theory]
    [InlineData("duplicate", 400)]
    [InlineData("escaped duplicate", 400)]
    [InlineData("duplicate further inside", 400)]
    [InlineData("another case", 200)]
    [InlineData("a nested one first", 200)]
    [InlineData("declined in the decision", 400)]
    [InlineData("approved in the decision", 400)]
    [InlineData("another session in the decision", 400)]
    [InlineData("another person in the decision", 400)]
    public async Task Attack_46_A_body_with_two_meanings_has_none(string how, int status)
    {
        await using var held = await HeldApproval.StartAsync();
        var open = Encoding.UTF8.GetString(held.WithStatus("\"In Progress\""));
        var body = how switch
        {
            "duplicate" => Text("{\"status\":\"Declined\"," + held.Body[1..]),
            "escaped duplicate" => Text("{\"st\\u0061tus\":\"Declined\"," + held.Body[1..]),
            "duplicate further inside" => Text(held.Body.Replace("\"metadata\":{", "\"metadata\":{\"amount\":\"1.00\",", StringComparison.Ordinal)),
            "another case" => Text("{\"STATUS\":\"Approved\"," + open[1..]),
            "a nested one first" => Text("{\"other\":{\"status\":\"Approved\"}," + open[1..]),
            "declined in the decision" => held.Changed(changed => changed["decision"]!["status"] = "Declined"),
            "approved in the decision" => held.Changed(changed => { changed["status"] = "In Progress"; changed["decision"]!["status"] = "Approved"; }),
            "another session in the decision" => held.Changed(changed => changed["decision"]!["session_id"] = "11111111-2222-4333-8444-555555555555"),
            _ => held.Changed(changed => changed["decision"]!["vendor_data"] = "mallory"),
        };
        Assert.NotEqual(held.Bytes, body);
        using var answer = await held.SendSignedAsync(body);
        Assert.Equal(status, (int)answer.StatusCode);
        await held.NothingHappenedAsync();
        await held.TheTrueOneCountsAsync();
    }

    [Theory]
    [InlineData("\"aPPROVED\"")]
    [InlineData("\"APPROVED\"")]
    [InlineData("\" Approved \"")]
    [InlineData("\"Approved\\u0000\"")]
    [InlineData("\"Approved\\n\"")]
    [InlineData("\"\\u0410pproved\"")]
    [InlineData("\"Declined, Approved\"")]
    [InlineData("\"Approved, Approved\"")]
    [InlineData("[\"Approved\"]")]
    [InlineData("{\"Approved\":true}")]
    [InlineData("1")]
    [InlineData("\"1\"")]
    [InlineData("99")]
    [InlineData("true")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task Attack_47_Only_the_exact_word_is_an_approval(string? json)
    {
        await using var held = await HeldApproval.StartAsync();
        using var answer = await held.SendSignedAsync(held.WithStatus(json));
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
        await held.NothingHappenedAsync();

        using var exact = await held.SendSignedAsync(held.WithStatus("\"Approved\""));
        Assert.Equal(HttpStatusCode.OK, exact.StatusCode);
        await held.ItCountsAsync();
    }

    [Theory]
    [InlineData("key order", 200)]
    [InlineData("spaces and line ends", 200)]
    [InlineData("escaped letters", 200)]
    [InlineData("escaped slash", 200)]
    [InlineData("1.0", 200)]
    [InlineData("1e0", 200)]
    [InlineData("-0", 200)]
    [InlineData("1.5", 401)]
    [InlineData("9007199254740993", 401)]
    [InlineData("decomposed", 401)]
    [InlineData("raw: spaces", 200)]
    [InlineData("raw: lone surrogate", 400)]
    [InlineData("raw: invalid UTF-8", 400)]
    [InlineData("raw: byte order mark", 400)]
    [InlineData("raw: 1e400", 400)]
    [InlineData("raw: NaN", 400)]
    [InlineData("raw: trailing data", 400)]
    [InlineData("raw: comment", 400)]
    public async Task Attack_48_Only_the_same_document_has_the_same_signature_and_what_is_no_strict_JSON_has_none(string how, int status)
    {
        await using var held = await HeldApproval.StartAsync();
        var (signed, sent) = how switch
        {
            "key order" => (held.Bytes, Reversed(held)),
            "spaces and line ends" => (held.Bytes, Text(JsonNode.Parse(held.Body)!.ToJsonString(Indented).ReplaceLineEndings("\r\n"))),
            "escaped letters" => (held.Bytes, Text(held.Body.Replace("\"status\"", "\"st\\u0061tus\"", StringComparison.Ordinal).Replace("\"Approved\"", "\"\\u0041pproved\"", StringComparison.Ordinal))),
            "escaped slash" => (With(held, "\"a/b\""), With(held, "\"a\\/b\"")),
            "1.0" or "1e0" or "1.5" => (With(held, "1"), With(held, how)),
            "-0" => (With(held, "0"), With(held, "-0.0")),
            "9007199254740993" => (With(held, "9007199254740992"), With(held, how)),
            "decomposed" => (With(held, "\"caf\u00e9\""), With(held, "\"cafe\u0301\"")),
            "raw: spaces" => Same(Text(JsonNode.Parse(held.Body)!.ToJsonString(Indented))),
            "raw: lone surrogate" => Same(With(held, "\"\\ud800\"")),
            "raw: invalid UTF-8" => Same([.. "{\"x\":\""u8, 0xC3, 0x28, .. "\","u8, .. held.Bytes[1..]]),
            "raw: byte order mark" => Same([0xEF, 0xBB, 0xBF, .. held.Bytes]),
            "raw: 1e400" => Same(With(held, "1e400")),
            "raw: NaN" => Same(With(held, "NaN")),
            "raw: trailing data" => Same([.. held.Bytes, .. "{}"u8]),
            _ => Same([.. held.Bytes, .. "/**/"u8]),
        };
        if (!how.StartsWith("raw", StringComparison.Ordinal))
        {
            Assert.NotEqual(signed, sent);
        }

        var signature = how.StartsWith("raw", StringComparison.Ordinal) ? held.SignRaw(signed) : WebhookSigner.SignCanonical(signed, held.Secret);
        using var answer = await held.SendAsync(sent, (WebhookHeaders.SignatureV2Name, signature));
        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 200)
        {
            await held.ItCountsAsync();
            return;
        }

        await held.NothingHappenedAndNothingWasReadAsync();
        await held.TheTrueOneCountsAsync();
    }

    [Theory]
    [InlineData("\"250.00\"", true)]
    [InlineData("\"250.0\"", true)]
    [InlineData("250", true)]
    [InlineData("2.5e2", true)]
    [InlineData("250.00000000000003", false)]
    [InlineData("\"2.5e2\"", false)]
    [InlineData("\"25000\"", false)]
    [InlineData("\"-250.00\"", false)]
    [InlineData("\"+250.00\"", false)]
    [InlineData("\"250.01\"", false)]
    [InlineData("\"250,00\"", false)]
    [InlineData("\" 250.00\"", false)]
    [InlineData("\"0250.00\"", false)]
    [InlineData("\"250.\"", false)]
    [InlineData("\"\uff12\uff15\uff10.00\"", false)]
    [InlineData("\"79228162514264337593543950586\"", false)]
    [InlineData("1e300", false)]
    [InlineData("true", false)]
    public async Task Attack_49_An_amount_is_exact_digits_in_the_verdict_and_in_the_request(string echoed, bool same)
    {
        await using var held = await HeldApproval.StartAsync();
        // What a face is asked for is read by the same grammar: no challenge is made for another spelling.
        foreach (var amount in (string[])["2.5e2", "-250.00", "250.001", "250,00", " 250.00", "\uff12\uff15\uff10.00", "1000000000000000.00", "0.00", "NaN", ""])
        {
            using var asked = await Payments.ApiAsync(held.Browser, new { amount, currency = "EUR", account = "DE89370400440532013000", name = "Ada Lovelace" });
            Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        }

        Assert.Equal([held.Id], (await held.Bank.Store.ListOpenAsync("", "alice")).Select(open => open.Id));
        Assert.NotEqual(Transaction.Create("1000", "JPY", "ACC1", "Ada").Digest, Transaction.Create("10.00", "EUR", "ACC1", "Ada").Digest);

        using var answer = await held.SendSignedAsync(held.Changed(body =>
        {
            body["metadata"]!["amount"] = JsonNode.Parse(echoed);
            if (body["decision"]!["metadata"] is JsonObject inner)
            {
                inner["amount"] = JsonNode.Parse(echoed);
            }
        }));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        if (same)
        {
            await held.ItCountsAsync();
            return;
        }

        var ended = await held.Bank.ChallengeAsync(held.Id);
        Assert.Equal(ChallengeState.Violated, ended.State);
        Assert.True(ended.ReasonCodes.Contains(JudgementReason.EchoAmountDiffers) || ended.ReasonCodes.Contains(JudgementReason.EchoMissing));
        using var again = await held.Browser.TransferAsync();
        Assert.NotEqual(held.Id, Browser.IdOf(again));
        Assert.Empty(held.Bank.Executed);
    }

    [Fact]
    public async Task Attack_50_Moving_a_boundary_between_two_fields_makes_another_payment()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var honest = new { amount = "250.00", currency = "EUR", account = "ACC1", name = "2nd Bank" };
        var moved = new { amount = "250.00", currency = "EUR", account = "ACC12", name = "nd Bank" };
        foreach (var (sent, status, executed) in new[] { (moved, HttpStatusCode.Conflict, 0), (honest, HttpStatusCode.OK, 1) })
        {
            using var asked = await Payments.ApiAsync(browser, honest);
            Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
            var id = JsonDocument.Parse(await asked.Content.ReadAsStringAsync()).RootElement.GetProperty("challengeId").GetString()!;
            await Payments.CompleteAsync(bank, browser, id);
            using var answer = await Payments.ApiAsync(browser, sent, challenge: id);
            Assert.Equal(status, answer.StatusCode);
            Assert.Equal(executed, bank.Executed.Count);
        }

        // What is hashed by hand elsewhere: lengths before the fields, and a tag that says of what the digest is.
        Assert.NotEqual(FieldHash.Of("tag/1", "ab", "c"), FieldHash.Of("tag/1", "a", "bc"));
        Assert.NotEqual(FieldHash.Of("tag/1", "abc", ""), FieldHash.Of("tag/1", "", "abc"));
        Assert.NotEqual(FieldHash.Of("tag/1", "a"), FieldHash.Of("tag/2", "a"));
        Assert.NotEqual(Of("Ada", "1 rent"), Of("Ada 1", "rent"));
        Assert.NotEqual(Of("Ada", null), Of("Ada", "x"));
        Assert.NotEqual(Batch(("ACC1", "2nd"), ("ACC3", "x")), Batch(("ACC12", "nd"), ("ACC3", "x")));
        Assert.Equal(Batch(("ACC1", "2nd"), ("ACC3", "x")), Batch(("ACC3", "x"), ("ACC1", "2nd")));

        static TransactionDigest Of(string name, string? reference) => Transaction.Create("250.00", "EUR", "ACC1", name, reference).Digest;

        static TransactionDigest Batch(params (string Account, string Name)[] payees) =>
            Transaction.CreateBatch("EUR", payees.Select(payee => new TransactionItem(10m, payee.Account, payee.Name))).Digest;
    }

    private static byte[] Text(string json) => Encoding.UTF8.GetBytes(json);

    private static (byte[] Signed, byte[] Sent) Same(byte[] body) => (body, body);

    /// <summary>The approval with one member more, whose value stands there exactly as given.</summary>
    private static byte[] With(HeldApproval held, string json) => Text("{\"x\":" + json + "," + held.Body[1..]);

    private static byte[] Reversed(HeldApproval held)
    {
        var body = JsonNode.Parse(held.Body)!.AsObject();
        Reverse(body);
        return Text(body.ToJsonString());
    }

    private static void Reverse(JsonObject body)
    {
        foreach (var (name, value) in body.Reverse().ToArray())
        {
            body.Remove(name);
            body[name] = value;
            if (value is JsonObject inner)
            {
                Reverse(inner);
            }
        }
    }
}

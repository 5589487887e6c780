using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Attacks on the webhook receiver: sizes, speeds, headers, and what an answer tells.</summary>
public sealed partial class WebhookAttackTests
{
    private const int Limit = 256 * 1024;

    [Theory]
    [InlineData("deep", 400)]
    [InlineData("deep in canonical form", 401)]
    [InlineData("many keys", 413)]
    [InlineData("one byte too many", 413)]
    [InlineData("one byte too many, chunked", 413)]
    [InlineData("30 MB that are never sent", 413)]
    [InlineData("gzip", 415)]
    [InlineData("identity", 415)]
    public async Task Attack_51_What_is_too_deep_too_large_or_compressed_is_refused_before_it_costs_anything(string how, int status)
    {
        await using var held = await HeldApproval.StartAsync();
        using var measured = new Measured(held.Bank.Services);
        Assert.Equal(status, how switch
        {
            "deep" => await StatusOfAsync(held, Text("{\"x\":" + new string('[', 100_000) + new string(']', 100_000) + "," + held.Body[1..])),
            // Nobody walks down to see whether that has a canonical form that somebody may have signed.
            "deep in canonical form" => await StatusOfAsync(held, Text("{\"x\":" + new string('[', 17) + new string(']', 17) + "," + held.Body[1..]), held.Signature),
            "many keys" => await StatusOfAsync(held, Text("{" + string.Concat(Enumerable.Range(0, 1_000_000).Select(number => $"\"{number}\":0,")) + held.Body[1..])),
            "one byte too many" => await StatusOfAsync(held, Padded(held, Limit + 1)),
            "one byte too many, chunked" => await ChunkedAsync(held, Padded(held, Limit + 1)),
            "30 MB that are never sent" => await UnsentAsync(held),
            _ => await CompressedAsync(held, how),
        });
        Assert.Equal(status is 413 or 415 ? 0 : 1, measured.All.Split('\n').Count(series => series.StartsWith("biometric.webhooks{", StringComparison.Ordinal)));
        await held.NothingHappenedAndNothingWasReadAsync();

        Assert.Equal(200, await ChunkedAsync(held, Padded(held, Limit)));
        await held.ItCountsAsync();
    }

    [Theory]
    [InlineData("no length", 401, 411)]
    [InlineData("less than told", 0, 400)]
    [InlineData("more than told", 401, 401)]
    [InlineData("dripped", 400, 400)]
    [InlineData("two lengths", 400, 400)]
    [InlineData("negative length", 400, 400)]
    [InlineData("a chunk that is none", 400, 400)]
    [InlineData("a last chunk that never comes", 0, 400)]
    public async Task Attack_52_A_body_is_counted_as_it_comes_and_has_a_deadline_of_its_own(string how, int status, int orStatus)
    {
        await using var held = await HeldApproval.StartAsync();
        using var raw = await RawHttp.ConnectAsync(held.Bank.Address);
        string[] headers = [$"{WebhookHeaders.SignatureV2Name}: {held.Signature}", "Content-Type: application/json"];
        var body = held.Bytes;
        var length = how switch
        {
            "no length" => [],
            "less than told" => [$"Content-Length: {body.Length + 10}"],
            "more than told" => [$"Content-Length: {body.Length - 1}"],
            "two lengths" => ["Content-Length: 5", $"Content-Length: {body.Length}"],
            "negative length" => ["Content-Length: -1"],
            "dripped" => [$"Content-Length: {body.Length}"],
            _ => (string[])["Transfer-Encoding: chunked"],
        };
        // The clock is asked to be woken when the body begins to be waited for.
        var waiting = held.Time.TimerOfAsync(TimeSpan.FromSeconds(10));
        await raw.WriteAsync(RawHttp.Head(held.Bank.Address, [.. headers, .. length]), how switch
        {
            "dripped" => body[..20],
            "a chunk that is none" => Text("ZZ\r\n" + held.Body),
            "a last chunk that never comes" => Text($"{body.Length:x}\r\n{held.Body}\r\n"),
            _ => body,
        });
        if (how == "dripped")
        {
            await waiting;
            held.Time.Advance(TimeSpan.FromSeconds(10));
        }
        else if (status == 0)
        {
            raw.EndSending();
        }

        var answer = (await raw.AnswerAsync()).Status;
        Assert.True(answer == status || answer == orStatus, $"{answer}");
        await held.NothingHappenedAndNothingWasReadAsync();

        Assert.Equal(200, await ChunkedAsync(held, held.Bytes));
        await held.ItCountsAsync();
    }

    [Theory]
    [InlineData(null, 415)]
    [InlineData("", 415)]
    [InlineData("application", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/jsonp", 415)]
    [InlineData("application/problem+json", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("multipart/form-data; boundary=x", 415)]
    [InlineData("application/json, text/plain", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/json; charset=\"", 415)]
    [InlineData("application/json; charset=utf-7", 415)]
    [InlineData("APPLICATION/JSON", 200)]
    [InlineData("application/json; charset=UTF-8", 200)]
    public async Task Attack_53_Only_JSON_in_UTF_8_is_read(string? type, int expected)
    {
        await using var held = await HeldApproval.StartAsync();
        string[] headers = [$"{WebhookHeaders.SignatureV2Name}: {held.Signature}", $"Content-Length: {held.Bytes.Length}"];
        var (status, answer) = await RawHttp.SendAsync(held.Bank.Address, held.Bytes, type is null ? headers : [.. headers, $"Content-Type: {type}"]);
        Assert.Equal(expected, status);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal); // and not a word more
        if (expected == 200)
        {
            await held.ItCountsAsync();
            return;
        }

        await held.NothingHappenedAndNothingWasReadAsync();
        await held.TheTrueOneCountsAsync();
    }

    [Fact]
    public async Task Attack_55_No_answer_tells_why_or_what_the_signature_should_have_been()
    {
        await using var held = await HeldApproval.StartAsync();
        var wrong = $"{WebhookHeaders.SignatureV2Name}: {new string('0', 64)}";
        var bad = Text("{\"status\":\"Declined\"," + held.Body[1..]);
        var answers = new[]
        {
            await RawHttp.PostAsync(held.Bank.Address, held.Bytes),
            await RawHttp.PostAsync(held.Bank.Address, held.Bytes, wrong),
            await RawHttp.PostAsync(held.Bank.Address, held.Bytes, wrong + "0"),
            await RawHttp.PostAsync(held.Bank.Address, Text(held.Body.Replace(held.Delivery.SessionId.ToString(), "11111111-2222-4333-8444-555555555555", StringComparison.Ordinal)), wrong),
            await RawHttp.PostAsync(held.Bank.Address, bad, $"{WebhookHeaders.SignatureV2Name}: {held.SignRaw(bad)}"),
            await RawHttp.SendAsync(held.Bank.Address, held.Bytes, $"Content-Length: {held.Bytes.Length}"),
        };
        Assert.Equal([401, 401, 401, 401, 400, 415], answers.Select(answer => answer.Status));
        foreach (var (_, answer) in answers)
        {
            Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
            Assert.DoesNotMatch("[0-9a-f]{64}", answer);
            Assert.Equal(HeaderNames(answers[0].Answer), HeaderNames(answer));
        }

        // A stranger's session and a known one are answered alike, to the byte but for the date.
        Assert.Equal(WithoutDate(answers[1].Answer), WithoutDate(answers[3].Answer));
        // The reason is for whoever reads the logs, and the right signature is for nobody.
        Assert.Contains(nameof(WebhookOutcome.MalformedSignature), held.Bank.Logs.All, StringComparison.Ordinal);
        Assert.Contains(nameof(WebhookOutcome.SignatureMismatch), held.Bank.Logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain(held.Signature, held.Bank.Logs.All, StringComparison.Ordinal);
        await held.NothingHappenedAndNothingWasReadAsync();
        await held.TheTrueOneCountsAsync();
    }

    [Theory]
    [InlineData("X-Signature-V2: {wrong},{right}", 401)]
    [InlineData("X-Signature-V2: {right}, {right}", 401)]
    [InlineData("X-Signature-V2: {wrong}\r\nX-Signature-V2: {right}", 401)]
    [InlineData("X-Signature-V2: {right}\r\nX-Signature-V2: {wrong}", 401)]
    [InlineData("X-Signature-V2: {right}\r\nx-signature-v2: {right}", 401)]
    [InlineData("X-Signature-V2: {right}\r\nX-Signature-V2:", 401)]
    [InlineData("X_Signature_V2: {right}", 401)]
    [InlineData("X-Signature-V2 : {right}", 400)]
    [InlineData("X-Signature-V2:\r\n {right}", 400)]
    [InlineData("X-Signature-V2: {right}\0", 400)]
    [InlineData("X-Signature-V2: {right}\u00a0", 401)]
    [InlineData("X-Signature-V2: \"{right}\"", 401)]
    [InlineData("X-Signature-V2: {half} {half}", 401)]
    [InlineData("X-Signature-V2: {right}\r\nX-Timestamp: {now}\r\nX-Timestamp: {now}", 200)]
    [InlineData("X-Signature-V2: {right}\r\nX-Didit-Test-Webhook: false\r\nX-Didit-Test-Webhook: false", 200)]
    public async Task Attack_56_A_header_has_one_value_or_none(string lines, int expected)
    {
        await using var held = await HeldApproval.StartAsync();
        var sent = lines.Replace("{right}", held.Signature, StringComparison.Ordinal).Replace("{wrong}", new string('0', 64), StringComparison.Ordinal)
            .Replace("{half}", held.Signature[..32], StringComparison.Ordinal).Replace("{now}", $"{Now(held)}", StringComparison.Ordinal);
        var (status, _) = await RawHttp.PostAsync(held.Bank.Address, held.Bytes, sent);
        Assert.Equal(expected, status);
        await held.NothingHappenedAsync();

        // White space around a value is no part of it (RFC 9110, section 5.5).
        var (plain, _) = await RawHttp.PostAsync(held.Bank.Address, held.Bytes, $"{WebhookHeaders.SignatureV2Name}:\t {held.Signature} \t");
        Assert.Equal(200, plain);
        await held.ItCountsAsync();
    }

    private static byte[] Padded(HeldApproval held, int length)
    {
        var bare = With(held, "\"\"").Length;
        return With(held, "\"" + new string('x', length - bare) + "\"");
    }

    private static async Task<int> StatusOfAsync(HeldApproval held, byte[] body, string? signature = null)
    {
        using var answer = await held.SendAsync(body, (WebhookHeaders.SignatureV2Name, signature ?? held.SignRaw(body)));
        return (int)answer.StatusCode;
    }

    private static async Task<int> ChunkedAsync(HeldApproval held, byte[] body)
    {
        using var answer = await held.SendSignedAsync(body, ("Transfer-Encoding", "chunked"));
        return (int)answer.StatusCode;
    }

    private static async Task<int> UnsentAsync(HeldApproval held)
    {
        using var raw = await RawHttp.ConnectAsync(held.Bank.Address);
        await raw.WriteAsync(RawHttp.Head(held.Bank.Address, $"{WebhookHeaders.SignatureV2Name}: {held.Signature}", "Content-Type: application/json", "Content-Length: 31457280"));
        return await raw.StatusAsync();
    }

    private static async Task<int> CompressedAsync(HeldApproval held, string encoding)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(held.Bytes);
        }

        var body = encoding == "gzip" ? packed.ToArray() : held.Bytes;
        var (status, _) = await RawHttp.PostAsync(held.Bank.Address, body, $"{WebhookHeaders.SignatureV2Name}: {held.SignRaw(body)}", $"Content-Encoding: {encoding}");
        return status;
    }

    private static IEnumerable<string> HeaderNames(string answer) =>
        answer.Split("\r\n").Skip(1).Where(line => line.Length > 0).Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]);

    private static string WithoutDate(string answer) => DateLine().Replace(answer, "");

    [GeneratedRegex("Date: [^\r]*")]
    private static partial Regex DateLine();
}

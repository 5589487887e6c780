using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Attacks on the webhook receiver: time and repetition.</summary>
public sealed partial class WebhookAttackTests
{
    [Fact]
    public async Task Attack_37_An_unsigned_timestamp_makes_nothing_fresh()
    {
        await using (var held = await HeldApproval.StartAsync())
        {
            held.Time.Advance(TimeSpan.FromSeconds(301));
            // The recording is true and its signature right; only the header, which no signature covers, was rewritten.
            using var replayed = await held.SendAsync(held.Bytes, (WebhookHeaders.SignatureV2Name, held.Signature), Told(Now(held)));
            Assert.Equal(HttpStatusCode.OK, replayed.StatusCode);
            await held.NothingHappenedAsync();
        }

        await using (var held = await HeldApproval.StartAsync())
        {
            using var disagreeing = await held.SendAsync(held.Bytes, (WebhookHeaders.SignatureV2Name, held.Signature), Told(Now(held) + 1));
            Assert.Equal(HttpStatusCode.OK, disagreeing.StatusCode);
            await held.NothingHappenedAsync();
            held.Time.Advance(TimeSpan.FromSeconds(300));
            await held.TheTrueOneCountsAsync();
        }
    }

    [Theory]
    [InlineData("+{0}")]
    [InlineData("-{0}")]
    [InlineData("{0}.0")]
    [InlineData("{0}000")]
    [InlineData("{0} {0}")]
    [InlineData("{0},{0}")]
    [InlineData("000{0}")]
    [InlineData("0x6924")]
    [InlineData("1e9")]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("4294967296")]
    [InlineData("18446744073709551616")]
    [InlineData("full-width")]
    [InlineData("signed {0}-301")]
    [InlineData("signed {0}+301")]
    [InlineData("signed -{0}")]
    [InlineData("signed {0}000")]
    [InlineData("signed {0}.5")]
    [InlineData("signed 4294967296")]
    [InlineData("signed 253402300800")]
    [InlineData("signed 9223372036854775807")]
    [InlineData("signed 18446744073709551616")]
    [InlineData("signed 1e300")]
    [InlineData("signed \"{0}\"")]
    [InlineData("signed \" +{0} \"")]
    [InlineData("signed true")]
    [InlineData("signed []")]
    public async Task Attack_38_A_time_that_is_not_plain_digits_near_now_approves_nothing(string form)
    {
        await using var held = await HeldApproval.StartAsync();
        var now = Now(held);
        if (form.StartsWith("signed ", StringComparison.Ordinal))
        {
            var value = form[7..].Replace("{0}-301", $"{now - 301}", StringComparison.Ordinal).Replace("{0}+301", $"{now + 301}", StringComparison.Ordinal)
                .Replace("{0}", $"{now}", StringComparison.Ordinal);
            var body = Encoding.UTF8.GetBytes(held.Body.Replace($"\"timestamp\":{now}", $"\"timestamp\":{value}", StringComparison.Ordinal));
            Assert.NotEqual(held.Bytes, body);
            using var answer = await held.SendSignedAsync(body);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
        }
        else
        {
            var fullWidth = string.Concat($"{now}".Select(digit => (char)(digit + ('\uff10' - '0'))));
            var value = form.Replace("full-width", fullWidth, StringComparison.Ordinal).Replace("{0}", $"{now}", StringComparison.Ordinal);
            var (status, _) = await RawHttp.PostAsync(held.Bank.Address, held.Bytes, $"{WebhookHeaders.SignatureV2Name}: {held.Signature}", $"{WebhookHeaders.TimestampName}: {value}");
            Assert.Equal(200, status);
        }

        await held.NothingHappenedAsync();
        await held.TheTrueOneCountsAsync();

        // Seconds do not end in 2038: they are 64 bits wide.
        var later = new Clock(DateTimeOffset.FromUnixTimeSeconds(2_147_483_700));
        var future = """{"timestamp":2147483700,"webhook_type":"user.updated"}"""u8.ToArray();
        var headers = new WebhookHeaders { SignatureV2 = held.SignRaw(future), Timestamp = "2147483700" };
        Assert.Equal(WebhookOutcome.Valid, new WebhookVerifier(new WebhookVerifierOptions { Secrets = [held.Secret] }, later).Verify(future, headers).Outcome);
    }

    [Fact]
    public async Task Attack_39_The_same_delivery_two_hundred_times_at_once_and_again_later_has_one_effect()
    {
        await using var held = await HeldApproval.StartAsync();
        var answers = await AllAtOnceAsync(200, _ => held.SendTrueAsync());
        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status)); // or the provider would go on
        Assert.Single(held.Bank.Events.Kinds, kind => kind == StepUpEventKind.Approved);
        await held.ItCountsAsync();

        foreach (var later in (TimeSpan[])[TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)])
        {
            held.Time.Advance(later); // in the window, and after it
            using var again = await held.SendTrueAsync();
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        }

        Assert.Equal(ChallengeState.Consumed, (await held.Bank.ChallengeAsync(held.Id)).State);
        Assert.Single(held.Bank.Events.Kinds, kind => kind == StepUpEventKind.Approved);
        using var second = await held.Browser.TransferAsync();
        Assert.NotEqual(held.Id, Browser.IdOf(second));
        Assert.Single(held.Bank.Executed);
    }

    [Fact]
    public async Task Attack_40_The_same_event_id_with_another_body_is_not_believed_and_raises_an_alarm()
    {
        await using var held = await HeldApproval.StartAsync();
        var first = held.WithStatus("\"In Progress\"");
        using var begun = await held.SendSignedAsync(first);
        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
        Assert.DoesNotContain(StepUpEventKind.EventChanged, held.Bank.Events.Kinds);

        using var changed = await held.SendSignedAsync(held.Changed(body => body["event_id"] = JsonNode.Parse(first)!["event_id"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Contains(StepUpEventKind.EventChanged, held.Bank.Events.Kinds);
        await held.NothingHappenedAsync();
        await held.TheTrueOneCountsAsync();
    }

    [Fact]
    public async Task Attack_41_A_late_retry_is_accepted_once_and_only_by_asking_the_provider()
    {
        await using var held = await HeldApproval.StartAsync();
        var late = held.Changed(body => body["timestamp"] = Now(held) - 400);
        using var unproven = await held.SendSignedAsync(late);
        Assert.Equal(HttpStatusCode.OK, unproven.StatusCode);
        await held.NothingHappenedAsync(); // the provider does not answer, and the delivery alone proves nothing

        held.Bank.Provider.Faults.Unavailable = false;
        held.Time.Advance(TimeSpan.FromSeconds(30)); // the reads that were under way try again
        using var proven = await held.SendSignedAsync(late);
        Assert.Equal(HttpStatusCode.OK, proven.StatusCode);
        await held.Bank.UntilAsync(held.Id, challenge => challenge.State == ChallengeState.Approved);
        await held.ItCountsAsync();

        using var again = await held.SendSignedAsync(late);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(ChallengeState.Consumed, (await held.Bank.ChallengeAsync(held.Id)).State);
        Assert.Single(held.Bank.Executed);
    }

    private static long Now(HeldApproval held) => held.Time.GetUtcNow().ToUnixTimeSeconds();

    private static (string, string) Told(long seconds) => (WebhookHeaders.TimestampName, $"{seconds}");

    /// <summary>Everybody waits at one barrier, so that all are under way at the same time.</summary>
    private static async Task<HttpStatusCode[]> AllAtOnceAsync(int count, Func<int, Task<HttpResponseMessage>> send)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sent = Enumerable.Range(0, count).Select(async number =>
        {
            await gate.Task;
            using var answer = await send(number);
            return answer.StatusCode;
        }).ToArray();
        gate.SetResult();
        return await Task.WhenAll(sent);
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

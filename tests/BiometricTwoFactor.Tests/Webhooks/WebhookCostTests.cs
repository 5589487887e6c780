using System.Text;

namespace BiometricTwoFactor.Tests.Webhooks;

/// <summary>What a verification leaves on the heap, and that one verifier serves many threads (attack 57).</summary>
public sealed class WebhookCostTests
{
    /// <summary>About 1 KB in the provider's own order, so that it is its own canonical form.</summary>
    private const string Verdict =
        "{\"application_id\":\"11111111-2222-3333-4444-555555555555\",\"created_at\":1774969994,\"decision\":{"
        + "\"face_matches\":[{\"node_id\":\"face_match_1\",\"score\":96.15,\"status\":\"Approved\",\"warnings\":[]}],"
        + "\"features\":[\"LIVENESS\",\"FACE_MATCH\",\"IP_ANALYSIS\"],"
        + "\"ip_analyses\":[{\"ip_country_code\":\"ES\",\"is_data_center\":false,\"is_vpn_or_tor\":false,\"node_id\":\"ip_analysis_1\",\"status\":\"Approved\",\"warnings\":[]}],"
        + "\"liveness_checks\":[{\"method\":\"ACTIVE_3D\",\"node_id\":\"liveness_1\",\"score\":95.4,\"status\":\"Approved\",\"warnings\":[]}],"
        + "\"session_id\":\"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\",\"status\":\"Approved\"},"
        + "\"environment\":\"live\",\"event_id\":\"9c0c8b8a-1111-4222-9333-444444444444\","
        + "\"metadata\":{\"amount\":\"247.50\",\"challenge\":\"q7Zl0bX3T5yWn1cVq7Zl0bX3T5yWn1cV\",\"currency\":\"EUR\",\"payee_account\":\"ES9121000418450200051332\"},"
        + "\"session_id\":\"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\",\"status\":\"Approved\",\"timestamp\":1774970000,\"vendor_data\":\"user-42\","
        + "\"webhook_type\":\"status.updated\",\"workflow_id\":\"22222222-3333-4444-5555-666666666666\",\"workflow_version\":4}";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes(Verdict);
    private static readonly byte[] Spaced = Encoding.UTF8.GetBytes(Verdict.Replace("\"user-42\"", " \"\\u0075ser-42\"", StringComparison.Ordinal));

    [Fact]
    public void Verifying_the_raw_form_leaves_nothing_on_the_heap()
    {
        var verifier = Delivery.Verifier();
        var headers = new WebhookHeaders { SignatureV2 = Delivery.Hmac(Verdict) };

        Assert.Equal(0, Allocated(() => Assert.True(verifier.VerifySignature(Body, headers) == WebhookOutcome.Valid)));
    }

    [Fact]
    public void Verifying_the_canonical_form_leaves_nothing_on_the_heap()
    {
        var verifier = Delivery.Verifier();
        var headers = new WebhookHeaders { SignatureV2 = Delivery.Hmac(Verdict) };
        var forged = new WebhookHeaders { SignatureV2 = new string('0', 64) };

        Assert.Equal(0, Allocated(() => Assert.True(verifier.VerifySignature(Spaced, headers) == WebhookOutcome.Valid)));
        Assert.Equal(0, Allocated(() => Assert.True(verifier.VerifySignature(Spaced, forged) == WebhookOutcome.SignatureMismatch)));
    }

    [Fact]
    public void Verifying_and_reading_a_verdict_leaves_at_most_4_kilobytes_on_the_heap()
    {
        var verifier = Delivery.Verifier();
        var headers = new WebhookHeaders { SignatureV2 = Delivery.Hmac(Verdict), Timestamp = "1774970000" };

        Assert.InRange(Body.Length, 950, 1100);
        Assert.InRange(Allocated(() => Assert.True(verifier.Verify(Body, headers).IsValid)), 1, 4096);
        Assert.InRange(Allocated(() => Assert.True(verifier.Verify(Spaced, headers).IsValid)), 1, 4096);
    }

    [Fact]
    public async Task One_verifier_gives_the_right_answer_to_many_threads_at_once()
    {
        var verifier = Delivery.Verifier();
        var deliveries = Enumerable.Range(0, 32).Select(i =>
        {
            var body = Verdict.Replace("user-42", $"user-{i}", StringComparison.Ordinal);
            var sent = i % 2 == 0 ? body : body.Replace("\"user-", " \"\\u0075ser-", StringComparison.Ordinal);
            return (User: $"user-{i}", Bytes: Encoding.UTF8.GetBytes(sent), Signature: i % 4 == 3 ? new string('0', 64) : Delivery.Hmac(body), Valid: i % 4 != 3);
        }).ToArray();
        using var start = new Barrier(4);

        var wrong = await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                var failures = 0;
                for (var i = 0; i < 2000; i++)
                {
                    var delivery = deliveries[(i + (thread * 7)) % deliveries.Length];
                    var verification = verifier.Verify(delivery.Bytes, new WebhookHeaders { SignatureV2 = delivery.Signature });
                    failures += verification.IsValid == delivery.Valid && (!delivery.Valid || verification.Event!.VendorData == delivery.User) ? 0 : 1;
                }

                return failures;
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Equal([0, 0, 0, 0], wrong);
    }

    /// <summary>What one call allocates once everything is warm: the least of several, since tiered compilation runs beside it.</summary>
    private static long Allocated(Action action)
    {
        for (var i = 0; i < 200; i++)
        {
            action();
        }

        var least = long.MaxValue;
        for (var i = 0; i < 50; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}

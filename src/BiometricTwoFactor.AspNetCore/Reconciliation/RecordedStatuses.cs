namespace BiometricTwoFactor.AspNetCore;

/// <summary>What the evidence already says of a challenge, however it came.</summary>
internal sealed class RecordedStatuses(EvidenceReader reader)
{
    /// <summary>
    /// The provider's last word on the challenge's session that was chained, delivered or read; null where there is none, or none
    /// that can be read. The last and not any: a review that ended well before the use is not the one that was opened after it.
    /// </summary>
    public async Task<string?> LastAsync(string tenant, string challengeId, CancellationToken cancellationToken)
    {
        var filter = new EvidenceFilter { ChallengeId = challengeId };
        var query = await reader.QueryAsync(tenant, filter, cancellationToken).ConfigureAwait(false);
        string? last = null;
        await foreach (var opened in reader.ReadAsync(query!, filter, long.MaxValue, cancellationToken).ConfigureAwait(false))
        {
            last = opened.Facts?.Verdict?.Status ?? last;
        }

        return last;
    }
}

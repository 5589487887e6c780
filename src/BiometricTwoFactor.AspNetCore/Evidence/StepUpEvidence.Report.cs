namespace BiometricTwoFactor.AspNetCore;

/// <summary>The report of one authentication.</summary>
public sealed partial class StepUpEvidence
{
    /// <summary>
    /// A readable report of one authentication: what was asked and shown, by whom on which device, the verdict with every check
    /// in words, the factors, who used it and when, the places in the chain and their hashes. Send it with
    /// <see cref="EvidenceReport.ContentSecurityPolicy"/>.
    /// </summary>
    /// <param name="challengeId">The challenge.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The page; null when there is no evidence of this challenge.</returns>
    public async Task<string?> RenderReportAsync(string challengeId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(challengeId);
        var filter = new EvidenceFilter { ChallengeId = challengeId };
        var query = await _reader.QueryAsync(Tenant, filter, cancellationToken).ConfigureAwait(false);
        List<OpenedEvidence> entries = [];
        await foreach (var opened in _reader.ReadAsync(query!, filter, long.MaxValue, cancellationToken).ConfigureAwait(false))
        {
            entries.Add(opened);
        }

        return ReportRenderer.Render(challengeId, entries);
    }
}

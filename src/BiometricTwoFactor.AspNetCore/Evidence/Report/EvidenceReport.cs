namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// A readable report of one authentication, for the regulator and the support desk: one page of HTML without script, made to
/// be printed or saved as PDF by a browser.
/// </summary>
public static class EvidenceReport
{
    /// <summary>The Content-Security-Policy under which the page is whole. It carries it itself; send it as a header, too.</summary>
    public static string ContentSecurityPolicy => ReportPage.Policy;

    /// <summary>Makes the report from an export, without the application. It verifies nothing; see <see cref="EvidenceVerifier"/>.</summary>
    /// <param name="export">The exported file; read to its end.</param>
    /// <param name="challengeId">The challenge.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The page; null when the file has no entry of this challenge.</returns>
    public static async Task<string?> RenderAsync(Stream export, string challengeId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(export);
        ArgumentException.ThrowIfNullOrEmpty(challengeId);
        var lines = new LineReader(export);
        var line = new EvidenceLine();
        List<OpenedEvidence> entries = [];
        while (await lines.NextAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!lines.IsTooLong && line.TryRead(lines.Line.Span) && line.Type == EvidenceNames.Entry && string.Equals(line.ChallengeId, challengeId, StringComparison.Ordinal))
            {
                entries.Add(new OpenedEvidence(EntryOf(line), line.HasKey ? line.Key.ToArray() : null, line.HasContent ? lines.Line.Span[line.Content].ToArray() : [], line.IsErased));
            }
        }

        return ReportRenderer.Render(challengeId, entries);
    }

    private static ChainedEvidence EntryOf(EvidenceLine line) => new()
    {
        Tenant = line.Tenant,
        Sequence = line.Sequence,
        ChallengeId = line.ChallengeId,
        Kind = line.Kind,
        Outcome = line.Outcome,
        At = line.At,
        KeyId = line.KeyId,
        KeyCommitment = line.Commitment.ToArray(),
        Ciphertext = line.Ciphertext.ToArray(),
        PreviousHash = line.Previous.ToArray(),
        Hash = line.Hash.ToArray(),
    };
}

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Checks an export without the application: that every line can be read, that every entry is what was chained and stands in
/// its place, that keys, ciphertexts and contents agree, that the checkpoints do, and, given the webhook secrets, that the
/// provider signed the deliveries. In one pass, in memory that does not grow with the file.
/// </summary>
/// <remarks>
/// What it cannot see: whoever has the database and the signing key can write another past. So keep the signing key elsewhere,
/// or note <see cref="EvidenceVerification.LastSequence"/> and <see cref="EvidenceVerification.LastHash"/> where nobody can change them.
/// </remarks>
public static class EvidenceVerifier
{
    /// <summary>Verifies a file.</summary>
    /// <param name="input">The export; read to its end.</param>
    /// <param name="options">What is given beside the file; null for nothing.</param>
    /// <param name="cancellationToken">Ends the verification.</param>
    public static async Task<EvidenceVerification> VerifyAsync(Stream input, EvidenceVerifierOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var result = new EvidenceVerification();
        var findings = new Findings(result, options ?? new EvidenceVerifierOptions());
        var chain = new ChainCheck(findings);
        var records = new RecordCheck(findings);
        var checkpoints = new CheckpointCheck(findings, chain);
        var frame = new FrameCheck(findings, chain);
        var lines = new LineReader(input);
        var line = new EvidenceLine();
        while (await lines.NextAsync(cancellationToken).ConfigureAwait(false))
        {
            findings.Line++;
            result.Lines++;
            if (lines.IsTooLong || !line.TryRead(lines.Line.Span))
            {
                findings.Report(EvidenceProblemKind.Corrupt, sequence: null, lines.IsWhole
                    ? "The line cannot be read: it is no line of an export, or it was damaged."
                    : "The line breaks off: the file was cut.");
                continue;
            }

            if (!frame.Admits(line))
            {
                continue;
            }

            switch (line.Type)
            {
                case EvidenceNames.Entry:
                    // Both look at every entry: one that is broken and in the wrong place is both.
                    var inPlace = chain.Take(line);
                    var state = records.Check(line, lines.Line.Span);
                    findings.Tell(line, inPlace ? state : EvidenceRecordState.Broken);
                    break;
                case EvidenceNames.Checkpoint:
                    checkpoints.Check(line);
                    break;
            }
        }

        frame.End();
        checkpoints.End();
        chain.End();
        records.End();
        return result;
    }
}

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Checks an export without the application: that every line can be read, that every entry is what was chained and stands in
/// its place, that keys, ciphertexts and contents agree, that the checkpoints do, and, given the webhook secrets, that the
/// provider signed the deliveries. In one pass, on all cores, in memory that does not grow with the file: of each person who
/// was erased one key's id is remembered, and nothing else.
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
        await foreach (var batch in new LineBatches(input, findings.Options).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            for (var place = 0; place < batch.Count; place++)
            {
                Take(batch[place]);
            }
        }

        frame.End();
        checkpoints.End();
        chain.End();
        records.End();
        result.Order();
        return result;

        void Take(CheckedLine read)
        {
            var line = read.Line;
            findings.Line++;
            result.Lines++;
            if (!read.IsRead)
            {
                findings.Report(EvidenceProblemKind.Corrupt, sequence: null, read.IsWhole
                    ? "The line cannot be read: it is no line of an export, or it was damaged."
                    : "The line breaks off: the file was cut.");
                return;
            }

            if (!frame.Admits(line))
            {
                return;
            }

            switch (line.Type)
            {
                case EvidenceNames.Entry:
                    // Both look at every entry: one that is broken and in the wrong place is both.
                    var inPlace = chain.Take(line, read.HasItsHash);
                    var state = records.Check(read);
                    findings.Tell(line, inPlace ? state : EvidenceRecordState.Broken);
                    break;
                case EvidenceNames.Checkpoint:
                    checkpoints.Check(line);
                    break;
            }
        }
    }
}

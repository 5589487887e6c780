namespace BiometricTwoFactor.AspNetCore;

/// <summary>Header and end: whether the file is whole, and of one tenant.</summary>
internal sealed class FrameCheck(Findings findings, ChainCheck chain)
{
    private string? _tenant;
    private bool _ended;

    /// <summary>False for a line that was dealt with here, or that belongs nowhere.</summary>
    public bool Admits(EvidenceLine line)
    {
        if (_ended)
        {
            findings.Report(EvidenceProblemKind.Inserted, SequenceOf(line), "The line stands behind the end of the file.");
            return false;
        }

        if (line.Type == EvidenceNames.Header)
        {
            Begin(line);
            return false;
        }

        if (_tenant is null)
        {
            findings.Report(EvidenceProblemKind.BeginningMissing, sequence: null, "The file does not begin with its header: something before this line is missing.");
            _tenant = line.Tenant;
        }

        if (!string.Equals(line.Tenant, _tenant, StringComparison.Ordinal))
        {
            findings.Report(EvidenceProblemKind.Inserted, SequenceOf(line), "The line belongs to another tenant.");
            return false;
        }

        if (line.Type != EvidenceNames.End)
        {
            return true;
        }

        _ended = true;
        findings.Result.Waiting = line.Waiting;
        if (line.Entries != findings.Result.Entries)
        {
            findings.Report(
                line.Entries > findings.Result.Entries ? EvidenceProblemKind.Removed : EvidenceProblemKind.Inserted,
                sequence: null,
                $"The file says that it has {line.Entries} entries; {findings.Result.Entries} were read.");
        }

        chain.TakeEnd(line);
        return false;
    }

    public void End()
    {
        if (!_ended)
        {
            findings.Report(0, EvidenceProblemKind.Truncated, sequence: null, findings.Line == 0
                ? "The file is empty."
                : $"The file has no end: everything behind line {findings.Line} may be missing.");
        }
    }

    private void Begin(EvidenceLine line)
    {
        if (findings.Line != 1)
        {
            findings.Report(EvidenceProblemKind.Inserted, sequence: null, "A header stands within the file.");
            return;
        }

        _tenant = line.Tenant;
        findings.Result.IsPartial = line.IsPartial;
        if (line.Version != 1)
        {
            findings.Report(EvidenceProblemKind.Corrupt, sequence: null, $"Version {line.Version} of the format is not known here; a newer verifier may know it.");
        }
    }

    private static long? SequenceOf(EvidenceLine line) => line.Type is EvidenceNames.Entry or EvidenceNames.Checkpoint ? line.Sequence : null;
}

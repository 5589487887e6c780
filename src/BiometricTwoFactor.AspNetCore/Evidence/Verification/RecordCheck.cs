namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Says what is wrong with an entry by itself, and whether each erasure that entries speak of was recorded. It remembers the
/// keys of erased persons, and nothing else of the file.
/// </summary>
internal sealed class RecordCheck(Findings findings)
{
    private readonly HashSet<string> _erased = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Line, long Sequence)> _saidErased = new(StringComparer.Ordinal);

    private long _unreadErasure;

    public EvidenceRecordState Check(CheckedLine entry)
    {
        var line = entry.Line;
        if (line.Kind == EvidenceKind.Erased && entry.ErasedKeys.Count == 0)
        {
            _unreadErasure = line.Sequence;
        }

        foreach (var key in entry.ErasedKeys)
        {
            _erased.Add(key);
            _saidErased.Remove(key);
        }

        switch (entry.Finding)
        {
            case RecordFinding.Valid:
                return EvidenceRecordState.Valid;
            case RecordFinding.Unchecked:
                return EvidenceRecordState.Unchecked;
            case RecordFinding.Unsigned:
                return EvidenceRecordState.Unsigned;
            case RecordFinding.Erased:
                if (!findings.Result.IsPartial && !_erased.Contains(line.KeyId))
                {
                    // Mostly the entry that says so is still to come.
                    _saidErased.TryAdd(line.KeyId, (findings.Line, line.Sequence));
                }

                return EvidenceRecordState.Erased;
            case RecordFinding.ErasedWithKey:
                return Broken(EvidenceProblemKind.KeyDiffers, line, $"Entry {line.Sequence} says that its person was erased, and has a key.");
            case RecordFinding.ContentWithoutKey:
                return Broken(EvidenceProblemKind.KeyMissing, line, $"Entry {line.Sequence} has a content and no key to check it with.");
            case RecordFinding.NoKey:
                return Broken(EvidenceProblemKind.KeyMissing, line, $"Entry {line.Sequence} has no key: it was taken out, or the master key was not there when the file was made.");
            case RecordFinding.KeyDiffers:
                return Broken(EvidenceProblemKind.KeyDiffers, line, $"The key of entry {line.Sequence} is not the one that the entry was sealed under.");
            case RecordFinding.ContentDiffers:
                return Broken(EvidenceProblemKind.ContentDiffers, line, $"The content of entry {line.Sequence} is not what its ciphertext holds.");
            case RecordFinding.MadeUp:
                return Broken(EvidenceProblemKind.Changed, line, $"The content of entry {line.Sequence} is none that is recorded.");
            case RecordFinding.SignatureDiffers:
                return Broken(EvidenceProblemKind.SignatureDiffers, line, $"The delivery in entry {line.Sequence} is not signed under any of the secrets that were given.");
            default:
                return Broken(EvidenceProblemKind.Changed, line, $"Entry {line.Sequence} does not open under its key: the ciphertext or what is public about the entry was changed.");
        }
    }

    public void End()
    {
        if (findings.Result.IsPartial)
        {
            return; // the entry that says so may be in another part
        }

        foreach (var (id, (line, sequence)) in _saidErased.OrderBy(said => said.Value.Line))
        {
            findings.Report(line, EvidenceProblemKind.KeyMissing, sequence, _unreadErasure == 0
                ? $"The entries under key {id}, from {sequence} on, are said to be of an erased person; no entry records the erasure."
                : $"The entries under key {id}, from {sequence} on, have no key. Whether their person was erased cannot be told: entry {_unreadErasure}, which records an erasure, cannot be read (was the master key there when the file was made?).");
        }
    }

    private EvidenceRecordState Broken(EvidenceProblemKind kind, EvidenceLine line, string message)
    {
        findings.Report(kind, line.Sequence, message);
        return EvidenceRecordState.Broken;
    }
}

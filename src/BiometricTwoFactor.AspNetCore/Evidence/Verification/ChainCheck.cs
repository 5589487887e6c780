namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Whether every entry stands in its place and continues the one before. It remembers the last place and the gaps, no more;
/// so that it can say of an entry that is out of place whether it was moved, put in or doubled.
/// </summary>
internal sealed class ChainCheck(Findings findings)
{
    private readonly List<(long Line, byte[] Hash)> _last = [];
    private readonly List<Gap> _gaps = [];
    private long _sequence;
    private (long Sequence, byte[] Hash)? _beginning;
    private bool _headSeen;

    /// <summary>The last entry's place; 0 before there is one.</summary>
    public long Sequence => _sequence;

    /// <summary>Where the end of the file says that the chain ended; null before it was read.</summary>
    public long? EndedAt { get; private set; }

    /// <summary>A checkpoint before the first entry: there the chain was cut by retention.</summary>
    public void Begin(long sequence, ReadOnlySpan<byte> hash) => _beginning = (sequence, hash.ToArray());

    /// <summary>True when an entry at the last place has this hash.</summary>
    public bool EndsWith(ReadOnlySpan<byte> hash)
    {
        foreach (var (_, last) in _last)
        {
            if (EvidenceFormat.Same(last, hash))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>False when something is wrong with it.</summary>
    public bool Take(EvidenceLine line, bool hasItsHash)
    {
        var isWhole = hasItsHash;
        if (!hasItsHash)
        {
            findings.Report(EvidenceProblemKind.Changed, line.Sequence, $"Entry {line.Sequence} was changed: its hash is not the hash of what stands there.");
        }

        Remember(line);
        if (_sequence == 0)
        {
            isWhole &= TakeFirst(line);
            Put(line);
            return isWhole;
        }

        if (line.Sequence == _sequence + 1)
        {
            Continue(line);
            Put(line);
            return isWhole;
        }

        if (line.Sequence > _sequence)
        {
            if (!findings.Result.IsPartial)
            {
                _gaps.Add(new Gap(findings.Line, _sequence + 1, line.Sequence - 1));
            }

            Resolve(matching: null);
            Put(line);
            return isWhole;
        }

        return TakeBackward(line);
    }

    public void TakeEnd(EvidenceLine line)
    {
        EndedAt = line.Sequence;
        if (findings.Result.IsPartial)
        {
            return;
        }

        if (line.Sequence > _sequence)
        {
            findings.Report(EvidenceProblemKind.Removed, _sequence + 1, $"{Places(_sequence + 1, line.Sequence)} missing at the end of the file.");
        }
        else if (line.Sequence == _sequence && _sequence > 0 && !EndsWith(line.Hash))
        {
            findings.Report(_last[0].Line, EvidenceProblemKind.Changed, _sequence, $"The last entry ({_sequence}) is another than the one with which the chain ended.");
        }
        else if (line.Sequence < _sequence)
        {
            findings.Report(EvidenceProblemKind.Inserted, _sequence, $"The chain ended at {line.Sequence}; the file has entries behind it.");
        }

        Resolve(line.Hash.ToArray());
    }

    public void End()
    {
        Resolve(matching: null);
        findings.Result.LastHash = _last.Count > 0 ? Convert.ToHexStringLower(_last[0].Hash) : null;
        foreach (var gap in _gaps)
        {
            findings.Report(gap.Line, EvidenceProblemKind.Removed, gap.From, $"{Places(gap.From, gap.To)} missing before this line.");
        }

        if (findings.Options.HeadSequence is { } head && !_headSeen)
        {
            // The file itself says that it is a part: that must not be what turns the question off.
            findings.Report(0, EvidenceProblemKind.Truncated, head, findings.Result.IsPartial
                ? $"The file says that it is a part, and does not hold entry {head}, which is known to have been chained: whether the chain still does cannot be told. Verify an export of the whole, or of a part with that entry."
                : $"The file does not hold entry {head}, which is known to have been chained.");
        }
    }

    private void Remember(EvidenceLine line)
    {
        findings.Result.FirstSequence = findings.Result.FirstSequence == 0 ? line.Sequence : findings.Result.FirstSequence;
        if (line.Sequence != findings.Options.HeadSequence)
        {
            return;
        }

        _headSeen = true;
        if (findings.Options.HeadHash is { } known && !EvidenceFormat.Same(known, line.Hash))
        {
            findings.Report(EvidenceProblemKind.Changed, line.Sequence, $"Entry {line.Sequence} is another than the one that is known to have been chained.");
        }
    }

    private bool TakeFirst(EvidenceLine line)
    {
        if (findings.Result.IsPartial)
        {
            return true;
        }

        if (line.Sequence == 1)
        {
            if (EvidenceFormat.Same(line.Previous, new byte[EvidenceFormat.HashLength]))
            {
                return true;
            }

            findings.Report(EvidenceProblemKind.Changed, line.Sequence, "Entry 1 names an entry before it; there is none.");
            return false;
        }

        if (_beginning is { } cut && cut.Sequence == line.Sequence - 1 && EvidenceFormat.Same(cut.Hash, line.Previous))
        {
            return true;
        }

        findings.Report(
            EvidenceProblemKind.BeginningMissing, line.Sequence, $"The chain begins at {line.Sequence}, and no checkpoint of the entry before it says that what is missing was removed after its time.");
        return true;
    }

    private void Continue(EvidenceLine line)
    {
        if (EndsWith(line.Previous))
        {
            Resolve(line.Previous.ToArray());
            return;
        }

        findings.Report(
            _last[0].Line,
            EvidenceProblemKind.Changed,
            _sequence,
            $"Entry {_sequence} (line {_last[0].Line}) and entry {line.Sequence} (line {findings.Line}) do not belong together: one of them was changed, or put in another's place.");
        _last.Clear();
    }

    private bool TakeBackward(EvidenceLine line)
    {
        var gap = _gaps.Find(gap => gap.From <= line.Sequence && line.Sequence <= gap.To);
        if (gap is not null)
        {
            _gaps.Remove(gap);
            AddGap(gap.Line, gap.From, line.Sequence - 1);
            AddGap(gap.Line, line.Sequence + 1, gap.To);
            findings.Report(EvidenceProblemKind.Reordered, line.Sequence, $"Entry {line.Sequence} stands behind entry {_sequence}.");
            return false;
        }

        if (line.Sequence == _sequence && !EndsWith(line.Hash))
        {
            // Which of them was chained, the next entry tells.
            _last.Add((findings.Line, line.Hash.ToArray()));
            return true;
        }

        if (findings.Result.IsPartial && line.Sequence != _sequence)
        {
            findings.Report(EvidenceProblemKind.Reordered, line.Sequence, $"Entry {line.Sequence} stands behind entry {_sequence}.");
            return false;
        }

        findings.Report(EvidenceProblemKind.Inserted, line.Sequence, $"Entry {line.Sequence} is there a second time.");
        return false;
    }

    /// <summary>Of several entries that claim the last place, all but the one with this hash were put in.</summary>
    private void Resolve(byte[]? matching)
    {
        if (_last.Count > 1)
        {
            foreach (var (line, hash) in _last)
            {
                if (matching is null || !EvidenceFormat.Same(hash, matching))
                {
                    var lines = string.Join(" and ", _last.Select(last => last.Line));
                    findings.Report(line, EvidenceProblemKind.Inserted, _sequence, $"Lines {lines} both claim to be entry {_sequence}; the one in line {line} was not chained, or nothing tells that it was.");
                }
            }

            _last.RemoveRange(1, _last.Count - 1);
        }
    }

    private void Put(EvidenceLine line)
    {
        _sequence = line.Sequence;
        findings.Result.LastSequence = line.Sequence;
        var hash = _last.Count > 0 ? _last[0].Hash : new byte[EvidenceFormat.HashLength];
        line.Hash.CopyTo(hash);
        _last.Clear();
        _last.Add((findings.Line, hash));
    }

    private void AddGap(long line, long from, long to)
    {
        if (from <= to)
        {
            _gaps.Add(new Gap(line, from, to));
        }
    }

    private static string Places(long from, long to) => from == to ? $"Entry {from} is" : $"Entries {from} to {to} are";

    private sealed record Gap(long Line, long From, long To);
}

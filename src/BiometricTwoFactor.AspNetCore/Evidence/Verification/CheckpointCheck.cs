using System.Security.Cryptography;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Whether each checkpoint names the entry that stands there, and is signed by a key that was given.</summary>
internal sealed class CheckpointCheck(Findings findings, ChainCheck chain)
{
    private readonly Dictionary<string, ECDsa> _keys = findings.Options.PublicKeys.DistinctBy(EvidenceKeyText.NameOf, StringComparer.Ordinal).ToDictionary(EvidenceKeyText.NameOf, StringComparer.Ordinal);

    private long _furthest;

    public void Check(EvidenceLine line)
    {
        if (!IsSigned(line, out var isChecked))
        {
            findings.Report(EvidenceProblemKind.CheckpointDiffers, line.Sequence, $"The signature of the checkpoint at {line.Sequence} is not right, or of a key that was not given.");
            return;
        }

        _furthest = Math.Max(_furthest, line.Sequence);
        if (chain.Sequence == 0)
        {
            // Where keys are given, one that is not signed says nothing: anybody can write it in the place of what was taken out.
            if (isChecked || _keys.Count == 0)
            {
                chain.Begin(line.Sequence, line.Hash);
            }

            Count(line, isChecked, covers: false);
            return;
        }

        if (line.Sequence == chain.Sequence)
        {
            if (!chain.EndsWith(line.Hash))
            {
                findings.Report(
                    EvidenceProblemKind.CheckpointDiffers,
                    line.Sequence,
                    $"The checkpoint at {line.Sequence} was made of another chain: between {findings.Result.CoveredThrough + 1} and {line.Sequence} something was changed.");
                return;
            }

            Count(line, isChecked, covers: true);
        }
        else if (findings.Result.IsPartial || line.Sequence > chain.Sequence)
        {
            // What it is about is not in this part; or missing, which the next entry or the end says.
            Count(line, isChecked, covers: false);
        }
        else
        {
            findings.Report(EvidenceProblemKind.Reordered, line.Sequence, $"The checkpoint at {line.Sequence} stands behind entry {chain.Sequence}.");
        }
    }

    /// <summary>A checkpoint is proof that there was an entry in its place, even where the end of the file denies it.</summary>
    public void End()
    {
        if (!findings.Result.IsPartial && chain.EndedAt is { } end && _furthest > Math.Max(end, chain.Sequence))
        {
            findings.Report(
                0, EvidenceProblemKind.Removed, chain.Sequence + 1, $"A checkpoint names entry {_furthest}; the file has the entries to {chain.Sequence} only, and says that the chain ended at {end}.");
        }

        if (findings.Options.MostUncovered is { } most)
        {
            Demand(most);
        }
    }

    private void Demand(long most)
    {
        var result = findings.Result;
        if (result.IsPartial)
        {
            findings.Report(0, EvidenceProblemKind.Uncovered, sequence: null, "Checkpoints are demanded, and the file says that it is a part: how far they cover the chain cannot be told. Verify an export of the whole.");
        }
        else if (result.CoveredThrough == 0)
        {
            findings.Report(0, EvidenceProblemKind.Uncovered, sequence: null, "No checkpoint that is signed under a given key covers the chain: they were taken out, or none was made.");
        }
        else if (result.LastSequence - result.CoveredThrough > most)
        {
            findings.Report(
                0, EvidenceProblemKind.Uncovered, result.CoveredThrough + 1, $"{result.LastSequence - result.CoveredThrough} entries, from {result.CoveredThrough + 1} on, stand behind the last checked checkpoint; {most} may.");
        }
    }

    private void Count(EvidenceLine line, bool isChecked, bool covers)
    {
        if (!isChecked)
        {
            findings.Result.UnsignedCheckpoints++;
            return;
        }

        findings.Result.SignedCheckpoints++;
        findings.Result.CoveredThrough = covers ? line.Sequence : findings.Result.CoveredThrough;
    }

    /// <summary>False when it claims a signature that is wrong. Unsigned, or with no key given, nothing is claimed or can be checked.</summary>
    private bool IsSigned(EvidenceLine line, out bool isChecked)
    {
        isChecked = false;
        if (line.Signature.Length == 0 || _keys.Count == 0)
        {
            return true;
        }

        isChecked = _keys.TryGetValue(line.KeyId, out var key)
            && EvidenceSigner.IsSignedBy(key, new EvidenceCheckpoint(line.Tenant, line.Sequence, line.Hash.ToArray(), line.At, line.KeyId, line.Signature.ToArray()));
        return isChecked;
    }
}

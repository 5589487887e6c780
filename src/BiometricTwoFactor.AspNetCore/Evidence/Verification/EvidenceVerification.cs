namespace BiometricTwoFactor.AspNetCore;

/// <summary>The result of <see cref="EvidenceVerifier.VerifyAsync"/>.</summary>
public sealed class EvidenceVerification
{
    private const int MostKept = 1_000;

    private readonly List<EvidenceProblem> _problems = [];

    /// <summary>True when nothing is wrong.</summary>
    public bool IsIntact => ProblemCount == 0;

    /// <summary>True when the file says that it is a part: what is missing from it cannot be told.</summary>
    public bool IsPartial { get; internal set; }

    /// <summary>How many lines were read.</summary>
    public long Lines { get; internal set; }

    /// <summary>How many entries were read.</summary>
    public long Entries { get; internal set; }

    /// <summary>How many of them are <see cref="EvidenceRecordState.Valid"/>.</summary>
    public long Valid { get; internal set; }

    /// <summary>How many deliveries could not be checked, since no secret was given.</summary>
    public long Unchecked { get; internal set; }

    /// <summary>How many were read by API and have no signature of the provider's.</summary>
    public long Unsigned { get; internal set; }

    /// <summary>How many are about erased persons.</summary>
    public long Erased { get; internal set; }

    /// <summary>How many are broken.</summary>
    public long Broken { get; internal set; }

    /// <summary>How many checkpoints have a signature that was checked and is right.</summary>
    public long SignedCheckpoints { get; internal set; }

    /// <summary>How many checkpoints agree with the chain and are unsigned, or signed by a key that was not given.</summary>
    public long UnsignedCheckpoints { get; internal set; }

    /// <summary>The last entry that a rightly signed checkpoint covers; 0 for none. Whoever has the database could have written what comes after it.</summary>
    public long CoveredThrough { get; internal set; }

    /// <summary>The first entry's place; 0 for none.</summary>
    public long FirstSequence { get; internal set; }

    /// <summary>The last entry's place; 0 for none.</summary>
    public long LastSequence { get; internal set; }

    /// <summary>The last entry's hash as lower-case hex; null for none. Note it elsewhere: a later file must still hold it.</summary>
    public string? LastHash { get; internal set; }

    /// <summary>How many drafts waited to be chained when the file was made.</summary>
    public long Waiting { get; internal set; }

    /// <summary>How many problems were found.</summary>
    public long ProblemCount { get; private set; }

    /// <summary>The first 1000 that were found, in the order of their lines; what is about the file as a whole comes last.</summary>
    public IReadOnlyList<EvidenceProblem> Problems => _problems;

    /// <summary>Intact or not, and how much of it.</summary>
    public override string ToString() => $"{(IsIntact ? "intact" : ProblemCount == 1 ? "1 problem" : $"{ProblemCount} problems")}, {Entries} entries";

    internal void Add(EvidenceProblem problem)
    {
        ProblemCount++;
        if (_problems.Count < MostKept)
        {
            _problems.Add(problem);
        }
    }

    /// <summary>Some are noticed long after their line.</summary>
    internal void Order()
    {
        EvidenceProblem[] ordered = [.. _problems.OrderBy(problem => problem.Line == 0 ? long.MaxValue : problem.Line)];
        _problems.Clear();
        _problems.AddRange(ordered);
    }

    internal void Count(EvidenceRecordState state)
    {
        Entries++;
        switch (state)
        {
            case EvidenceRecordState.Valid:
                Valid++;
                break;
            case EvidenceRecordState.Unchecked:
                Unchecked++;
                break;
            case EvidenceRecordState.Unsigned:
                Unsigned++;
                break;
            case EvidenceRecordState.Erased:
                Erased++;
                break;
            default:
                Broken++;
                break;
        }
    }
}

namespace BiometricTwoFactor.ReferenceMatcher.Fuzzing;

/// <summary>How long and with what.</summary>
/// <param name="Duration">How long to run.</param>
/// <param name="Seed">Where the random numbers begin.</param>
/// <param name="Hang">How long one decoding may take before it is a finding.</param>
/// <param name="Keep">Where the inputs that failed are written; null writes none.</param>
/// <param name="Corpus">Where an earlier run's inputs are read and this one's are written; null begins and ends without.</param>
public sealed record FuzzOptions(TimeSpan Duration, int Seed, TimeSpan Hang, string? Keep, string? Corpus = null);

/// <summary>An input that must not be possible.</summary>
/// <param name="What">What happened: an exception with its place, too much memory, or a hang.</param>
/// <param name="Input">The file that did it.</param>
public sealed record Finding(string What, byte[] Input)
{
    /// <summary>For a regression test: short inputs are pasted as they are.</summary>
    public override string ToString() => Input.Length <= 2048 ? $"{What}\n{Convert.ToBase64String(Input)}" : $"{What}\n({Input.Length} bytes)";
}

/// <summary>What a run came to.</summary>
public sealed class FuzzReport
{
    public long Executions { get; set; }

    /// <summary>Inputs that reached something new, the seeds included.</summary>
    public int Corpus { get; set; }

    /// <summary>Pairs of branches that were seen one after the other.</summary>
    public int Edges { get; set; }

    public TimeSpan WorstTime { get; set; }

    public long WorstAllocation { get; set; }

    /// <summary>Executions by outcome: the refusals' sentences, and "decoded".</summary>
    public Dictionary<string, long> Outcomes { get; } = new(StringComparer.Ordinal);

    /// <summary>One for each kind.</summary>
    public List<Finding> Findings { get; } = [];
}

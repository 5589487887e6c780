namespace BiometricTwoFactor.AspNetCore;

/// <summary>Where the parts of the verifier write down what they find.</summary>
internal sealed class Findings(EvidenceVerification result, EvidenceVerifierOptions options)
{
    public EvidenceVerification Result { get; } = result;

    public EvidenceVerifierOptions Options { get; } = options;

    /// <summary>The present line, from 1.</summary>
    public long Line { get; set; }

    public void Report(EvidenceProblemKind kind, long? sequence, string message) => Report(Line, kind, sequence, message);

    public void Report(long line, EvidenceProblemKind kind, long? sequence, string message)
    {
        var problem = new EvidenceProblem(line, sequence, kind, message);
        Result.Add(problem);
        Options.OnProblem?.Invoke(problem);
    }

    public void Tell(EvidenceLine line, EvidenceRecordState state)
    {
        Result.Count(state);
        Options.OnRecord?.Invoke(new EvidenceRecordVerdict(Line, line.Sequence, line.Kind, line.ChallengeId, state));
    }
}

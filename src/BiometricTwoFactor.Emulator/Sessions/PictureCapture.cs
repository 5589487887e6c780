namespace BiometricTwoFactor.Emulator;

/// <summary>A capture that ends by a picture: from the hosted page or from a test.</summary>
internal sealed class PictureCapture(EmulatorSettings settings, SessionStore store, SessionFlow flow)
{
    /// <summary>How often a picture may be unusable before the capture is declined.</summary>
    public const int Tries = 3;

    private readonly CaptureJudge _judge = new(settings);

    /// <summary>What became of a picture.</summary>
    /// <param name="Completion">The finished capture; null when the session was finished before, or is still open.</param>
    /// <param name="Problems">Why the picture cannot be used; empty unless another one may be tried.</param>
    /// <param name="TriesLeft">How many more pictures may be tried.</param>
    internal sealed record Outcome(SessionFlow.Completion? Completion, IReadOnlyList<string> Problems, int TriesLeft);

    /// <summary>Whether the page may offer it.</summary>
    public bool IsOffered(SessionRecord session)
    {
        lock (store.Gate)
        {
            return session.Scenario is null && _judge.CanJudge(session.Workflow, store.ReferenceOf(session) is not null);
        }
    }

    /// <summary>Judges, and finishes the session unless the picture is unusable and another may be tried.</summary>
    public Outcome Take(SessionRecord session, ReadOnlySpan<byte> selfie, bool isLastTry)
    {
        HeldPicture? reference;
        lock (store.Gate)
        {
            if (session.IsDeleted || !session.IsUnfinished)
            {
                return new Outcome(null, [], 0);
            }

            if (session.Scenario is { } armed)
            {
                return new Outcome(flow.Complete(session, armed), [], 0); // chosen in advance: nothing is looked at
            }

            reference = store.ReferenceOf(session)?.Copy();
        }

        CaptureJudge.Verdict verdict;
        using (reference)
        {
            verdict = _judge.Judge(selfie, reference is null ? default : reference.Bytes, session.Workflow);
        }

        lock (store.Gate)
        {
            if (verdict.Problems.Count > 0 && !isLastTry && session.IsUnfinished && !session.IsDeleted && ++session.UnusablePictures < Tries)
            {
                return new Outcome(null, verdict.Problems, Tries - session.UnusablePictures);
            }

            return new Outcome(flow.Complete(session, verdict.Result, selfie), [], 0);
        }
    }
}

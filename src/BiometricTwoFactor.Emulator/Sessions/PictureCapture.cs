using System.Security.Cryptography;
using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator;

/// <summary>A capture that ends by what was shown to the camera: at the hosted page or in a test.</summary>
internal sealed class PictureCapture(EmulatorSettings settings, SessionStore store, SessionFlow flow)
{
    /// <summary>How often a capture may be unusable before the session is declined.</summary>
    public const int Tries = 3;

    private readonly CaptureJudge _judge = new(settings);
    private readonly FrameShelf _shelf = new();

    /// <summary>What became of a capture.</summary>
    /// <param name="Completion">The finished capture; null when the session was finished before, or is still open.</param>
    /// <param name="Problems">Why the capture cannot be used; empty unless another one may be tried.</param>
    /// <param name="TriesLeft">How many more captures may be tried.</param>
    internal sealed record Outcome(SessionFlow.Completion? Completion, IReadOnlyList<PictureProblem> Problems, int TriesLeft);

    /// <summary>Whether a picture would be judged, were no scenario armed.</summary>
    public bool CanJudge(SessionRecord session)
    {
        lock (store.Gate)
        {
            return _judge.CanJudge(session.Workflow, store.ReferenceOf(session) is not null);
        }
    }

    /// <summary>Which way the head is to turn, drawn by lot for each try; null where no turn is asked for.</summary>
    public HeadTurn? AskTurn(SessionRecord session)
    {
        if (session.Workflow.LivenessMethod != LivenessMethod.Active3D)
        {
            return null;
        }

        lock (store.Gate)
        {
            // A film made beforehand is right half of the time. Looking at the page again draws no other side.
            return session.AskedTurn ??= RandomNumberGenerator.GetInt32(2) == 0 ? HeadTurn.Left : HeadTurn.Right;
        }
    }

    /// <summary>One picture in the customer's place. No turn of the head is asked for.</summary>
    public Outcome Take(SessionRecord session, ReadOnlySpan<byte> selfie, bool isLastTry)
    {
        using var shown = new ShownFrames([new HeldPicture(selfie)]);
        return Take(session, shown, isLastTry);
    }

    /// <summary>Judges, and finishes the session unless the capture is unusable and another may be tried.</summary>
    public Outcome Take(SessionRecord session, ShownFrames shown, bool isLastTry)
    {
        HeldPicture? reference;
        lock (store.Gate)
        {
            if (session.IsDeleted || !session.IsUnfinished)
            {
                return new Outcome(null, [], 0);
            }

            NoteStarted(session);
            if (session.Scenario is { } armed)
            {
                return new Outcome(flow.Complete(session, armed), [], 0); // chosen in advance: nothing is looked at
            }

            reference = store.ReferenceOf(session)?.Copy();
        }

        CaptureJudge.Verdict verdict;
        using (reference)
        {
            verdict = _judge.Judge(shown, reference is null ? default : reference.Bytes, session.Workflow);
        }

        lock (store.Gate)
        {
            if (session.IsDeleted || !session.IsUnfinished)
            {
                return new Outcome(null, [], 0); // decided elsewhere meanwhile
            }

            _shelf.Keep(session, shown.All);
            session.AskedTurn = null; // the next try has its own
            if (verdict.Problems.Count > 0)
            {
                flow.Note(session, "picture_unusable", string.Join(", ", verdict.Problems.Select(problem => problem.Code).Distinct(StringComparer.Ordinal)));
                if (++session.UnusablePictures < Tries && !isLastTry)
                {
                    return new Outcome(null, verdict.Problems, Tries - session.UnusablePictures);
                }
            }
            else
            {
                flow.Note(session, "picture_judged", Summary(verdict.Result));
            }

            return new Outcome(flow.Complete(session, verdict.Result, shown.Frontal.Bytes), [], 0);
        }
    }

    /// <summary>The camera runs, or a picture has arrived: said once.</summary>
    public void NoteStarted(SessionRecord session)
    {
        lock (store.Gate)
        {
            if (!session.IsCaptureStarted)
            {
                session.IsCaptureStarted = true;
                flow.Note(session, "capture_started");
            }
        }
    }

    private static string Summary(CaptureResult result) => result.FaceMatch is { } match
        ? FormattableString.Invariant($"liveness {result.Liveness.Score}, face match {match.Score}")
        : FormattableString.Invariant($"liveness {result.Liveness.Score}");
}

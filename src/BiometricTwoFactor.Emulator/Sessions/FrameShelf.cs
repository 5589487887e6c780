namespace BiometricTwoFactor.Emulator;

/// <summary>
/// The frames of the latest captures, for the console to show: in memory, few, and zeroed when newer ones come or the
/// session's pictures go. Touched under the store's lock only.
/// </summary>
internal sealed class FrameShelf
{
    private const int MostSessions = 50;
    private const int MostFrames = 12;
    private const int MostBytes = 2 * 1024 * 1024;

    private readonly LinkedList<SessionRecord> _latest = [];

    /// <summary>Keeps copies instead of the session's earlier ones: evenly spread frames, the first among them.</summary>
    public void Keep(SessionRecord session, IReadOnlyList<HeldPicture> frames)
    {
        session.WipeFrames();
        _latest.Remove(session);
        _latest.AddLast(session);
        if (_latest.Count > MostSessions)
        {
            _latest.First!.Value.WipeFrames();
            _latest.RemoveFirst();
        }

        var count = Math.Min(frames.Count, MostFrames);
        var bytes = 0;
        for (var i = 0; i < count; i++)
        {
            var frame = frames[count == 1 ? 0 : i * (frames.Count - 1) / (count - 1)];
            bytes += frame.Bytes.Length;
            if (bytes <= MostBytes)
            {
                session.Frames.Add(frame.Copy());
            }
        }
    }
}

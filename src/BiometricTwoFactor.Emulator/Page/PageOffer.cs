using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator;

/// <summary>What the hosted page can do with what the camera shows.</summary>
/// <param name="IsArmed">A scenario decides, whatever is shown.</param>
/// <param name="Judges">A picture would be judged.</param>
/// <param name="ComparesFaces">It would be compared with a portrait.</param>
/// <param name="MeasuresLiveness">Its liveness would be measured, not simulated.</param>
/// <param name="Turn">The turn of the head that is asked for; null where none is.</param>
internal sealed record PageOffer(bool IsArmed, bool Judges, bool ComparesFaces, bool MeasuresLiveness, HeadTurn? Turn)
{
    /// <summary>The camera has a use.</summary>
    public bool TakesPicture => IsArmed || Judges;
}

namespace BiometricTwoFactor.Emulator;

/// <summary>What the hosted page can do with a picture.</summary>
/// <param name="TakesPicture">A picture would be judged.</param>
/// <param name="ComparesFaces">It would be compared with a portrait.</param>
/// <param name="MeasuresLiveness">Its liveness would be measured, not simulated.</param>
internal sealed record PageOffer(bool TakesPicture, bool ComparesFaces, bool MeasuresLiveness);

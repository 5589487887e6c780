namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>What a picture may cost. Checked from its header, before anything is allocated for it.</summary>
/// <param name="MaxBytes">The file's length, in bytes.</param>
/// <param name="MaxPixels">Width times height as the header states them.</param>
/// <param name="MaxMemory">Bytes that decoding may hold at once, the decoded picture included.</param>
/// <param name="ReduceAbove">
/// A picture is decoded at a half, a quarter or an eighth of its size as long as its longer side keeps at least this
/// many pixels. 0 decodes at full size, and interlaced PNG always is.
/// </param>
internal sealed record ImageLimits(int MaxBytes, long MaxPixels, long MaxMemory, int ReduceAbove);

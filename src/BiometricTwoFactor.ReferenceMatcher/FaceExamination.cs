using BiometricTwoFactor.ReferenceMatcher.Imaging;

namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>A picture that was looked at, with what the next step needs. Disposing wipes the pixels.</summary>
internal sealed class FaceExamination(FaceAnalysis analysis, PicturePyramid? pyramid, FaceDetection? face) : IDisposable
{
    public FaceAnalysis Analysis => analysis;

    /// <summary>The decoded picture; null exactly when <see cref="Face"/> is.</summary>
    public PicturePyramid? Pyramid => pyramid;

    /// <summary>The face, in pixels of the decoded picture (those of the analysis are of the file's full size).</summary>
    public FaceDetection? Face => face;

    public static FaceExamination Failed(string reason) =>
        new(new FaceAnalysis(null, null, [new FaceWarning(FaceWarningCode.NoFaceDetected, reason)]), null, null);

    public void Dispose() => pyramid?.Clear();
}

using BiometricTwoFactor.ReferenceMatcher.Imaging;
using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Embedding;

/// <summary>Brings a face upright and to one size: eyes and mouth to where the network was trained to have them.</summary>
internal static class FaceAligner
{
    /// <summary>Medians, measured against dlib's own layout of a face's crop.</summary>
    private static readonly FacePoint[] Places = [new(45.87f, 46.91f), new(102.60f, 47.11f), new(73.65f, 106.38f)];

    /// <summary>
    /// From the crop's pixels to the picture: least squares in the picture, where the key points were measured. Null when
    /// they are no face.
    /// </summary>
    public static Similarity? ToPicture(FaceKeyPoints points) =>
        Similarity.Fit(Places, [points.RightEye, points.LeftEye, points.Mouth]) is { Scale: > 0 and < float.PositiveInfinity } toPicture ? toPicture : null;

    /// <summary>Fills the network's input.</summary>
    public static void Fill(PicturePyramid pyramid, Similarity toPicture, FeatureMap input) =>
        Resampler.Fill(pyramid, toPicture, input, (122.782f, 117.001f, 104.298f), 1 / 255f);
}

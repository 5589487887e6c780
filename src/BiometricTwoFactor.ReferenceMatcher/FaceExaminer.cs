using System.Globalization;
using BiometricTwoFactor.ReferenceMatcher.Detection;
using BiometricTwoFactor.ReferenceMatcher.Embedding;
using BiometricTwoFactor.ReferenceMatcher.Imaging;

namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>Decodes a picture, finds its face and says what speaks against it.</summary>
internal sealed class FaceExaminer(FaceDetector detector, FaceEmbedder embedder, FaceMatcherSettings settings)
{
    /// <summary>A JPEG's longer side keeps this many pixels: twelve megapixels are read at a quarter, in a tenth of the time.</summary>
    private const int ReduceAbove = 1000;

    private readonly ImageLimits _limits = new(settings.MaxImageBytes, settings.MaxImagePixels, settings.MaxImageMemory, ReduceAbove);

    public FaceExamination Examine(ReadOnlySpan<byte> file)
    {
        var decoding = ImageDecoder.Decode(file, _limits);
        if (!decoding.IsDecoded)
        {
            return FaceExamination.Failed(decoding.Refusal);
        }

        var image = decoding.Image;
        var pyramid = new PicturePyramid(image);
        var faces = detector.Detect(pyramid);
        if (faces.Count == 0 || FaceAligner.ToPicture(faces[0].KeyPoints) is not { } toPicture)
        {
            pyramid.Clear();
            return FaceExamination.Failed("No face was found in the picture.");
        }

        var full = FaceGeometry.Scale(faces[0], image.ReducedBy);
        var quality = new FaceQuality(
            MathF.Min(full.Box.Width, full.Box.Height),
            embedder.Sharpness(pyramid, toPicture),
            FaceQualityMeter.Luminance(image, faces[0].Box),
            Prominence.Count(faces));
        return new FaceExamination(new FaceAnalysis(full, quality, [.. Warnings(image, full, quality)]), pyramid, faces[0]);
    }

    // Written so that a value which is no number warns.
    private IEnumerable<FaceWarning> Warnings(FaceImage image, FaceDetection face, FaceQuality quality)
    {
        if (!image.IsOpaque)
        {
            // Who looks at the picture later, in a review or as evidence, would see something else than was compared.
            yield return new FaceWarning(FaceWarningCode.LowFaceQuality, "The picture is partly transparent, so that what is seen is not what would be compared.");
        }

        if (quality.FaceCount > 1)
        {
            yield return new FaceWarning(FaceWarningCode.MultipleFacesDetected, "More than one face stands out in the picture.");
        }

        if (!(quality.FaceSize >= settings.MinFaceSize))
        {
            yield return new FaceWarning(FaceWarningCode.LowFaceQuality, Say($"The face is {quality.FaceSize:0} pixels wide or high; {settings.MinFaceSize:0} are needed."));
        }

        if (!(MathF.Abs(face.RollDegrees) <= settings.MaxRollDegrees))
        {
            yield return new FaceWarning(FaceWarningCode.LowFaceQuality, Say($"The head leans by {MathF.Abs(face.RollDegrees):0} degrees; at most {settings.MaxRollDegrees:0} are compared."));
        }

        if (!(quality.Sharpness >= settings.MinSharpness))
        {
            yield return new FaceWarning(FaceWarningCode.LowFaceQuality, "The face is too blurred to be compared.");
        }

        if (!(quality.Luminance >= settings.MinLuminance))
        {
            yield return new FaceWarning(FaceWarningCode.LowFaceLuminance, "The face is too dark to be compared.");
        }

        if (!(quality.Luminance <= settings.MaxLuminance))
        {
            yield return new FaceWarning(FaceWarningCode.HighFaceLuminance, "The face is too bright to be compared.");
        }
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

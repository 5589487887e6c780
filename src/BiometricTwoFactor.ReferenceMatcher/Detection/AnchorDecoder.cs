using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Detection;

/// <summary>Turns the network's four heads into faces. An anchor is a place; box and key points are told relative to it.</summary>
internal static class AnchorDecoder
{
    private const float LeastConfidence = 0.5f;

    private const int ValuesPerAnchor = 16;

    /// <summary>Adds what was seen in a square view of the picture.</summary>
    public static void Decode(DetectorWorkspace workspace, float left, float top, float side, List<FaceDetection> found)
    {
        Decode(workspace.FineScores, workspace.FineBoxes, anchors: 2, left, top, side, found);
        Decode(workspace.CoarseScores, workspace.CoarseBoxes, anchors: 6, left, top, side, found);
    }

    private static void Decode(FeatureMap scores, FeatureMap boxes, int anchors, float left, float top, float side, List<FaceDetection> found)
    {
        for (var y = 0; y < scores.Height; y++)
        {
            for (var x = 0; x < scores.Width; x++)
            {
                for (var anchor = 0; anchor < anchors; anchor++)
                {
                    var confidence = 1 / (1 + MathF.Exp(-scores.Values[scores.OffsetOf(y, x) + anchor]));
                    if (confidence >= LeastConfidence)
                    {
                        var values = boxes.Values.AsSpan(boxes.OffsetOf(y, x) + (anchor * ValuesPerAnchor), ValuesPerAnchor);
                        var origin = new FacePoint((x + 0.5f) / scores.Width, (y + 0.5f) / scores.Height);
                        if (Read(values, origin, left, top, side, confidence) is { } face)
                        {
                            found.Add(face);
                        }
                    }
                }
            }
        }
    }

    private static FaceDetection? Read(ReadOnlySpan<float> values, FacePoint origin, float left, float top, float side, float confidence)
    {
        var unit = side / DetectorNetwork.InputSize;
        var (width, height) = (values[2] * unit, values[3] * unit);
        var centre = Point(values, 0);
        if (!(width > 0 && height > 0))
        {
            return null;
        }

        var points = new FaceKeyPoints(Point(values, 4), Point(values, 6), Point(values, 8), Point(values, 10), Point(values, 12), Point(values, 14));
        return FaceGeometry.Describe(new FaceBox(centre.X - (width / 2), centre.Y - (height / 2), width, height), points, confidence);

        FacePoint Point(ReadOnlySpan<float> from, int at) =>
            new(left + (origin.X * side) + (from[at] * unit), top + (origin.Y * side) + (from[at + 1] * unit));
    }
}

using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator;

/// <summary>What the page tells somebody who is still moving before the camera, from one small frame.</summary>
/// <param name="Faces">How many stand out.</param>
/// <param name="Box">Where the face is; null without one. In shares of the frame's width and height.</param>
/// <param name="Luminance">Mean brightness of the face, 0 to 100; null without one.</param>
/// <param name="YawDegrees">As <see cref="FaceDetection.YawDegrees"/>; null without a face.</param>
/// <param name="Advice">A word; <see cref="Good"/> when there is nothing to say.</param>
internal sealed record Guidance(int Faces, FaceBox? Box, float? Luminance, float? YawDegrees, string Advice)
{
    public const string Good = "good";

    // Stricter than what is compared at all: whoever follows the advice is well inside.
    private const float Dark = 18;
    private const float Bright = 86;
    private const float FarLean = 20;
    private const float FarTurn = 18;

    // Shares of the frame's shorter side.
    private const float Small = 0.26f;
    private const float Large = 0.72f;
    private const float OffCentre = 0.2f;

    /// <param name="analysis">What the matcher saw.</param>
    /// <param name="width">The frame's, in pixels; the client says it, since it drew the frame.</param>
    /// <param name="height">See <paramref name="width"/>.</param>
    public static Guidance Of(FaceAnalysis analysis, int width, int height)
    {
        if (analysis is not { Face: { } face, Quality: { } quality })
        {
            return new Guidance(0, null, null, null, "no_face");
        }

        var side = (float)Math.Min(width, height);
        var box = face.Box;
        var size = MathF.Max(box.Width, box.Height) / side;
        var across = MathF.Abs(box.X + (box.Width / 2) - (width / 2f)) / side;
        var down = MathF.Abs(box.Y + (box.Height / 2) - (height / 2f)) / side;
        if (!float.IsFinite(size + across + down + quality.Luminance + face.YawDegrees))
        {
            return new Guidance(0, null, null, null, "no_face");
        }

        var advice =
            quality.FaceCount > 1 ? "several_faces"
            : quality.Luminance < Dark ? "too_dark"
            : quality.Luminance > Bright ? "too_bright"
            : size < Small ? "too_far"
            : size > Large ? "too_close"
            : across > OffCentre || down > OffCentre ? "off_centre"
            : MathF.Abs(face.RollDegrees) > FarLean ? "tilted"
            : MathF.Abs(face.YawDegrees) > FarTurn ? "look_straight"
            : Good;
        return new Guidance(
            quality.FaceCount,
            new FaceBox(box.X / width, box.Y / height, box.Width / width, box.Height / height),
            quality.Luminance, face.YawDegrees, advice);
    }
}

using BiometricTwoFactor.ReferenceMatcher.Detection;
using BiometricTwoFactor.ReferenceMatcher.Imaging;
using BiometricTwoFactor.ReferenceMatcher.Tests.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Detection;

public sealed class DetectionTests
{
    private static readonly FaceKeyPoints Frontal = new(new(40, 50), new(80, 50), new(60, 70), new(60, 90), new(25, 60), new(95, 60));

    [Fact]
    public void Roll_is_positive_clockwise_in_the_picture()
    {
        Assert.Equal(0, Describe(Frontal).RollDegrees);
        Assert.Equal(45, Describe(Frontal with { LeftEye = new(80, 90) }).RollDegrees, 1e-3f); // the eye on the right of the picture is lower
        Assert.Equal(-45, Describe(Frontal with { LeftEye = new(80, 10) }).RollDegrees, 1e-3f);
        Assert.Equal(180, MathF.Abs(Describe(Frontal with { LeftEye = new(0, 50) }).RollDegrees), 1e-3f);
    }

    [Fact]
    public void Yaw_is_positive_to_the_persons_own_left()
    {
        Assert.Equal(0, Describe(Frontal).YawDegrees);
        // To the person's left is to the right of the picture: the nose nears the left ear.
        Assert.InRange(Describe(Frontal with { NoseTip = new(75, 70) }).YawDegrees, 10, 30);
        Assert.InRange(Describe(Frontal with { NoseTip = new(45, 70) }).YawDegrees, -30, -10);
        Assert.Equal(0, Describe(Frontal with { LeftEar = Frontal.RightEar }).YawDegrees); // ears in one place tell nothing
    }

    [Fact]
    public void A_leaning_head_has_the_same_yaw()
    {
        var turned = Frontal with { NoseTip = new(75, 70) };
        var lean = new Similarity(MathF.Cos(0.6f), MathF.Sin(0.6f), 10, -5);
        var leaning = new FaceKeyPoints(
            lean.Apply(turned.RightEye), lean.Apply(turned.LeftEye), lean.Apply(turned.NoseTip), lean.Apply(turned.Mouth), lean.Apply(turned.RightEar), lean.Apply(turned.LeftEar));
        Assert.Equal(Describe(turned).YawDegrees, Describe(leaning).YawDegrees, 1e-2f);
        Assert.Equal(float.RadiansToDegrees(0.6f), Describe(leaning).RollDegrees, 1e-2f);
    }

    [Fact]
    public void Scaling_scales_every_length_and_no_angle()
    {
        var face = FaceGeometry.Describe(new FaceBox(1, 2, 3, 4), Frontal with { NoseTip = new(75, 70) }, 0.8f);
        var scaled = FaceGeometry.Scale(face, 4);
        Assert.Equal(new FaceBox(4, 8, 12, 16), scaled.Box);
        Assert.Equal(new FaceKeyPoints(new(160, 200), new(320, 200), new(300, 280), new(240, 360), new(100, 240), new(380, 240)), scaled.KeyPoints);
        Assert.Equal((face.Confidence, face.RollDegrees, face.YawDegrees), (scaled.Confidence, scaled.RollDegrees, scaled.YawDegrees));
    }

    [Fact]
    public void Boxes_of_one_face_become_their_mean_weighted_by_confidence()
    {
        var merged = Suppression.Merge([Face(0, 0, 100, 0.6f), Face(20, 0, 100, 0.9f), Face(300, 0, 50, 0.7f)]);
        Assert.Equal(2, merged.Count);
        Assert.Equal(0.9f, merged[0].Confidence);
        Assert.Equal(20 * 0.9f / 1.5f, merged[0].Box.X, 1e-3f);
        Assert.Equal(merged[0].Box.X + 30, merged[0].KeyPoints.RightEye.X, 1e-3f);
        Assert.Equal(Face(300, 0, 50, 0.7f).Box, merged[1].Box);
        Assert.Empty(Suppression.Merge([]));
    }

    [Fact]
    public void Overlap_is_the_shared_part_of_both_together()
    {
        var box = new FaceBox(0, 0, 10, 10);
        Assert.Equal(1, Suppression.Overlap(box, box));
        Assert.Equal(1 / 3f, Suppression.Overlap(box, new FaceBox(5, 0, 10, 10)), 1e-5f);
        Assert.Equal(0, Suppression.Overlap(box, new FaceBox(10, 0, 10, 10)));
        Assert.Equal(0, Suppression.Overlap(box, new FaceBox(float.NaN, 0, 10, 10)));
        Assert.Equal(1 / 4f, Suppression.Overlap(box, new FaceBox(0, 0, 5, 5)));
    }

    [Fact]
    public void Boxes_that_are_no_numbers_end_all_the_same()
    {
        var odd = Face(float.NaN, float.PositiveInfinity, 10, float.NaN);
        Assert.Equal(2, Suppression.Merge([odd, odd, Face(0, 0, 100, 0.9f)]).Count);
    }

    [Fact]
    public void The_sure_large_and_central_face_comes_first()
    {
        var central = Face(150, 150, 100, 0.9f);
        Assert.Same(central, Prominence.Order([Face(0, 0, 100, 0.9f), central], 400, 400)[0]);
        Assert.Same(central, Prominence.Order([Face(170, 170, 60, 0.9f), central], 400, 400)[0]);
        Assert.Same(central, Prominence.Order([Face(150, 150, 100, 0.6f), central], 400, 400)[0]);
    }

    [Fact]
    public void Faces_half_as_large_as_the_first_or_more_stand_out()
    {
        var first = Face(150, 150, 100, 0.9f);
        Assert.Equal(1, Prominence.Count([first]));
        Assert.Equal(1, Prominence.Count([first, Face(0, 0, 49.9f, 0.9f)]));
        Assert.Equal(2, Prominence.Count([first, Face(0, 0, 50, 0.9f)]));
        Assert.Equal(3, Prominence.Count([first, Face(0, 0, 50, 0.9f), Face(0, 0, 300, 0.9f)]));
    }

    [Fact]
    public void Heads_are_read_at_their_anchors()
    {
        // View: a square of 256 pixels at (100, 50), so that one pixel of the network is two of the picture.
        var workspace = new DetectorWorkspace();
        Silence(workspace);
        // Fine: place (row 4, column 3), second anchor; its centre is at (3.5, 4.5) / 16.
        workspace.FineScores.Values[workspace.FineScores.OffsetOf(4, 3) + 1] = 2;
        float[] values = [1, -2, 20, 30, -5, -4, 5, -4, 0, 1, 0, 6, -9, -2, 9, -2];
        values.CopyTo(workspace.FineBoxes.Values.AsSpan(workspace.FineBoxes.OffsetOf(4, 3) + 16));
        // Coarse: place (row 7, column 0), sixth anchor; exactly at the least confidence.
        workspace.CoarseScores.Values[workspace.CoarseScores.OffsetOf(7, 0) + 5] = 0;
        values.CopyTo(workspace.CoarseBoxes.Values.AsSpan(workspace.CoarseBoxes.OffsetOf(7, 0) + 80));
        List<FaceDetection> found = [];
        AnchorDecoder.Decode(workspace, 100, 50, 256, found);
        Assert.Equal(2, found.Count);
        Assert.Equal(1 / (1 + MathF.Exp(-2)), found[0].Confidence, 1e-5f);
        var (x, y) = (100 + (256 * 3.5f / 16), 50 + (256 * 4.5f / 16));
        Assert.Equal(new FaceBox(x + 2 - 20, y - 4 - 30, 40, 60), found[0].Box);
        Assert.Equal(
            new FaceKeyPoints(new(x - 10, y - 8), new(x + 10, y - 8), new(x, y + 2), new(x, y + 12), new(x - 18, y - 4), new(x + 18, y - 4)),
            found[0].KeyPoints);
        Assert.Equal(0.5f, found[1].Confidence);
        Assert.Equal(100 + (256 * 0.5f / 8) + 2 - 20, found[1].Box.X);
        Assert.Equal(50 + (256 * 7.5f / 8) - 4 - 30, found[1].Box.Y);
    }

    [Theory]
    [InlineData(-0.01f, 20f, 30f)]
    [InlineData(float.NaN, 20f, 30f)]
    [InlineData(2f, 0f, 30f)]
    [InlineData(2f, 20f, -1f)]
    [InlineData(2f, float.NaN, 30f)]
    public void An_anchor_that_is_unsure_or_has_no_size_is_no_face(float score, float width, float height)
    {
        var workspace = new DetectorWorkspace();
        Silence(workspace);
        workspace.FineScores.Values[workspace.FineScores.OffsetOf(0, 0)] = score;
        (workspace.FineBoxes.Values[2], workspace.FineBoxes.Values[3]) = (width, height);
        List<FaceDetection> found = [];
        AnchorDecoder.Decode(workspace, 0, 0, 128, found);
        Assert.Empty(found);
    }

    [Fact]
    public void A_small_face_is_found_by_a_closer_look()
    {
        // A face of an eighteenth of the picture's width: too small for the first look.
        var (width, height) = (800, 500);
        var face = new DrawnFace { X = 620, Y = 330, Size = 22 };
        var found = Assert.Single(new FaceDetector(TestNetworks.Detector).Detect(
            new PicturePyramid(new FaceImage(width, height, DrawnFace.Paint(width, height, face)))));
        Assert.InRange(found.Box.X + (found.Box.Width / 2), 610, 630);
        Assert.InRange(found.KeyPoints.Mouth.Y, 335, 355);
    }

    private static void Silence(DetectorWorkspace workspace)
    {
        Array.Fill(workspace.FineScores.Values, -100);
        Array.Fill(workspace.CoarseScores.Values, -100);
    }

    private static FaceDetection Describe(FaceKeyPoints points) => FaceGeometry.Describe(default, points, 1);

    private static FaceDetection Face(float x, float y, float size, float confidence) => FaceGeometry.Describe(
        new FaceBox(x, y, size, size), new FaceKeyPoints(new(x + 30, y + 30), new(x + 70, y + 30), new(x + 50, y + 50), new(x + 50, y + 70), new(x, y + 40), new(x + 100, y + 40)), confidence);
}

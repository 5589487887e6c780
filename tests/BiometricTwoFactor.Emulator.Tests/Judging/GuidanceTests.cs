using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator.Tests.Judging;

public sealed class GuidanceTests
{
    [Theory]
    [InlineData("good", 110, 70, 100, 100, 50, 1, 0, 0)]
    [InlineData("several_faces", 110, 70, 100, 100, 50, 2, 0, 0)]
    [InlineData("too_dark", 110, 70, 100, 100, 10, 1, 0, 0)]
    [InlineData("too_bright", 110, 70, 100, 100, 95, 1, 0, 0)]
    [InlineData("too_far", 145, 105, 30, 30, 50, 1, 0, 0)]
    [InlineData("too_close", 60, 20, 200, 200, 50, 1, 0, 0)]
    [InlineData("off_centre", 0, 70, 100, 100, 50, 1, 0, 0)]
    [InlineData("off_centre", 110, 0, 100, 100, 50, 1, 0, 0)]
    [InlineData("tilted", 110, 70, 100, 100, 50, 1, 30, 0)]
    [InlineData("look_straight", 110, 70, 100, 100, 50, 1, 0, -30)]
    [InlineData("no_face", 110, 70, float.NaN, 100, 50, 1, 0, 0)]
    public void The_first_thing_that_is_wrong_is_told(
        string advice, float x, float y, float width, float height, float luminance, int faces, float roll, float yaw)
    {
        var face = new FaceDetection(new FaceBox(x, y, width, height), default, 1, roll, yaw);
        var seen = new FaceAnalysis(face, new FaceQuality(MathF.Min(width, height), 5, luminance, faces), []);
        Assert.Equal(advice, Guidance.Of(seen, 320, 240).Advice);
    }

    [Fact]
    public void Without_a_face_there_is_nothing_to_place() =>
        Assert.Equal(new Guidance(0, null, null, null, "no_face"), Guidance.Of(new FaceAnalysis(null, null, []), 320, 240));
}

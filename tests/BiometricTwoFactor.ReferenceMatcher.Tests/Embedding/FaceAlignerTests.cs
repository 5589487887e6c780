using BiometricTwoFactor.ReferenceMatcher.Embedding;
using BiometricTwoFactor.ReferenceMatcher.Imaging;
using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Embedding;

public sealed class FaceAlignerTests
{
    private static readonly FacePoint[] Places = [new(45.87f, 46.91f), new(102.60f, 47.11f), new(73.65f, 106.38f)];

    [Fact]
    public void Eyes_and_mouth_come_to_the_documented_places()
    {
        // A face of those proportions, three times as large, leaning, elsewhere.
        var there = new Similarity(2.5f, 1.6f, 400, 120);
        var points = Points([.. Places.Select(there.Apply)]);
        var found = FaceAligner.ToPicture(points)!.Value;
        Assert.All(Places, place =>
        {
            var (expected, actual) = (there.Apply(place), found.Apply(place));
            Assert.Equal(expected.X, actual.X, 0.01f);
            Assert.Equal(expected.Y, actual.Y, 0.01f);
        });
    }

    [Fact]
    public void What_is_at_the_right_eye_is_sampled_at_its_place()
    {
        var image = new FaceImage(300, 300, new byte[300 * 300 * 3]);
        var there = new Similarity(1.5f, 0, 20, 30);
        var eye = there.Apply(Places[0]);
        for (var y = -2; y <= 2; y++)
        {
            for (var x = -2; x <= 2; x++)
            {
                image.Rgb[((((int)eye.Y + y) * 300) + (int)eye.X + x) * 3] = 255;
            }
        }

        var input = new FeatureMap(150, 150, 3, 0);
        FaceAligner.Fill(new PicturePyramid(image), FaceAligner.ToPicture(Points([.. Places.Select(there.Apply)]))!.Value, input);
        var (_, at) = input.Values.Select((value, i) => (value, i)).Where(pair => pair.i % 3 == 0).Max();
        Assert.InRange(at / 3 % 150, 44, 48);
        Assert.InRange(at / 3 / 150, 45, 49);
        Assert.Equal(-122.782f / 255, input.Values[0], 1e-5f);
        Assert.Equal(-117.001f / 255, input.Values[1], 1e-5f);
        Assert.Equal(-104.298f / 255, input.Values[2], 1e-5f);
    }

    [Theory]
    [InlineData(5f, 5f, 5f, 5f, 5f, 5f)]
    [InlineData(float.NaN, 5f, 6f, 5f, 5f, 9f)]
    [InlineData(float.PositiveInfinity, 5f, 6f, 5f, 5f, 9f)]
    [InlineData(1e30f, 5f, -1e30f, 5f, 5f, 9f)]
    public void Key_points_that_are_no_face_align_to_nothing_or_to_numbers(float x1, float y1, float x2, float y2, float x3, float y3)
    {
        var found = FaceAligner.ToPicture(Points([new(x1, y1), new(x2, y2), new(x3, y3)]));
        Assert.True(found is null || float.IsFinite(found.Value.Scale));
    }

    [Fact]
    public void A_mirror_swaps_left_and_right_pixel_by_pixel_and_twice_is_none()
    {
        foreach (var width in (int[])[1, 2, 5, 6])
        {
            var map = new FeatureMap(2, width, 3, 1);
            for (var y = 0; y < 2; y++)
            {
                for (var i = 0; i < width * 3; i++)
                {
                    map.Values[map.OffsetOf(y, 0) + i] = (100 * y) + i + 1;
                }
            }

            var before = map.Values.ToArray();
            FaceMirror.Flip(map);
            for (var x = 0; x < width; x++)
            {
                Assert.Equal(before.AsSpan(map.OffsetOf(1, width - 1 - x), 3).ToArray(), map.Values.AsSpan(map.OffsetOf(1, x), 3).ToArray());
            }

            FaceMirror.Flip(map);
            Assert.Equal(before, map.Values);
        }
    }

    private static FaceKeyPoints Points(FacePoint[] points) => new(points[0], points[1], default, points[2], default, default);
}

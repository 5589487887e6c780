using BiometricTwoFactor.ReferenceMatcher.Imaging;
using FsCheck;
using FsCheck.Fluent;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging;

public sealed class SimilarityTests
{
    private static readonly FacePoint[] Corners = [new(10, 20), new(110, 25), new(55, 140), new(-30, 60)];

    [Fact]
    public void Points_moved_by_a_similarity_give_that_similarity_back()
    {
        var numbers = Gen.Choose(-1000, 1000).Select(number => number / 100f);
        Prop.ForAll(numbers.Four().ToArbitrary(), parts =>
        {
            var (a, b, x, y) = parts;
            var moved = new Similarity(a / 3, b / 3, x * 50, y * 50);
            return moved.Scale < 0.01f || Near(moved, Similarity.Fit(Corners, [.. Corners.Select(moved.Apply)])!.Value);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_quarter_turn_clockwise_takes_right_to_below()
    {
        var turn = Similarity.Fit([new(0, 0), new(1, 0)], [new(5, 5), new(5, 6)])!.Value;
        Assert.Equal(new FacePoint(5, 7), turn.Apply(new FacePoint(2, 0)));
        Assert.Equal(new FacePoint(3, 5), turn.Apply(new FacePoint(0, 2)));
        Assert.Equal(1, turn.Scale);
    }

    [Fact]
    public void The_fit_is_the_closest_one()
    {
        FacePoint[] to = [new(1, 0), new(12, 1), new(6, 11), new(-5, 4)];
        var best = Similarity.Fit(Corners, to)!.Value;
        var error = Error(best);
        foreach (var step in (float[])[-1e-2f, 1e-2f])
        {
            Assert.True(error < Error(best with { A = best.A + (step / 10) }));
            Assert.True(error < Error(best with { B = best.B + (step / 10) }));
            Assert.True(error < Error(best with { X = best.X + step }));
            Assert.True(error < Error(best with { Y = best.Y + step }));
        }

        double Error(Similarity fit) => Corners.Zip(to).Sum(pair =>
        {
            var point = fit.Apply(pair.First);
            return Math.Pow(point.X - pair.Second.X, 2) + Math.Pow(point.Y - pair.Second.Y, 2);
        });
    }

    [Fact]
    public void Points_in_one_place_or_nowhere_fit_nothing()
    {
        Assert.Null(Similarity.Fit([new(3, 4), new(3, 4), new(3, 4)], [new(1, 2), new(3, 4), new(5, 6)]));
        Assert.Null(Similarity.Fit([new(float.NaN, 4), new(3, 4)], [new(1, 2), new(3, 4)]));
    }

    private static bool Near(Similarity a, Similarity b) =>
        Math.Abs(a.A - b.A) < 1e-3 && Math.Abs(a.B - b.B) < 1e-3 && Math.Abs(a.X - b.X) < 0.05 && Math.Abs(a.Y - b.Y) < 0.05;
}

using System.Globalization;
using Xunit.Abstractions;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.HeadTurns;

/// <summary>
/// The error rates of the README, on made-up motion. A hundred series each by default; the README's figures are from
/// BIOMETRIC2FA_MOTION_SERIES=10000, whose table the test prints.
/// </summary>
public sealed class ErrorRateTests(ITestOutputHelper output)
{
    // Not the seeds that the thresholds were chosen with, which began at 0 and at 1,000,000.
    private const int FirstSeed = 2_000_000_000;

    private static readonly int Count =
        int.TryParse(Environment.GetEnvironmentVariable("BIOMETRIC2FA_MOTION_SERIES"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 100;

    /// <summary>Kind, and the largest share that may be accepted with 8 and with 20 frames at any noise from 1 to 3 %.</summary>
    public static TheoryData<string, double, double> Attacks => new()
    {
        { nameof(MotionKind.PictureHeld), 0.01, 0.01 },
        { nameof(MotionKind.PictureTurned), 0.01, 0.01 },
        { nameof(MotionKind.PictureTilted), 0.01, 0.01 },
        { nameof(MotionKind.PictureTurnedAndTilted), 0.01, 0.01 },
        { nameof(MotionKind.PictureMoved), 0.01, 0.01 },
        { nameof(MotionKind.PictureBent), 0.05, 0.05 },
        { nameof(MotionKind.PictureBentAndTilted), 0.05, 0.05 },
        { nameof(MotionKind.PictureBending), 0.02, 0.02 },
        { nameof(MotionKind.PictureOfTurnedHead), 0.02, 0.02 },
        { nameof(MotionKind.TwoPictures), 0.03, 0.02 },
        { nameof(MotionKind.TwoPersons), 0.03, 0.02 },
        // What it cannot see: more photographs of the same head, the more the better.
        { nameof(MotionKind.ThreePictures), 1, 0.4 },
        { nameof(MotionKind.FivePictures), 1, 1 },
    };

    [Theory]
    [InlineData(5, 0.90)]
    [InlineData(8, 0.95)]
    [InlineData(20, 0.97)]
    [InlineData(40, 0.97)]
    public void A_head_that_turns_as_asked_is_accepted(int frames, double least)
    {
        foreach (var noise in (double[])[0.01, 0.02, 0.03])
        {
            Assert.InRange(Accepted(MotionKind.Head, frames, noise), least, 1);
        }
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Pictures_are_refused(string kind, double mostOf8, double mostOf20)
    {
        foreach (var noise in (double[])[0.01, 0.02, 0.03])
        {
            Assert.InRange(Accepted(Enum.Parse<MotionKind>(kind), 8, noise), 0, mostOf8);
            Assert.InRange(Accepted(Enum.Parse<MotionKind>(kind), 20, noise), 0, mostOf20);
        }
    }

    private double Accepted(MotionKind kind, int frames, double noise)
    {
        var accepted = 0;
        for (var i = 0; i < Count; i++)
        {
            var left = i % 2 == 0;
            var series = new MotionGenerator(FirstSeed + (i * 14) + (int)kind).Make(kind, left, frames, noise);
            accepted += HeadTurnCheck.Judge(series, left ? HeadTurn.Left : HeadTurn.Right).IsLive ? 1 : 0;
        }

        output.WriteLine($"{kind} | {frames} frames | noise {noise:P0} | accepted {(double)accepted / Count:P2} of {Count}");
        return (double)accepted / Count;
    }
}

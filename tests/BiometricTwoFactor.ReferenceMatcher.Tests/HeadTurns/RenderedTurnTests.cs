using BiometricTwoFactor.ReferenceMatcher.Detection;
using BiometricTwoFactor.ReferenceMatcher.Imaging;
using BiometricTwoFactor.ReferenceMatcher.Inference;
using Xunit.Abstractions;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.HeadTurns;

/// <summary>The check on what the real detector finds: series rendered from photographs of LFW, as heads and as flat pictures.</summary>
public sealed class RenderedTurnTests(ITestOutputHelper output)
{
    private const int Frames = 8;
    private const int Faces = 12;

    private static readonly FaceDetector Detector = new(new DetectorNetwork(WeightFile.Load(), Kernels.For(KernelPaths.Best)));

    [LfwFact]
    public void A_head_that_turns_as_asked_is_a_head()
    {
        var results = Judge(degrees: 30, depth: 1, asked: HeadTurn.Left);
        Assert.True(results.Count(result => result.IsLive) >= results.Count - 1, "At most one of the heads may be refused.");
    }

    [LfwFact]
    public void A_head_that_turns_the_other_way_is_refused()
    {
        Assert.All(Judge(degrees: -30, depth: 1, asked: HeadTurn.Left), result => Assert.Equal(HeadTurnOutcome.WrongWay, result.Outcome));
    }

    [LfwTheory]
    [InlineData(35)]
    [InlineData(50)]
    public void A_photograph_that_turns_is_no_head(double degrees)
    {
        Assert.DoesNotContain(Judge(degrees, depth: 0, asked: HeadTurn.Left), result => result.IsLive);
    }

    /// <summary>Frontal photographs of one face each, taken evenly from all.</summary>
    private List<HeadTurnResult> Judge(double degrees, double depth, HeadTurn asked)
    {
        List<HeadTurnResult> results = [];
        var files = Directory.GetFiles(TestFolders.Shared("data", "lfw", "images")!, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        for (var i = 0; results.Count < Faces; i += 37)
        {
            var photograph = ImageDecoder.Decode(File.ReadAllBytes(files[i % files.Length]), new ImageLimits(1 << 24, 1 << 24, 1 << 28, 0)).Image!;
            if (Find(photograph) is not { YawDegrees: > -8 and < 8 } face)
            {
                continue;
            }

            var turn = new RenderedTurn(photograph, face.KeyPoints);
            var found = Enumerable.Range(0, Frames).Select(frame => Find(turn.Frame(degrees * Smooth(frame / (Frames - 1.0)), depth))).ToArray();
            results.Add(HeadTurnCheck.Judge(found, asked));
            output.WriteLine($"{results[^1].Outcome} depth {results[^1].Depth:0.00} yaw {results[^1].MinYawDegrees:0} to {results[^1].MaxYawDegrees:0}");
        }

        return results;
    }

    private static FaceDetection? Find(FaceImage image) => Detector.Detect(new PicturePyramid(image)) is [var only] ? only : null;

    /// <summary>Begins and ends slowly.</summary>
    private static double Smooth(double time) => time * time * (3 - (2 * time));
}

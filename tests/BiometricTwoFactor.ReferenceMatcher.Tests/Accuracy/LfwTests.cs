using BiometricTwoFactor.ReferenceMatcher.Embedding;
using Xunit.Abstractions;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Accuracy;

/// <summary>The published figures, on 1,200 pairs of real photographs.</summary>
public sealed class LfwTests(ITestOutputHelper output)
{
    [LfwFact]
    public void No_face_is_missed() => Assert.Empty(LfwData.Faces.Where(face => face.Value.Analysis.Face is null).Select(face => face.Key));

    [LfwFact]
    public void People_are_told_apart_as_the_readme_says() => Assert.InRange(BestAccuracy("plain", face => face.Plain), 0.989, 1);

    [LfwFact]
    public void Mirrored_they_are_told_apart_better() => Assert.InRange(BestAccuracy("mirrored", face => face.Mirrored), 0.991, 1);

    [LfwFact]
    public void Cosines_are_those_of_the_prototype()
    {
        // All within 0.0021, three of them beyond 0.0020: there the detector gives one anchor a confidence of 0.4999 or
        // 0.5002, so that the last bits decide whether it counts, and with it moves the mean of the key points.
        var errors = LfwData.Pairs.Select(pair => Math.Abs(Cosine(pair, face => face.Plain) - pair.PrototypeCosine)).ToArray();
        output.WriteLine($"{errors.Count(error => error <= 0.002)} of {errors.Length} within 0.002, the furthest {errors.Max():0.0000}");
        Assert.InRange(errors.Count(error => error <= 0.002), 1197, 1200);
        Assert.InRange(errors.Max(), 0, 0.0022);
    }

    [LfwFact]
    public void The_default_thresholds_err_as_rarely_as_they_promise()
    {
        foreach (var (name, calibration, values) in (ReadOnlySpan<(string, FaceCalibration, Func<LfwFace, float[]>)>)
            [("plain", FaceCalibration.Plain, face => face.Plain), ("mirrored", FaceCalibration.Mirrored, face => face.Mirrored)])
        {
            var judged = LfwData.Pairs.Select(pair => (pair.IsSame, Status: FaceThresholds.Default.Judge(
                calibration.Score(values(LfwData.Faces[pair.A]), values(LfwData.Faces[pair.B]))))).ToArray();
            var strangers = judged.Count(one => !one.IsSame && one.Status == FaceMatchStatus.Approved);
            var refused = judged.Count(one => one.IsSame && one.Status != FaceMatchStatus.Approved);
            var declined = judged.Count(one => one.IsSame && one.Status == FaceMatchStatus.Declined);
            output.WriteLine($"{name}: of 600 strangers {strangers} approved; of 600 same {refused} not approved, {declined} declined");
            Assert.InRange(strangers, 0, 3);
            Assert.InRange(refused, 0, 60);
            Assert.InRange(declined, 0, 15);
        }
    }

    [LfwFact]
    public void Fine_photographs_are_not_refused_for_their_quality()
    {
        var analyses = LfwData.Faces.Values.Select(face => face.Analysis).ToArray();
        foreach (var group in analyses.SelectMany(analysis => analysis.Warnings).CountBy(warning => warning.Code).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{group.Key}: {group.Value} of {analyses.Length}");
        }

        Assert.InRange(analyses.Count(analysis => analysis.Warnings.Any(warning => warning.Code != FaceWarningCode.MultipleFacesDetected)), 0, analyses.Length / 100);
        Assert.InRange(analyses.Count(analysis => analysis.Quality!.FaceCount > 1), 0, analyses.Length / 20); // bystanders, most of them real
    }

    [LfwFact]
    public async Task Eight_threads_embed_to_the_bit_as_one_does()
    {
        var names = LfwData.Names.Where((_, i) => i % 40 == 0).Take(40).ToArray();
        foreach (var (matcher, values) in
            new (FaceMatcher, Func<LfwFace, float[]>)[] { (TestFaces.Plain, face => face.Plain), (TestFaces.Mirrored, face => face.Mirrored) })
        {
            var alone = names.Select(name => Embed(matcher, name)).ToArray();
            Assert.All(names.Zip(alone), pair => Assert.Equal(values(LfwData.Faces[pair.First]), pair.Second)); // the figures are the matcher's
            var together = await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Factory.StartNew(
                () => names.Where((_, i) => i % 8 == thread).Select(name => Embed(matcher, name)).ToArray(), TaskCreationOptions.LongRunning)));
            Assert.All(Enumerable.Range(0, names.Length), i => Assert.Equal(alone[i], together[i % 8][i / 8]));
        }
    }

    private static float[] Embed(FaceMatcher matcher, string name)
    {
        using var template = matcher.EmbedMostProminent(LfwData.Read(name))!;
        return template.Values.ToArray();
    }

    private static double Cosine(LfwPair pair, Func<LfwFace, float[]> values) =>
        FaceCalibration.Plain.Score(values(LfwData.Faces[pair.A]), values(LfwData.Faces[pair.B])).Cosine;

    /// <summary>The largest share of pairs that one threshold puts right.</summary>
    private double BestAccuracy(string name, Func<LfwFace, float[]> values)
    {
        // From the highest cosine down: each pair that comes above the threshold is right if it is the same person.
        var right = LfwData.Pairs.Count(pair => !pair.IsSame);
        var (best, at) = (right, 1.0);
        foreach (var (cosine, same) in LfwData.Pairs.Select(pair => (Cosine: Cosine(pair, values), pair.IsSame)).OrderByDescending(pair => pair.Cosine))
        {
            right += same ? 1 : -1;
            (best, at) = right > best ? (right, cosine) : (best, at);
        }

        output.WriteLine($"{name}: {100.0 * best / LfwData.Pairs.Count:0.00} % at cosine {at:0.0000}");
        return (double)best / LfwData.Pairs.Count;
    }
}

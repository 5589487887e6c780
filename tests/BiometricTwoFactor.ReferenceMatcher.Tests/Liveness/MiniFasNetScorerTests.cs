using BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Liveness;

public sealed class MiniFasNetScorerTests
{
    [PhotographsFact]
    public void A_live_face_scores_high_and_pictures_of_a_face_low()
    {
        var matcher = new FaceMatcher(new FaceMatcherOptions { LivenessScorer = MiniFasNetScorer.Load(LivenessData.V2, LivenessData.V1Se) });
        var live = matcher.CheckLiveness(LivenessData.Photograph("image_T1.jpg"));
        var print = matcher.CheckLiveness(LivenessData.Photograph("image_F1.jpg"));
        var screen = matcher.CheckLiveness(LivenessData.Photograph("image_F2.jpg"));
        Assert.True(
            live.Score.Value > 0.9 && print.Score.Value < 0.5 && screen.Score.Value < 0.5,
            $"{live.Score.Value} {print.Score.Value} {screen.Score.Value}");
        Assert.True(live.IsLive(0.5));
        Assert.False(print.IsLive(0.5));
        Assert.False(screen.IsLive(0.5));
    }

    [NetworksFact]
    public void The_networks_compute_what_the_plainest_loops_compute()
    {
        // Expected from a separate program of nested loops in double precision, on the same made-up picture.
        AssertClasses(LivenessData.V2, [0.0502912453, 0.6553136163, 0.2943951384]);
        AssertClasses(LivenessData.V1Se, [0.0041325838, 0.9933105973, 0.0025568188]);

        static void AssertClasses(string path, double[] expected)
        {
            var values = Enumerable.Range(0, 80 * 80 * 3).Select(i => (float)(((i * 37) + (i / 240 * 11)) % 256)).ToArray();
            var graph = TensorGraph.Load(File.ReadAllBytes(path), File.ReadAllBytes(Path.ChangeExtension(path, ".bin")), new GraphShape(80, 80, 3));
            var classes = new float[3];
            graph.Run(values, classes);
            Assert.All(expected.Zip(classes), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
    }

    [NetworksFact]
    public void Eight_threads_score_as_one_does()
    {
        var scorer = MiniFasNetScorer.Load(LivenessData.V2, LivenessData.V1Se);
        var pictures = Enumerable.Range(0, 8).Select(seed => Noise(120, 90, seed)).ToArray();
        var serial = pictures.Select(picture => scorer.Score(picture, Face(20, 20, 40, 40))).ToArray();
        var parallel = new LivenessScore[32];
        Parallel.For(0, parallel.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => parallel[i] = scorer.Score(pictures[i % 8], Face(20, 20, 40, 40)));
        Assert.All(Enumerable.Range(0, parallel.Length), i => Assert.Equal(serial[i % 8], parallel[i]));
    }

    [NetworksFact]
    public void A_network_alone_gives_its_own_score_and_both_their_mean()
    {
        var picture = Noise(200, 200, 1);
        var face = Face(80, 80, 40, 40);
        var v2 = MiniFasNetScorer.Load(LivenessData.V2, null).Score(picture, face).Value!.Value;
        var v1Se = MiniFasNetScorer.Load(null, LivenessData.V1Se).Score(picture, face).Value!.Value;
        Assert.Equal((v2 + v1Se) / 2, MiniFasNetScorer.Load(LivenessData.V2, LivenessData.V1Se).Score(picture, face).Value!.Value, 1e-9);
    }

    [NetworksFact]
    public void Swapped_weights_are_refused() => Assert.Throws<InvalidDataException>(() => MiniFasNetScorer.Load(
        File.ReadAllBytes(LivenessData.V2), File.ReadAllBytes(Path.ChangeExtension(LivenessData.V1Se, ".bin"))));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(2000, 3)]
    [InlineData(64, 64)]
    public void Any_picture_and_any_box_is_scored_or_not_evaluated(int width, int height)
    {
        var scorer = Tiny();
        var picture = Noise(width, height, 2);
        float[] numbers = [float.NaN, float.PositiveInfinity, float.MaxValue, -5, 0, 50];
        foreach (var x in numbers)
        {
            foreach (var y in numbers)
            {
                foreach (var w in numbers)
                {
                    foreach (var h in numbers)
                    {
                        var score = scorer.Score(picture, Face(x, y, w, h));
                        Assert.True(score.Value is null or (>= 0 and <= 1));
                        Assert.True(float.IsFinite(x + y + w + h) || score == LivenessScore.NotEvaluated);
                    }
                }
            }
        }
    }

    [Fact]
    public void A_face_outside_the_picture_is_not_evaluated_and_never_live()
    {
        var score = Tiny().Score(Noise(100, 100, 3), Face(500, 500, 50, 50));
        Assert.Equal(LivenessScore.NotEvaluated, score);
        Assert.False(score.IsLive(double.NegativeInfinity));
        Assert.False(default(LivenessScore).IsLive(-1));
    }

    [Fact]
    public void The_channels_are_blue_green_red_from_0_to_255()
    {
        // The tiny network weighs each channel's mean with 0.01: class 1 is green, 0 blue.
        var red = Flat(200, 0, 0);
        var green = Flat(0, 200, 0);
        var share = Math.Exp(2) / (Math.Exp(2) + 2);
        Assert.Equal((1 - share) / 2, Tiny().Score(red, Face(10, 10, 20, 20)).Value!.Value, 1e-5);
        Assert.Equal(share, Tiny().Score(green, Face(10, 10, 20, 20)).Value!.Value, 1e-5);
    }

    [Fact]
    public void A_network_of_another_kind_is_refused()
    {
        var two = new GraphBuilder().Input().Floats("w", [3, 2], new float[6]).Node("mean", "Mean", "x").Node("out", "MatMul", "mean", "w");
        Assert.Equal(
            "The graph is no MiniFASNet: its result is not three classes.",
            Assert.Throws<InvalidDataException>(() => MiniFasNetScorer.Load(two.Json, two.Weights)).Message);
        var noShare = new GraphBuilder().Input().Node("out", "Mean", "x");
        Assert.Equal(
            "The graph is no MiniFASNet: its result is no share.",
            Assert.Throws<InvalidDataException>(() => MiniFasNetScorer.Load(noShare.Json, noShare.Weights)).Message);
    }

    [Fact]
    public void Nothing_to_load_is_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => MiniFasNetScorer.Load(null, null));
        Assert.Throws<ArgumentException>(() => MiniFasNetScorer.Load(ReadOnlyMemory<byte>.Empty, ReadOnlyMemory<byte>.Empty));
        Assert.Throws<InvalidDataException>(() => MiniFasNetScorer.Load(ReadOnlyMemory<byte>.Empty, new byte[1]));
    }

    [Fact]
    public void Files_are_read_from_beside_the_model_and_from_nowhere_else()
    {
        var folder = Directory.CreateTempSubdirectory("minifasnet");
        try
        {
            var path = Path.Combine(folder.FullName, "model.json");
            var network = GraphBuilder.TinyNetwork();
            File.WriteAllBytes(path, network.Json);
            Assert.Throws<FileNotFoundException>(() => MiniFasNetScorer.Load(path, null));

            File.WriteAllBytes(Path.Combine(folder.FullName, "weights.bin"), network.Weights);
            Assert.NotNull(MiniFasNetScorer.Load(path, null).Score(Flat(1, 2, 3), Face(10, 10, 20, 20)).Value);

            foreach (var name in (string[])["../weights.bin", "..", "", "a\\b", "/etc/hostname", "c:b"])
            {
                var elsewhere = GraphBuilder.TinyNetwork();
                elsewhere.Paths[0] = name;
                File.WriteAllBytes(path, elsewhere.Json);
                Assert.Equal(
                    "The model names a weight file that is not beside it.",
                    Assert.Throws<InvalidDataException>(() => MiniFasNetScorer.Load(path, null)).Message);
            }

            File.WriteAllBytes(path, []);
            Assert.Throws<InvalidDataException>(() => MiniFasNetScorer.Load(path, null));
            Assert.Throws<FileNotFoundException>(() => MiniFasNetScorer.Load(null, Path.Combine(folder.FullName, "absent.json")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_scripted_scorer_says_what_it_is_told()
    {
        var picture = Flat(1, 2, 3);
        Assert.Equal(LivenessScore.Of(0.7), new ScriptedLivenessScorer(LivenessScore.Of(0.7)).Score(picture, Face(0, 0, 1, 1)));
        Assert.Equal(LivenessScore.NotEvaluated, new ScriptedLivenessScorer(LivenessScore.NotEvaluated).Score(picture, Face(0, 0, 1, 1)));
        Assert.Equal(LivenessScore.Of(0.5), new ScriptedLivenessScorer((image, face) => LivenessScore.Of(face.Box.X / image.Width)).Score(picture, Face(50, 0, 1, 1)));
    }

    private static MiniFasNetScorer Tiny()
    {
        var network = GraphBuilder.TinyNetwork();
        return MiniFasNetScorer.Load(network.Json, network.Weights, network.Json, network.Weights);
    }

    private static FaceDetection Face(float x, float y, float width, float height) => new(new FaceBox(x, y, width, height), default, 1, 0, 0);

    private static FaceImage Noise(int width, int height, int seed)
    {
        var pixels = new byte[width * height * 3];
        new Random(seed).NextBytes(pixels);
        return new FaceImage(width, height, pixels);
    }

    private static FaceImage Flat(byte red, byte green, byte blue) =>
        new(100, 100, [.. Enumerable.Range(0, 100 * 100).SelectMany(_ => (byte[])[red, green, blue])]);
}

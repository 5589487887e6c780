using BiometricTwoFactor.ReferenceMatcher.Detection;
using BiometricTwoFactor.ReferenceMatcher.Embedding;
using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>
/// Finds, aligns and compares faces, in plain .NET, without a network. Load once and share: an instance is immutable and
/// may be used from any number of threads. A picture that cannot be used is an outcome with its reasons, never an
/// exception. A reference for development, tests and demonstrations, not a certified matcher: the README has the figures.
/// </summary>
public sealed partial class FaceMatcher
{
    private const int MostFrames = 100;

    private readonly FaceMatcherSettings _settings;
    private readonly FaceCalibration _calibration;
    private readonly FaceEmbedder _embedder;
    private readonly FaceExaminer _examiner;

    /// <summary>Loads the networks with the default options.</summary>
    public FaceMatcher()
        : this(new FaceMatcherOptions())
    {
    }

    /// <summary>Loads the networks: some 30 MB, some 50 ms.</summary>
    /// <exception cref="ArgumentException">Thresholds are missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative, zero or no number.</exception>
    public FaceMatcher(FaceMatcherOptions options)
        : this(options, KernelPaths.Best)
    {
    }

    internal FaceMatcher(FaceMatcherOptions options, KernelPath path)
    {
        ArgumentNullException.ThrowIfNull(options);
        _settings = new FaceMatcherSettings(options);
        _calibration = _settings.Mirrored ? FaceCalibration.Mirrored : FaceCalibration.Plain;
        var kernels = Kernels.For(path);
        var weights = WeightFile.Load();
        _embedder = new FaceEmbedder(new FaceNetwork(weights, kernels), _settings.Mirrored);
        _examiner = new FaceExaminer(new FaceDetector(new DetectorNetwork(weights, kernels)), _embedder, _settings);
    }

    /// <summary>Whether there is a <see cref="FaceMatcherOptions.LivenessScorer"/>: without one, passive liveness is never evaluated.</summary>
    public bool EvaluatesLiveness => _settings.LivenessScorer is not null;

    /// <summary>Finds the face and weighs the picture, without comparing anything.</summary>
    /// <param name="image">The file: JPEG or PNG.</param>
    public FaceAnalysis Analyze(ReadOnlySpan<byte> image)
    {
        using var examined = _examiner.Examine(image);
        return examined.Analysis;
    }

    /// <summary>Makes a template of the one face in the picture.</summary>
    /// <param name="image">The file: JPEG or PNG.</param>
    /// <returns>The template or the reasons against one. Dispose it.</returns>
    public FaceTemplateResult CreateTemplate(ReadOnlySpan<byte> image)
    {
        using var examined = _examiner.Examine(image);
        return new FaceTemplateResult(examined.Analysis.IsUsable ? Embed(examined) : null, examined.Analysis);
    }

    /// <summary>Compares two templates of this matcher, or of one with the same <see cref="FaceMatcherOptions.Mirrored"/>.</summary>
    /// <exception cref="ObjectDisposedException">One has been disposed.</exception>
    public FaceMatchScore Compare(FaceTemplate selfie, FaceTemplate reference)
    {
        ArgumentNullException.ThrowIfNull(selfie);
        ArgumentNullException.ThrowIfNull(reference);
        return _calibration.Score(selfie.Values, reference.Values);
    }

    /// <summary>Compares a live picture with an enrolled portrait.</summary>
    /// <param name="selfie">The live picture's file.</param>
    /// <param name="reference">The portrait's file; empty where there is none (<c>NO_REFERENCE_IMAGE</c>).</param>
    /// <param name="workflow">Whose thresholds apply (<see cref="FaceMatcherOptions.Workflows"/>); null for the default ones.</param>
    public FaceComparison Match(ReadOnlySpan<byte> selfie, ReadOnlySpan<byte> reference, string? workflow = null) =>
        Match(selfie, reference, _settings.ThresholdsOf(workflow));

    /// <summary>As above, with thresholds for this one comparison.</summary>
    public FaceComparison Match(ReadOnlySpan<byte> selfie, ReadOnlySpan<byte> reference, FaceThresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        using var live = _examiner.Examine(selfie);
        using var enrolled = _examiner.Examine(reference);
        List<FaceWarning> warnings = [.. live.Analysis.Warnings, .. enrolled.Analysis.Warnings];
        if (enrolled.Face is null)
        {
            warnings.Add(new FaceWarning(FaceWarningCode.NoReferenceImage, "There is no portrait with a face to compare with."));
        }

        if (live.Face is null || enrolled.Face is null)
        {
            return new FaceComparison(FaceMatchStatus.Declined, null, live.Analysis, enrolled.Analysis, warnings);
        }

        using var first = Embed(live);
        using var second = Embed(enrolled);
        var score = Compare(first, second);
        var status = thresholds.Judge(score);
        if (status != FaceMatchStatus.Approved)
        {
            warnings.Add(new FaceWarning(FaceWarningCode.LowFaceMatchSimilarity, "The faces do not resemble each other closely enough."));
        }

        return new FaceComparison(warnings.Count == 0 ? status : Worse(status, live, enrolled), score, live.Analysis, enrolled.Analysis, warnings);
    }

    /// <summary>Passive liveness of one picture, by <see cref="FaceMatcherOptions.LivenessScorer"/>.</summary>
    /// <param name="image">The file: JPEG or PNG.</param>
    public LivenessResult CheckLiveness(ReadOnlySpan<byte> image)
    {
        using var examined = _examiner.Examine(image);
        var score = examined.Analysis.IsUsable && _settings.LivenessScorer is { } scorer
            ? scorer.Score(examined.Pyramid!.Full, examined.Face!)
            : LivenessScore.NotEvaluated;
        return new LivenessResult(score, examined.Analysis);
    }

    /// <summary>
    /// Active liveness of a series of pictures: did the head turn as asked, as a solid head does
    /// (<see cref="HeadTurnCheck"/>)? A frame that cannot be read, shows no face or more than one, is partly transparent, or is of another size
    /// than the first counts as one without a face. It does not compare whose face it is.
    /// </summary>
    /// <param name="frames">The files in order, 8 to 40 are best; not mirrored.</param>
    /// <param name="asked">Which way the person was asked to turn.</param>
    /// <param name="thresholds">Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than 100 frames: each costs its decoding.</exception>
    public HeadTurnResult CheckHeadTurn(IReadOnlyList<ReadOnlyMemory<byte>> frames, HeadTurn asked, HeadTurnThresholds? thresholds = null)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames.Count, MostFrames, nameof(frames));
        var faces = new FaceDetection?[frames.Count];
        (int Width, int Height)? size = null;
        for (var i = 0; i < faces.Length; i++)
        {
            using var examined = _examiner.Examine(frames[i].Span);
            if (examined is { Face: { } face, Pyramid.Full: { IsOpaque: true } image, Analysis.Quality.FaceCount: 1 })
            {
                size ??= (image.Width, image.Height);
                faces[i] = size == (image.Width, image.Height) ? face : null;
            }
        }

        return HeadTurnCheck.Judge(faces, asked, thresholds);
    }

    /// <summary>For measuring: the values of the face that stands out most, whatever speaks against it. Null without a face.</summary>
    internal FaceTemplate? EmbedMostProminent(ReadOnlySpan<byte> image)
    {
        using var examined = _examiner.Examine(image);
        return examined.Face is null ? null : Embed(examined);
    }

    private FaceTemplate Embed(FaceExamination examined)
    {
        Span<float> values = stackalloc float[FaceTemplate.Length];
        _embedder.Embed(examined.Pyramid!, FaceAligner.ToPicture(examined.Face!.KeyPoints)!.Value, values);
        var template = new FaceTemplate(values);
        values.Clear();
        return template;
    }

    /// <summary>A picture that cannot be compared is declined, however much the faces resemble each other.</summary>
    private static FaceMatchStatus Worse(FaceMatchStatus status, FaceExamination live, FaceExamination enrolled) =>
        live.Analysis.IsUsable && enrolled.Analysis.IsUsable ? status : FaceMatchStatus.Declined;
}

namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>The options, checked once and copied, so that a later change reaches no running comparison.</summary>
internal sealed class FaceMatcherSettings
{
    private readonly Dictionary<string, FaceThresholds> _workflows;
    private readonly FaceThresholds _thresholds;

    public FaceMatcherSettings(FaceMatcherOptions options)
    {
        _thresholds = options.Thresholds ?? throw new ArgumentException("Thresholds are needed.", nameof(options));
        _workflows = new Dictionary<string, FaceThresholds>(options.Workflows, StringComparer.Ordinal);
        if (_workflows.ContainsValue(null!))
        {
            throw new ArgumentException("A workflow lacks its thresholds.", nameof(options));
        }

        Require(options.MinFaceSize >= 0, nameof(options.MinFaceSize), "0 or more");
        Require(options.MaxRollDegrees is >= 0 and <= 180, nameof(options.MaxRollDegrees), "from 0 to 180");
        Require(options.MinLuminance is >= 0 and <= 100, nameof(options.MinLuminance), "from 0 to 100");
        Require(options.MaxLuminance is >= 0 and <= 100 && options.MaxLuminance >= options.MinLuminance, nameof(options.MaxLuminance), "from MinLuminance to 100");
        Require(options.MinSharpness >= 0, nameof(options.MinSharpness), "0 or more");
        Require(options.MaxImageBytes > 0, nameof(options.MaxImageBytes), "more than 0");
        Require(options.MaxImagePixels > 0, nameof(options.MaxImagePixels), "more than 0");
        Require(options.MaxImageMemory > 0, nameof(options.MaxImageMemory), "more than 0");
        MinFaceSize = options.MinFaceSize;
        MaxRollDegrees = options.MaxRollDegrees;
        MinLuminance = options.MinLuminance;
        MaxLuminance = options.MaxLuminance;
        MinSharpness = options.MinSharpness;
        MaxImageBytes = options.MaxImageBytes;
        MaxImagePixels = options.MaxImagePixels;
        MaxImageMemory = options.MaxImageMemory;
        Mirrored = options.Mirrored;
        LivenessScorer = options.LivenessScorer;
    }

    public bool Mirrored { get; }

    public ILivenessScorer? LivenessScorer { get; }

    public float MinFaceSize { get; }

    public float MaxRollDegrees { get; }

    public float MinLuminance { get; }

    public float MaxLuminance { get; }

    public float MinSharpness { get; }

    public int MaxImageBytes { get; }

    public long MaxImagePixels { get; }

    public long MaxImageMemory { get; }

    public FaceThresholds ThresholdsOf(string? workflow) =>
        workflow is not null && _workflows.TryGetValue(workflow, out var own) ? own : _thresholds;

    private static void Require(bool holds, string name, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, $"{name} must be {range}.");
        }
    }
}

namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>How a <see cref="FaceMatcher"/> judges. Read once, when the matcher is made.</summary>
public sealed class FaceMatcherOptions
{
    /// <summary>Where approval begins and refusal ends, for comparisons that name no thresholds of their own.</summary>
    public FaceThresholds Thresholds { get; set; } = FaceThresholds.Default;

    /// <summary>Thresholds by workflow; <see cref="Thresholds"/> serves the others. Names are compared exactly.</summary>
    public IDictionary<string, FaceThresholds> Workflows { get; } = new Dictionary<string, FaceThresholds>(StringComparer.Ordinal);

    /// <summary>
    /// Averages each face with its mirror image: fewer errors (README), at the price of one more embedding per picture.
    /// Has a calibration of its own, so that a similarity keeps its meaning. False by default.
    /// </summary>
    public bool Mirrored { get; set; }

    /// <summary>Passive liveness; null leaves it <see cref="LivenessScore.NotEvaluated"/>.</summary>
    public ILivenessScorer? LivenessScorer { get; set; }

    /// <summary>The smallest face that is compared: the shorter side of its box, in pixels. 36 by default.</summary>
    public float MinFaceSize { get; set; } = 36;

    /// <summary>The furthest lean that is compared, in degrees either way. 45 by default: beyond, the key points are unreliable.</summary>
    public float MaxRollDegrees { get; set; } = 45;

    /// <summary>The darkest face that is compared, 0 to 100. 8 by default.</summary>
    public float MinLuminance { get; set; } = 8;

    /// <summary>The brightest face that is compared, 0 to 100. 90 by default: beyond, half of all same-person pairs fail.</summary>
    public float MaxLuminance { get; set; } = 90;

    /// <summary>The most blurred face that is compared, as in <see cref="FaceQuality.Sharpness"/>. 1 by default: below, a third of all same-person pairs fail.</summary>
    public float MinSharpness { get; set; } = 1;

    /// <summary>The longest file that is read, in bytes. 20 MiB by default.</summary>
    public int MaxImageBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>The largest picture that is decoded: width times height. 50 million by default.</summary>
    public long MaxImagePixels { get; set; } = 50_000_000;

    /// <summary>What decoding one picture may hold in memory at once, in bytes. 128 MiB by default.</summary>
    public long MaxImageMemory { get; set; } = 128L * 1024 * 1024;
}

namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>
/// Finds, aligns and compares faces, in plain .NET, without a network. Load once and share: an instance is immutable and
/// may be used from any number of threads. A picture that cannot be used is an outcome with its reasons, never an
/// exception. A reference for development, tests and demonstrations, not a certified matcher: the README has the figures.
/// </summary>
public sealed partial class FaceMatcher
{
    private readonly FaceMatcherOptions _options;

    /// <summary>Loads the networks with the default options.</summary>
    public FaceMatcher() : this(new FaceMatcherOptions())
    {
    }

    /// <summary>Loads the networks.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative, zero or no number.</exception>
    public FaceMatcher(FaceMatcherOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>Finds the face and weighs the picture, without comparing anything.</summary>
    /// <param name="image">The file: JPEG or PNG.</param>
    public FaceAnalysis Analyze(ReadOnlySpan<byte> image) => throw new NotImplementedException(_options.Mirrored ? "" : null);

    /// <summary>Makes a template of the one face in the picture.</summary>
    /// <param name="image">The file: JPEG or PNG.</param>
    /// <returns>The template or the reasons against one. Dispose it.</returns>
    public FaceTemplateResult CreateTemplate(ReadOnlySpan<byte> image) => throw new NotImplementedException();

    /// <summary>Compares two templates.</summary>
    /// <exception cref="ObjectDisposedException">One has been disposed.</exception>
    public FaceMatchScore Compare(FaceTemplate selfie, FaceTemplate reference) => throw new NotImplementedException();

    /// <summary>Compares a live picture with an enrolled portrait.</summary>
    /// <param name="selfie">The live picture's file.</param>
    /// <param name="reference">The portrait's file; empty where there is none (<c>NO_REFERENCE_IMAGE</c>).</param>
    /// <param name="workflow">Whose thresholds apply (<see cref="FaceMatcherOptions.Workflows"/>); null for the default ones.</param>
    public FaceMatchResult Match(ReadOnlySpan<byte> selfie, ReadOnlySpan<byte> reference, string? workflow = null) => throw new NotImplementedException();

    /// <summary>As above, with thresholds for this one comparison.</summary>
    public FaceMatchResult Match(ReadOnlySpan<byte> selfie, ReadOnlySpan<byte> reference, FaceThresholds thresholds) => throw new NotImplementedException();

    /// <summary>Passive liveness of one picture, by <see cref="FaceMatcherOptions.LivenessScorer"/>.</summary>
    public LivenessResult CheckLiveness(ReadOnlySpan<byte> image) => throw new NotImplementedException();
}

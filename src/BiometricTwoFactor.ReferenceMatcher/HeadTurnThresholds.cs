namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>Where <see cref="HeadTurnCheck"/> draws its lines. The defaults were chosen on made-up motion: the README has the error rates.</summary>
public sealed record HeadTurnThresholds
{
    /// <summary>The defaults.</summary>
    public static HeadTurnThresholds Default { get; } = new();

    /// <summary>The fewest frames with a usable face. 5 by default; fewer than 5 are refused whatever this says.</summary>
    public int MinFrames { get; init; } = 5;

    /// <summary>The largest share of frames without a usable face, 0 to 1. 0.25 by default.</summary>
    public double MaxLostShare { get; init; } = 0.25;

    /// <summary>How far the face may be turned at the beginning, in degrees either way. 15 by default.</summary>
    public double MaxStartDegrees { get; init; } = 15;

    /// <summary>How far the face has to turn, in degrees from where it began. 15 by default.</summary>
    public double MinTurnDegrees { get; init; } = 15;

    /// <summary>How deep the thing that turns has to be, as in <see cref="HeadTurnResult.Depth"/>. 0.6 by default.</summary>
    public double MinDepth { get; init; } = 0.6;
}

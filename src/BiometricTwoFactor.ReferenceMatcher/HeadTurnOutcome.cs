namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>What a series of frames comes to. <see cref="Turned"/> alone speaks for a live head.</summary>
public enum HeadTurnOutcome
{
    /// <summary>Too few frames show a usable face to judge anything. First, so that a forgotten value refuses.</summary>
    TooFewFrames,

    /// <summary>The face was lost for too long: what happened meanwhile is not known.</summary>
    FaceLost,

    /// <summary>The face did not begin towards the camera.</summary>
    NotFrontal,

    /// <summary>The face did not turn, or not far enough.</summary>
    TooLittle,

    /// <summary>The face turned the other way.</summary>
    WrongWay,

    /// <summary>The face jumped from one place or pose to another, as when one picture is put for another.</summary>
    Jumped,

    /// <summary>The points moved as those of a picture that is tilted or bent, not as those of a head.</summary>
    Flat,

    /// <summary>The points do not move as those of one rigid thing.</summary>
    NotRigid,

    /// <summary>A solid head turned as asked.</summary>
    Turned,
}

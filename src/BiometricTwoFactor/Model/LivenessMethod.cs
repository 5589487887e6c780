namespace BiometricTwoFactor;

/// <summary>How liveness was checked. Exact upper-case text; anything else is unknown and satisfies no demand (contract D7).</summary>
public enum LivenessMethod
{
    /// <summary>Missing or another text.</summary>
    Unknown = 0,

    /// <summary><c>PASSIVE</c>: from a single picture.</summary>
    Passive,

    /// <summary><c>FLASHING</c>: coloured light on the face.</summary>
    Flashing,

    /// <summary><c>ACTIVE_3D</c>: the user moves; advised above the risk threshold.</summary>
    Active3D,
}

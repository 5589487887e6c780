namespace BiometricTwoFactor.AspNetCore;

/// <summary>What became of a conditional change.</summary>
public enum ReplaceResult
{
    /// <summary>Another change came first: read again and decide again.</summary>
    Conflict = 0,

    /// <summary>Done.</summary>
    Replaced,

    /// <summary>The table has no such transition.</summary>
    NotAllowed,

    /// <summary>The delivery had its effect before.</summary>
    DuplicateDelivery,

    /// <summary>There is no such challenge.</summary>
    Missing,

    /// <summary>The delivery's event came with another body before (<see cref="DeliveryMark.EventId"/>).</summary>
    EventChanged,
}

/// <summary>What became of storing a session with its challenge.</summary>
public enum AttachResult
{
    /// <summary>Another change came first.</summary>
    Conflict = 0,

    /// <summary>Stored.</summary>
    Attached,

    /// <summary>The session's id was stored before, for this or another challenge.</summary>
    SessionKnown,
}

namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>
/// Which way a person was asked to turn the head: the person's own left or right, in pictures that are not mirrored.
/// </summary>
public enum HeadTurn
{
    /// <summary>Towards the person's own left: the nose moves to the right of the picture.</summary>
    Left,

    /// <summary>Towards the person's own right: the nose moves to the left of the picture.</summary>
    Right,
}

namespace BiometricTwoFactor.ReferenceMatcher.Tests.HeadTurns;

/// <summary>What a made-up series of frames shows.</summary>
internal enum MotionKind
{
    /// <summary>A head that turns 25 to 40 degrees the way that was asked.</summary>
    Head,

    /// <summary>A photograph, held about still.</summary>
    PictureHeld,

    /// <summary>A photograph, turned about its upright by 25 to 60 degrees.</summary>
    PictureTurned,

    /// <summary>A photograph, tilted forwards or backwards.</summary>
    PictureTilted,

    /// <summary>A photograph, turned, tilted and rotated in its plane at once.</summary>
    PictureTurnedAndTilted,

    /// <summary>A photograph, moved sideways and nearer.</summary>
    PictureMoved,

    /// <summary>A photograph bent around an upright cylinder (40 to 120 mm), turned by 25 to 60 degrees.</summary>
    PictureBent,

    /// <summary>As before, tilted by up to 45 degrees as well.</summary>
    PictureBentAndTilted,

    /// <summary>A photograph that is bent more and more while it turns.</summary>
    PictureBending,

    /// <summary>A photograph of a head that is turned already, held or turned.</summary>
    PictureOfTurnedHead,

    /// <summary>A photograph of the face towards the camera, then one of the same head turned.</summary>
    TwoPictures,

    /// <summary>Three photographs: towards the camera, half turned, turned.</summary>
    ThreePictures,

    /// <summary>Five photographs, each a little further.</summary>
    FivePictures,

    /// <summary>A photograph of one person, then one of another person's turned head.</summary>
    TwoPersons,
}

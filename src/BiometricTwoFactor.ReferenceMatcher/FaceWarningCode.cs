namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>The provider's warning codes that a comparison of faces can bring (reference, risk codes of a session).</summary>
public static class FaceWarningCode
{
    /// <summary>No face was found, or the file is no picture that can be read: the reason tells which.</summary>
    public const string NoFaceDetected = "NO_FACE_DETECTED";

    /// <summary>More than one face stands out. Whose face counts is not for the matcher to choose.</summary>
    public const string MultipleFacesDetected = "MULTIPLE_FACES_DETECTED";

    /// <summary>The face is too small, rolled too far or blurred, or the picture is partly transparent.</summary>
    public const string LowFaceQuality = "LOW_FACE_QUALITY";

    /// <summary>The face is too dark.</summary>
    public const string LowFaceLuminance = "LOW_FACE_LUMINANCE";

    /// <summary>The face is overexposed.</summary>
    public const string HighFaceLuminance = "HIGH_FACE_LUMINANCE";

    /// <summary>The two faces do not resemble each other closely enough for an approval.</summary>
    public const string LowFaceMatchSimilarity = "LOW_FACE_MATCH_SIMILARITY";

    /// <summary>There is no picture to compare with.</summary>
    public const string NoReferenceImage = "NO_REFERENCE_IMAGE";

    /// <summary>The capture looks less live than the threshold demands.</summary>
    public const string LowLivenessScore = "LOW_LIVENESS_SCORE";

    /// <summary>The capture looks like a picture that is held before the camera.</summary>
    public const string LivenessFaceAttack = "LIVENESS_FACE_ATTACK";
}

namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>One face that was found. Lengths are pixels of the upright picture at its full size.</summary>
/// <param name="Box">The rectangle from forehead to chin.</param>
/// <param name="KeyPoints">Eyes, nose, mouth and ears.</param>
/// <param name="Confidence">0 to 1: how sure the detector is that this is a face. It says nothing about whose.</param>
/// <param name="RollDegrees">How far the head leans to a shoulder: 0 upright, positive clockwise in the picture.</param>
/// <param name="YawDegrees">
/// A rough estimate of how far the head is turned: 0 to the camera, positive towards the person's own left. From the
/// nose's place between the ears; good for telling a turn from none, not for measuring angles.
/// </param>
public sealed record FaceDetection(FaceBox Box, FaceKeyPoints KeyPoints, float Confidence, float RollDegrees, float YawDegrees);

/// <summary>A rectangle in pixels.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">From left to right.</param>
/// <param name="Height">From top to bottom.</param>
public readonly record struct FaceBox(float X, float Y, float Width, float Height);

/// <summary>A point in pixels.</summary>
/// <param name="X">From the left edge of the picture.</param>
/// <param name="Y">From the top edge of the picture.</param>
public readonly record struct FacePoint(float X, float Y);

/// <summary>The six points the detector gives. Right and left are the person's own, so the right eye is on the left of the picture.</summary>
/// <param name="RightEye">Centre of the right eye.</param>
/// <param name="LeftEye">Centre of the left eye.</param>
/// <param name="NoseTip">Tip of the nose.</param>
/// <param name="Mouth">Centre of the mouth.</param>
/// <param name="RightEar">Front edge of the right ear (tragion).</param>
/// <param name="LeftEar">Front edge of the left ear (tragion).</param>
public readonly record struct FaceKeyPoints(
    FacePoint RightEye, FacePoint LeftEye, FacePoint NoseTip, FacePoint Mouth, FacePoint RightEar, FacePoint LeftEar);

namespace BiometricTwoFactor.AspNetCore;

/// <summary>What a challenge is for.</summary>
public enum ChallengeKind
{
    /// <summary>One face for one action or one payment.</summary>
    StepUp = 0,

    /// <summary>Enrolment with identity proofing: document, liveness and face (protocol 8.4).</summary>
    Enrolment,

    /// <summary>Enrolment by face alone, for a subject for whom the application has just seen something stronger than a password.</summary>
    FaceEnrolment,
}

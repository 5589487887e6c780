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

    /// <summary>The second factor of a sign-in, asked by who has given the password (protocol 1.1: bound to the pre-authentication cookie).</summary>
    SignIn,

    /// <summary>Getting back into an account; bound as a sign-in is.</summary>
    Recovery,

    /// <summary>A face for account access, good for a window that slides with activity (protocol 2.1).</summary>
    Access,
}

namespace BiometricTwoFactor.AspNetCore;

/// <summary>That a subject's face is on file through an approval of ours (protocol 8.4). Holds nothing biometric.</summary>
/// <param name="EnrolledAt">When.</param>
/// <param name="ChallengeId">The enrolment challenge behind it.</param>
public sealed record EnrolmentRecord(DateTimeOffset EnrolledAt, string ChallengeId);

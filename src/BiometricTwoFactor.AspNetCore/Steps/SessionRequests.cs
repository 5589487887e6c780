namespace BiometricTwoFactor.AspNetCore;

/// <summary>What is sent to open the session of a challenge.</summary>
internal static class SessionRequests
{
    public static CreateSessionRequest For(StepUpChallenge challenge, Uri callback, PortraitImage? portrait, ExpectedDetails? expected)
    {
        var request = Basic(challenge);
        return request with
        {
            Nonce = challenge.Id,
            Callback = callback,
            CallbackMethod = CallbackMethod.Completer, // no option: the device that made the capture comes back (protocol 3.2)
            Portrait = portrait,
            ExpectedDetails = expected,
        };
    }

    private static CreateSessionRequest Basic(StepUpChallenge challenge) => challenge.Kind switch
    {
        ChallengeKind.StepUp when challenge.Transaction is { } transaction =>
            CreateSessionRequest.ForScaPayment(challenge.WorkflowId, challenge.VendorData, transaction) with { Reason = challenge.Reason },
        ChallengeKind.Enrolment or ChallengeKind.FaceEnrolment => CreateSessionRequest.ForEnrolment(challenge.WorkflowId, challenge.VendorData),
        _ => CreateSessionRequest.ForReauthentication(challenge.WorkflowId, challenge.VendorData, challenge.Reason),
    };
}

using BiometricTwoFactor.AspNetCore;

namespace Bank;

/// <summary>Tells the customer in plain words what became of a confirmation, and raises what must not happen as an alert.</summary>
internal sealed class SecurityObserver(NoticeBoard board, TimeProvider timeProvider) : IStepUpObserver
{
    public ValueTask OnEventAsync(StepUpEvent stepUpEvent, CancellationToken cancellationToken = default)
    {
        if (Words(stepUpEvent) is var (text, alert))
        {
            var challenge = stepUpEvent.Challenge;
            board.Add(challenge.Binding.Subject, new Notice(timeProvider.GetUtcNow(), stepUpEvent.Kind.ToString(), SubjectOf(challenge), text, alert));
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>What a confirmation is about, as the customer calls it.</summary>
    public static string SubjectOf(StepUpChallenge challenge) =>
        challenge.Transaction is { } transaction ? $"Transfer of {transaction.AmountText} {transaction.Currency} to {transaction.PayeeName}"
        : challenge.Kind switch
        {
            ChallengeKind.SignIn => "Sign-in on a new device",
            ChallengeKind.Recovery => "New password after a forgotten one",
            ChallengeKind.Enrolment or ChallengeKind.FaceEnrolment => "Set-up of face confirmation",
            _ => challenge.Title ?? "Confirmation",
        };

    private static (string Text, bool IsAlert)? Words(StepUpEvent stepUpEvent) => stepUpEvent.Kind switch
    {
        StepUpEventKind.Held => ("A person is looking at this confirmation. Nothing was carried out; we tell you here when it is decided.", false),
        StepUpEventKind.Declined => ("We could not confirm that it was you. Nothing was carried out. Try again in good light, or call us.", false),
        StepUpEventKind.Consumed when stepUpEvent.Challenge.Kind == ChallengeKind.SignIn => ("You signed in with your face. If it was not you, call us.", false),
        StepUpEventKind.Consumed when stepUpEvent.Challenge.Kind == ChallengeKind.Recovery => ("A new password was set after a look into the camera. If it was not you, call us at once.", true),
        StepUpEventKind.Consumed => ("Confirmed by your face and carried out.", false),
        StepUpEventKind.Enrolled => ("Your face is on file. From now on a look into the camera confirms what you do.", false),
        StepUpEventKind.Ended => ("The confirmation ended without a result. Nothing was carried out; you can begin again at any time.", false),
        StepUpEventKind.ClaimedElsewhere => ("The link of this confirmation was opened in another browser. Nothing was carried out. If you did not do that yourself, change your password and call us.", true),
        StepUpEventKind.SessionReturnedTwice => ("This confirmation collided with another one and was ended. Nothing was carried out by it. Begin again.", true),
        StepUpEventKind.Violated => ("The result did not belong to what you were asked. Nothing was carried out. Please call us.", true),
        StepUpEventKind.TransactionChanged => ("Somebody tried to use this confirmation for another amount or payee. Nothing was carried out. Please call us.", true),
        StepUpEventKind.Revoked => ("This confirmation was taken back before it was used. Nothing was carried out.", true),
        StepUpEventKind.RecognisedDeviceFirst => ("Somebody with your password began a confirmation on a device we do not know; yours went first. If it was not you, change your password.", true),
        StepUpEventKind.BlockedForGood => ("Confirmations on devices we do not know are blocked after too many failures. Call us to lift the block.", true),
        StepUpEventKind.ReversedAfterUse => ("This confirmation was taken back after it had been used. Please call us.", true),
        _ => null,
    };
}

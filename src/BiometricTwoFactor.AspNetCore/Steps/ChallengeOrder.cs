namespace BiometricTwoFactor.AspNetCore;

/// <summary>Everything that a new challenge is made from: facts of the server, never of the caller (protocol 2.2).</summary>
/// <param name="Binding">Who asks.</param>
/// <param name="Kind">What for.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Demand">How it is asked.</param>
internal sealed record ChallengeOrder(StepUpBinding Binding, ChallengeKind Kind, StepUpQuestion Question, StepUpDemand Demand)
{
    /// <summary>The device and network that ask.</summary>
    public AskingDevice Device { get; init; } = AskingDevice.Unknown;

    /// <summary>The request to come back to; null leads to the application's start page.</summary>
    public OriginalRequest? Original { get; init; }

    /// <summary>What a sign-in is to be completed with.</summary>
    public byte[]? SealedSignIn { get; init; }

    /// <summary>What was evidenced before the face, in the words of <c>amr</c>.</summary>
    public IReadOnlyList<string> Factors { get; init; } = [];

    /// <summary>Why no face can be asked, so that only a way of equal strength completes it; null for a face.</summary>
    public string? WithoutFace { get; init; }

    public override string ToString() => Question.Reason;
}

namespace BiometricTwoFactor.AspNetCore;

/// <summary>How far a hand-over has come, in the words of the state's JSON: what the asking page follows.</summary>
internal static class HandOverStep
{
    /// <summary>Another device can be chosen.</summary>
    public const string Possible = "possible";

    /// <summary>The link waits for the other device.</summary>
    public const string Offered = "offered";

    /// <summary>The digits were given there.</summary>
    public const string Opened = "opened";

    /// <summary>The camera page was opened there.</summary>
    public const string Capturing = "capturing";

    /// <summary>There is a verdict, or an end: the challenge's own state says which.</summary>
    public const string Done = "done";

    public static string? Of(StepUpChallenge challenge) => challenge switch
    {
        { HandOver: null } => null,
        { State: not ChallengeState.Pending } => Done,
        { HandOver.TakenAt: null } => Offered,
        { SessionId: null } => Opened,
        _ => Capturing,
    };
}

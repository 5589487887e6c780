using System.Diagnostics.CodeAnalysis;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Whether a call may go on, or what its caller is to be told.</summary>
public sealed class StepUpAdmission
{
    internal StepUpAdmission(StepUpChallenge? approval) => Approval = approval;

    internal StepUpAdmission(StepUpSignal signal) => Signal = signal;

    /// <summary>True when the call may go on, once. Ask again for the next one.</summary>
    [MemberNotNullWhen(false, nameof(Signal))]
    public bool IsAdmitted => Signal is null;

    /// <summary>The challenge whose approval was used, for the application's records; null where no face was needed.</summary>
    public StepUpChallenge? Approval { get; }

    /// <summary>What is missing; null when the call may go on.</summary>
    public StepUpSignal? Signal { get; }

    /// <summary>What is missing, if anything.</summary>
    public override string ToString() => Signal?.Type ?? "admitted";
}

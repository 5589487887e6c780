namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The windows of account access (protocol 2.1): a face opens one for exactly its binding, activity keeps it open, and an
/// absolute end closes it.
/// </summary>
public interface IAccessStore
{
    /// <summary>Opens a window, or replaces the binding's former one.</summary>
    ValueTask OpenAccessAsync(AccessWindow window, CancellationToken cancellationToken = default);

    /// <summary>
    /// One conditional write: when the binding's window is open at <paramref name="now"/> (last seen less than
    /// <paramref name="inactivity"/> ago, before its end), marks it as seen now and returns it; else null. A clock that went
    /// back never makes a window longer.
    /// </summary>
    ValueTask<AccessWindow?> TryTouchAccessAsync(StepUpBinding binding, DateTimeOffset now, TimeSpan inactivity, CancellationToken cancellationToken = default);

    /// <summary>Closes the binding's window, if it has one.</summary>
    ValueTask CloseAccessAsync(StepUpBinding binding, CancellationToken cancellationToken = default);
}

/// <summary>A face that is good for account access for a while.</summary>
/// <param name="Binding">Whose.</param>
/// <param name="ChallengeId">The challenge behind it.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="AuthenticatedAt">When the face was shown.</param>
/// <param name="SeenAt">The last activity.</param>
/// <param name="EndsAt">When it ends whatever the activity.</param>
public sealed record AccessWindow(
    StepUpBinding Binding, string ChallengeId, string Digest, DateTimeOffset AuthenticatedAt, DateTimeOffset SeenAt, DateTimeOffset EndsAt)
{
    /// <summary>What was evidenced, in the words of <c>amr</c>.</summary>
    public IReadOnlyList<string> Factors { get; init; } = [];

    /// <summary>Says nothing: the binding names a person.</summary>
    public override string ToString() => nameof(AccessWindow);
}

namespace BiometricTwoFactor.Testing;

/// <summary>One call of a <see cref="FakeBiometricClient"/>, failed ones included.</summary>
public sealed class FakeCall
{
    /// <summary>The method's name, such as <c>nameof(BiometricClient.GetDecisionAsync)</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The session that the call named; of a creation, the one that it made. Null where there is none.</summary>
    public SessionId? SessionId { get; init; }

    /// <summary>
    /// What was asked: a <see cref="CreateSessionRequest"/>, <see cref="FaceMatchRequest"/>, <see cref="PassiveLivenessRequest"/>,
    /// <see cref="UpdateStatusRequest"/> or <see cref="SessionFilter"/>, or the <c>vendor_data</c> of a deleted user; null where
    /// there is none. Pictures in it may be disposed by now: they are their sender's.
    /// </summary>
    public object? Request { get; init; }

    /// <summary>What it threw; null when it answered.</summary>
    public Exception? Failure { get; init; }

    /// <summary>The method, and the session where there is one.</summary>
    public override string ToString() => SessionId is { } id ? $"{Method} {id}" : Method;
}

using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.Testing;

/// <summary>
/// Verdicts in one line. Each waits for the oldest unfinished session, of one user or of anybody, finishes its capture in
/// the customer's place, and ends when the webhook has been tried once: the application has heard of it then. Several at
/// once finish different sessions. The customer does not come back by that: the callback is in the answer
/// (<see cref="StepUpHttpClientExtensions.ClaimStepUpAsync"/>).
/// </summary>
public static class BiometricEmulatorExtensions
{
    /// <summary>Approved: every step passes.</summary>
    /// <param name="emulator">The provider.</param>
    /// <param name="vendorData">Whose session; null for anybody's.</param>
    /// <param name="timeout">How long all of it may take in real time; 10 seconds when null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">No session came in time, or the webhook was not answered; the message says which.</exception>
    public static Task<FinishedCapture> ApproveNextAsync(
        this BiometricEmulator emulator, string? vendorData = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        emulator.FinishNextAsync(SandboxScenario.Approve, vendorData, timeout, cancellationToken);

    /// <summary>Approved by a picture that is really compared with the user's portrait (see <see cref="BiometricEmulator.StoreFace(string, ReadOnlySpan{byte})"/>).</summary>
    /// <param name="emulator">The provider.</param>
    /// <param name="selfie">The live picture's file, JPEG or PNG.</param>
    /// <param name="vendorData">Whose session; null for anybody's.</param>
    /// <param name="timeout">How long all of it may take in real time; 10 seconds when null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The picture was not approved; the message says what became of the session.</exception>
    /// <exception cref="TimeoutException">As for the other.</exception>
    public static async Task<FinishedCapture> ApproveNextAsync(
        this BiometricEmulator emulator, ReadOnlyMemory<byte> selfie, string? vendorData = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var finished = await emulator.FinishNextAsync(selfie, vendorData, timeout, cancellationToken);
        return finished.Session.Status == SessionStatus.Approved
            ? finished
            : throw new InvalidOperationException($"The picture was not approved: session {finished}.");
    }

    /// <summary>Declined: another person's face (<see cref="SandboxScenario.DeclineFaceMatchLowSimilarity"/>). A workflow without face match is approved even so.</summary>
    /// <inheritdoc cref="ApproveNextAsync(BiometricEmulator, string?, TimeSpan?, CancellationToken)"/>
    public static Task<FinishedCapture> DeclineNextAsync(
        this BiometricEmulator emulator, string? vendorData = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        emulator.FinishNextAsync(SandboxScenario.DeclineFaceMatchLowSimilarity, vendorData, timeout, cancellationToken);

    /// <summary>In Review: neither here nor there (<see cref="SandboxScenario.ReviewFaceMatchBorderline"/>). <see cref="BiometricEmulator.ReviewAsync"/> ends the review.</summary>
    /// <inheritdoc cref="ApproveNextAsync(BiometricEmulator, string?, TimeSpan?, CancellationToken)"/>
    public static Task<FinishedCapture> HoldNextAsync(
        this BiometricEmulator emulator, string? vendorData = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        emulator.FinishNextAsync(SandboxScenario.ReviewFaceMatchBorderline, vendorData, timeout, cancellationToken);

    /// <summary>Abandoned: the customer began and left.</summary>
    /// <inheritdoc cref="ApproveNextAsync(BiometricEmulator, string?, TimeSpan?, CancellationToken)"/>
    public static Task<FinishedCapture> AbandonNextAsync(
        this BiometricEmulator emulator, string? vendorData = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        emulator.FinishNextAsync(SandboxScenario.Abandon, vendorData, timeout, cancellationToken);

    /// <summary>Expired: the link ran out of time. (Moving the clock by the session's lifetime does the same to a session that is looked at then.)</summary>
    /// <inheritdoc cref="ApproveNextAsync(BiometricEmulator, string?, TimeSpan?, CancellationToken)"/>
    public static Task<FinishedCapture> ExpireNextAsync(
        this BiometricEmulator emulator, string? vendorData = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        emulator.FinishNextAsync(SandboxScenario.Expire, vendorData, timeout, cancellationToken);

    /// <summary>Whatever a scenario says.</summary>
    /// <param name="emulator">The provider.</param>
    /// <param name="scenario">One of <see cref="SandboxScenario"/>.</param>
    /// <param name="vendorData">Whose session; null for anybody's.</param>
    /// <param name="timeout">How long all of it may take in real time; 10 seconds when null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The scenario is unknown.</exception>
    /// <exception cref="TimeoutException">No session came in time, or the webhook was not answered; the message says which.</exception>
    public static Task<FinishedCapture> FinishNextAsync(
        this BiometricEmulator emulator, string scenario, string? vendorData = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        ArgumentNullException.ThrowIfNull(scenario);
        if (!SandboxScenario.All.Contains(scenario, StringComparer.Ordinal))
        {
            // Before the wait: it would be refused after it.
            throw new ArgumentException("The scenario is not one of SandboxScenario's.", nameof(scenario));
        }

        return NextCapture.FinishAsync(emulator, vendorData, (id, token) => emulator.CompleteAsync(id, scenario, token), timeout, cancellationToken);
    }

    /// <summary>Whatever becomes of a picture: approved, in review or declined, as <see cref="BiometricEmulator.CompleteAsync(SessionId, ReadOnlyMemory{byte}, CancellationToken)"/> judges it.</summary>
    /// <param name="emulator">The provider.</param>
    /// <param name="selfie">The live picture's file, JPEG or PNG.</param>
    /// <param name="vendorData">Whose session; null for anybody's.</param>
    /// <param name="timeout">How long all of it may take in real time; 10 seconds when null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">No session came in time, or the webhook was not answered; the message says which.</exception>
    public static Task<FinishedCapture> FinishNextAsync(
        this BiometricEmulator emulator, ReadOnlyMemory<byte> selfie, string? vendorData = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        NextCapture.FinishAsync(emulator, vendorData, (id, token) => emulator.CompleteAsync(id, selfie, token), timeout, cancellationToken);
}

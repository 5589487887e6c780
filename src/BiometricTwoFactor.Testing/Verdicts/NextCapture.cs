using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.Testing;

/// <summary>Waits for the oldest unfinished session and finishes it. Of several that wait at once, each gets a session of its own.</summary>
internal static class NextCapture
{
    private const int MostListed = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="emulator">The provider.</param>
    /// <param name="vendorData">Whose session; null for anybody's.</param>
    /// <param name="finish">Finishes it; throws as <c>CompleteAsync</c> does when somebody else was faster.</param>
    /// <param name="timeout">How long all of it may take in real time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<FinishedCapture> FinishAsync(
        BiometricEmulator emulator,
        string? vendorData,
        Func<SessionId, CancellationToken, Task<Uri?>> finish,
        TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        var limit = timeout ?? Patience;
        // Real time: under a clock that stands still nothing would ever end.
        using var patience = new CancellationTokenSource(limit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var step = "";
        try
        {
            while (true)
            {
                step = "";
                var session = await emulator.WaitForSessionAsync(one => IsUnfinished(one) && IsOf(one, vendorData), either.Token);
                try
                {
                    step = $"Session {session.Id} came, but the application has not stored it";
                    await (BiometricTestProvider.ApplicationOf(emulator)?.UntilStoredAsync(session, either.Token) ?? Task.CompletedTask);
                    step = $"Session {session.Id} was finished, but its webhook was not answered";
                    var callback = await finish(session.Id, either.Token);
                    return new FinishedCapture { Session = emulator.FindSession(session.Id) ?? session, Callback = callback };
                }
                catch (Exception e) when (e is InvalidOperationException or ArgumentException && !IsStillUnfinished(emulator, session.Id))
                {
                    // Finished or deleted by somebody else between the look and the act: the next one, then.
                }
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(step.Length > 0 ? $"{step} within {limit}." : NothingCame(emulator, vendorData, limit), e);
        }
    }

    /// <summary>What the provider would hand out again (contract 1.2).</summary>
    private static bool IsUnfinished(EmulatedSession session) => session.Status is SessionStatus.NotStarted
        or SessionStatus.InProgress or SessionStatus.Resubmitted or SessionStatus.AwaitingUser;

    private static bool IsOf(EmulatedSession session, string? vendorData) =>
        vendorData is null || string.Equals(session.VendorData, vendorData, StringComparison.Ordinal);

    private static bool IsStillUnfinished(BiometricEmulator emulator, SessionId id) =>
        emulator.FindSession(id) is { } now && IsUnfinished(now);

    /// <summary>By ids and statuses: failure messages end up in the logs of a build.</summary>
    private static string NothingCame(BiometricEmulator emulator, string? vendorData, TimeSpan limit)
    {
        var sessions = emulator.Sessions;
        var listed = sessions.TakeLast(MostListed).Select(session => $"{session.Id} {session.Status.ToWire()}{(session.IsDeleted ? " (deleted)" : "")}");
        return $"No unfinished session{(vendorData is null ? "" : " of the wanted user")} came within {limit}. "
            + (sessions.Count == 0 ? "There is no session at all." : $"Sessions, {sessions.Count} in all, the newest last: {string.Join(", ", listed)}.");
    }
}

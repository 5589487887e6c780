using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.Emulator;

/// <summary>Brings the state back at the start, and saves it soon after each change and at the end.</summary>
internal sealed partial class StateKeeper(EmulatorCore core, StateFile file) : IAsyncDisposable
{
    /// <summary>A burst of changes is saved once.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ILogger? _logger = core.Settings.Options.LoggerFactory?.CreateLogger("BiometricTwoFactor.Emulator.State");
    private readonly CancellationTokenSource _stopping = new();
    private Task _watching = Task.CompletedTask;

    /// <summary>Sessions of workflows that are no longer configured are left out.</summary>
    /// <exception cref="InvalidDataException">What was saved makes no sense.</exception>
    public void Restore(SavedState state)
    {
        foreach (var saved in state.Destinations)
        {
            core.Webhooks.Destinations.Restore(SavedDestinations.Load(saved), saved.IsDefault);
        }

        lock (core.Store.Gate)
        {
            foreach (var saved in state.Sessions)
            {
                if (!SessionId.TryParse(saved.Id, out _) || core.Store.Knows(saved.Id, saved.Token))
                {
                    throw new InvalidDataException("The state file has a session twice, or one without an id.");
                }

                if ((saved.ApiService is null ? core.Settings.FindWorkflow(saved.WorkflowId) : SavedCall.NoWorkflow) is { } workflow)
                {
                    core.Store.Add(SavedSessions.Load(saved, workflow, core.Store.NextNumber));
                }
            }

            foreach (var user in state.Users)
            {
                core.Store.SetBlocked(user.VendorData, user.IsBlocked);
                if (user.HasEnrolledFace)
                {
                    core.Store.StoreFace(user.VendorData, user.Face is null ? null : new HeldPicture(user.Face));
                }
            }
        }
    }

    public void Start() => _watching = Task.Run(WatchAsync, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        TrySave();
        file.Dispose();
        _stopping.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            // At once as well: the keys that were made are worth keeping even when nothing else happens.
            while (true)
            {
                var saved = core.Changes.Version; // read first: what changes while it is saved is saved next
                TrySave();
                await core.Changes.WaitAsync(saved, _stopping.Token);
                await Task.Delay(Pause, core.Settings.Clock, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The end saves once more.
        }
    }

    private void TrySave()
    {
        try
        {
            file.Save(Snapshot());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The emulator is of use without its file: the next change tries again.
            if (_logger is not null)
            {
                LogNotSaved(_logger, e);
            }
        }
    }

    private SavedState Snapshot()
    {
        var withPictures = core.Settings.Options.StateHoldsPictures;
        var destinations = core.Webhooks.Destinations;
        lock (core.Store.Gate)
        {
            return new SavedState
            {
                Version = SavedState.CurrentVersion,
                ApiKey = core.Settings.ApiKey,
                WebhookSecret = core.Webhooks.Destinations.DefaultSecret,
                ApplicationId = core.Settings.ApplicationId,
                Sessions = [.. core.Store.All.Select(session => SavedSessions.Save(session, withPictures))],
                Users = [.. core.Store.SaveUsers(withPictures)],
                Destinations = [.. destinations.All.Select(destination => SavedDestinations.Save(destination, destinations.IsDefault(destination)))],
            };
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The state could not be saved; the next change tries again")]
    private static partial void LogNotSaved(ILogger logger, Exception exception);
}

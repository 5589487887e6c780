namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>Those who wait for a change, made here or on another machine.</summary>
internal sealed partial class EntityFrameworkStepUpStore
{
    /// <summary>While nothing announces changes of other machines.</summary>
    private static readonly TimeSpan DeafPollInterval = TimeSpan.FromMilliseconds(500);

    private readonly ChangeSignals _signals = new();
    private ChangeListener? _listener;
    private bool _asked;

    /// <inheritdoc/>
    public async ValueTask WaitForChangeAsync(string id, long version, CancellationToken cancellationToken = default)
    {
        var listener = Listener();
        if (listener is not null)
        {
            await listener.ReadyAsync(cancellationToken).ConfigureAwait(false);
        }

        for (;;)
        {
            // Subscribed first and read after it, so that no change falls in between.
            using var waiter = _signals.Subscribe(id);
            if (await VersionAsync(id, cancellationToken).ConfigureAwait(false) != version)
            {
                return;
            }

            var patience = listener is { IsListening: false } ? DeafPollInterval : Tables.Engine.PollInterval;
            try
            {
                await waiter.Changed.WaitAsync(patience, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // Looks for itself.
            }
        }
    }

    private ValueTask<long?> VersionAsync(string id, CancellationToken cancellationToken) =>
        ReadAsync(
            connection => connection.FirstAsync(Statements.FindVersion, static row => (long?)row.GetInt64(1), cancellationToken, SqlValue.Text("@id", id)),
            cancellationToken);

    /// <summary>Begins to listen when the first one waits: a process where nobody does needs no such connection.</summary>
    private ChangeListener? Listener()
    {
        if (Volatile.Read(ref _asked))
        {
            return _listener;
        }

        lock (_gate)
        {
            if (!_asked)
            {
                _listener = Tables.Engine.Listen(database, _signals.Release);
                Volatile.Write(ref _asked, true);
            }

            return _listener;
        }
    }
}

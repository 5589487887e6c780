using Npgsql;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>
/// The one connection of this process on which PostgreSQL announces changes. It connects again when it is lost; meanwhile
/// those who wait look for themselves.
/// </summary>
internal sealed class ChangeListener : IAsyncDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan BetweenSigns = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly IStoreDatabase _database;
    private readonly Action<string?> _changed;
    private readonly Task _running;
    private TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChangeListener(IStoreDatabase database, Action<string?> changed)
    {
        _database = database;
        _changed = changed;
        _running = Task.Run(RunAsync);
    }

    /// <summary>True while changes are announced here.</summary>
    public bool IsListening => Volatile.Read(ref _listening).Task.IsCompletedSuccessfully;

    /// <summary>Until changes are announced; not longer than a moment, since who waits can look for itself.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Volatile.Read(ref _listening).Task.WaitAsync(BetweenTries, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It goes on trying.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // Whatever it is, a step-up must not hang on it: who waits looks every now and then.
                if (IsListening)
                {
                    Volatile.Write(ref _listening, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                }

                _changed(null);
            }

            try
            {
                await Task.Delay(BetweenTries, TimeProvider.System, _stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var connection = await _database.OpenAsync(write: false, cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var npgsql = (NpgsqlConnection)connection.Connection;
            npgsql.Notification += (_, notification) => _changed(notification.Payload);
            await connection.ExecuteAsync($"LISTEN {PostgreSqlEngine.Channel}", cancellationToken).ConfigureAwait(false);
            Volatile.Read(ref _listening).TrySetResult();

            // What was announced while nobody listened: everyone looks once.
            _changed(null);
            while (!cancellationToken.IsCancellationRequested)
            {
                // A connection that died without a word, such as behind a firewall, is noticed by asking now and then.
                if (!await npgsql.WaitAsync(BetweenSigns, cancellationToken).ConfigureAwait(false))
                {
                    await connection.ExecuteAsync("SELECT 1", cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }
}

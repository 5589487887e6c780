using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>
/// An open connection of a context, for one operation. Statements are written by hand and run on the bare provider: each is
/// one conditional write, which a change tracker cannot say, and the hot ones are the price of every step-up.
/// </summary>
internal sealed class StoreConnection(DbConnection connection, StoreSchema schema, Func<ValueTask> close) : IAsyncDisposable
{
    private DbTransaction? _transaction;
    private bool _isJoined;

    public StoreSchema Schema { get; } = schema;

    public DbConnection Connection { get; } = connection;

    public bool IsInTransaction => _transaction is not null;

    /// <summary>The connection of the application's own context, within the transaction that it has begun.</summary>
    public static StoreConnection Joining(DbContext context, StoreSchema schema) =>
        new(context.Database.GetDbConnection(), schema, () => ValueTask.CompletedTask)
        {
            _transaction = context.Database.CurrentTransaction?.GetDbTransaction(),
            _isJoined = true,
        };

    /// <summary>READ COMMITTED, whatever the server's default is: what follows a lock must see what was done under it. SQLite has one level only.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) =>
        _transaction = await Connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_transaction is { } transaction)
        {
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            await transaction.DisposeAsync().ConfigureAwait(false);
            _transaction = null;
        }
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params SqlValue[] values)
    {
        var command = Command(sql, values);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The first row, or the type's default where there is none.</summary>
    public async Task<T?> FirstAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params SqlValue[] values)
    {
        var command = Command(sql, values);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? read(reader) : default;
            }
        }
    }

    public async Task<bool> AnyAsync(string sql, CancellationToken cancellationToken, params SqlValue[] values) =>
        await FirstAsync(sql, static _ => true, cancellationToken, values).ConfigureAwait(false);

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params SqlValue[] values)
    {
        List<T> rows = [];
        var command = Command(sql, values);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    rows.Add(read(reader));
                }
            }
        }

        return rows;
    }

    public DbCommand Command(string sql, ReadOnlySpan<SqlValue> values)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _transaction;
        foreach (var value in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = value.Name;
            parameter.DbType = value.Type;
            parameter.Value = value.Value ?? DBNull.Value;
            parameter.Direction = ParameterDirection.Input;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public async ValueTask DisposeAsync()
    {
        if (_transaction is { } open && !_isJoined)
        {
            // Not committed: rolled back.
            await open.DisposeAsync().ConfigureAwait(false);
        }

        await close().ConfigureAwait(false);
    }
}

using BiometricTwoFactor.EntityFrameworkCore;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// The store's own database, which writes down what the store really sends, so that the peers send the same and no copy of it
/// that grows old.
/// </summary>
internal sealed class RecordingDatabase(IStoreDatabase inner) : IStoreDatabase
{
    private List<RecordedOperation>? _operations;

    public string ContextName => inner.ContextName;

    public bool IsOwn => inner.IsOwn;

    public StoreSchema Schema => inner.Schema;

    public Task<StoreContext> ContextAsync(CancellationToken cancellationToken) => inner.ContextAsync(cancellationToken);

    public async Task<StoreConnection> OpenAsync(bool write, CancellationToken cancellationToken)
    {
        var connection = await inner.OpenAsync(write, cancellationToken);
        if (_operations is not { } operations)
        {
            return connection;
        }

        var operation = new RecordedOperation(write);
        operations.Add(operation);
        return new StoreConnection(new RecordingConnection(connection.Connection, operation), Schema, connection.DisposeAsync);
    }

    /// <summary>What is sent meanwhile, by one caller after the other.</summary>
    public async Task<IReadOnlyList<RecordedOperation>> RecordAsync(Func<Task> work)
    {
        List<RecordedOperation> operations = [];
        _operations = operations;
        await work();
        _operations = null;
        return operations;
    }
}

/// <summary>What one operation of the store sent on its connection.</summary>
internal sealed class RecordedOperation(bool isWrite)
{
    public bool IsWrite { get; } = isWrite;

    /// <summary>True when all of it is one transaction that was begun; otherwise each statement is its own.</summary>
    public bool IsTransaction { get; set; }

    public List<RecordedStatement> Statements { get; } = [];
}

/// <summary>A command's text and values.</summary>
internal sealed record RecordedStatement(string Text, IReadOnlyList<SqlValue> Values);

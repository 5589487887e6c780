using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>A connection that writes down what goes through it.</summary>
internal sealed class RecordingConnection(DbConnection inner, RecordedOperation operation) : DbConnection
{
    [AllowNull]
    public override string ConnectionString { get => inner.ConnectionString; set => inner.ConnectionString = value; }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Close() => inner.Close();

    public override void Open() => inner.Open();

    protected override DbCommand CreateDbCommand() => new RecordingCommand(inner.CreateCommand(), operation);

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        operation.IsTransaction = true;
        return inner.BeginTransaction(isolationLevel);
    }
}

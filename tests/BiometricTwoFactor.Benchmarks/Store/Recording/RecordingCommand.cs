using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using BiometricTwoFactor.EntityFrameworkCore;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>A command that is written down when it is sent.</summary>
internal sealed class RecordingCommand(DbCommand inner, RecordedOperation operation) : DbCommand
{
    [AllowNull]
    public override string CommandText { get => inner.CommandText; set => inner.CommandText = value; }

    public override int CommandTimeout { get => inner.CommandTimeout; set => inner.CommandTimeout = value; }

    public override CommandType CommandType { get => inner.CommandType; set => inner.CommandType = value; }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get => inner.UpdatedRowSource; set => inner.UpdatedRowSource = value; }

    protected override DbConnection? DbConnection { get => inner.Connection; set => inner.Connection = value; }

    protected override DbParameterCollection DbParameterCollection => inner.Parameters;

    protected override DbTransaction? DbTransaction { get => inner.Transaction; set => inner.Transaction = value; }

    public override void Cancel() => inner.Cancel();

    public override int ExecuteNonQuery()
    {
        Write();
        return inner.ExecuteNonQuery();
    }

    public override object? ExecuteScalar()
    {
        Write();
        return inner.ExecuteScalar();
    }

    public override void Prepare() => inner.Prepare();

    protected override DbParameter CreateDbParameter() => inner.CreateParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        Write();
        return inner.ExecuteReader(behavior);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Write() => operation.Statements.Add(new RecordedStatement(
        inner.CommandText,
        [.. inner.Parameters.Cast<DbParameter>().Select(parameter => new SqlValue(parameter.ParameterName, parameter.DbType, parameter.Value is DBNull ? null : parameter.Value))]));
}

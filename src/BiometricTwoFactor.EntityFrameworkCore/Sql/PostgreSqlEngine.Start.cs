using System.Net.Sockets;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>What can be wrong with a server, seen at the start.</summary>
internal sealed partial class PostgreSqlEngine
{
    private const string ReadOnlyServer =
        "The biometric store's PostgreSQL server is a read-only replica, or its transactions are read-only by default. Name the primary in the connection string (several hosts: Target Session Attributes=primary).";

    public override bool IsMissingTable(Exception failure) => failure is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable };

    public override string Explain(Exception failure) => CauseOf(failure) switch
    {
        StoreUnusableException known => known.Message,
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
            "The biometric store's PostgreSQL server has no database of that name. Create it, or name the right one in the connection string (Database=…).",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            "The biometric store's PostgreSQL server refuses the user or the password. Correct Username and Password in the connection string.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } =>
            "The biometric store's PostgreSQL user may not use its tables. Grant it SELECT, INSERT, UPDATE and DELETE on the tables biometric_*; migrations need CREATE too.",
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } =>
            ReadOnlyServer,
        NpgsqlException unsaid when unsaid is not PostgresException && unsaid.Message.Contains("No password has been provided", StringComparison.Ordinal) =>
            "The biometric store's PostgreSQL server asks for a password, and the connection string has none. Add it from the application's secrets (Password=…), or name a file (Passfile=…).",
        NpgsqlException { InnerException: SocketException or TimeoutException } or SocketException or TimeoutException =>
            "The biometric store's PostgreSQL server cannot be reached. Correct Host and Port in the connection string, or start the server.",
        ArgumentException or FormatException =>
            "The biometric store's connection string is none for PostgreSQL. It looks like: Host=db;Database=bank;Username=bank",
        _ => $"The biometric store's PostgreSQL database cannot be used ({failure.GetType().Name}). The inner exception has the cause.",
    };

    public override string ColumnsOfTable => "SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass(@table) AND attnum > 0 AND NOT attisdropped";

    public override string UniqueColumnsOfTable =>
        "SELECT i.indexrelid::text, a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) "
        + "WHERE i.indrelid = to_regclass(@table) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL";

    public override string TableParameter(StoreTable table) => table.Delimited;

    public override async Task CheckAsync(IStoreDatabase database, DbContext context, bool mayCreate, CancellationToken cancellationToken)
    {
        if (mayCreate)
        {
            return;
        }

        await context.GetService<IRelationalConnection>().OpenAsync(cancellationToken).ConfigureAwait(false);
        var command = context.Database.GetDbConnection().CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            // A standby answers every read, and would be noticed by the first customer.
            command.CommandText = "SELECT current_setting('transaction_read_only')";
            if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is "on")
            {
                throw new StoreUnusableException(ReadOnlyServer);
            }
        }
    }
}

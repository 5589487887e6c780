using System.Net.Sockets;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>What can be wrong with a server, seen at the start.</summary>
internal sealed partial class PostgreSqlEngine
{
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
            "The biometric store's PostgreSQL server is a read-only replica. Name the primary in the connection string (several hosts: Target Session Attributes=primary).",
        NpgsqlException { InnerException: SocketException or TimeoutException } or SocketException or TimeoutException =>
            "The biometric store's PostgreSQL server cannot be reached. Correct Host and Port in the connection string, or start the server.",
        ArgumentException or FormatException =>
            "The biometric store's connection string is none for PostgreSQL. It looks like: Host=db;Database=bank;Username=bank",
        _ => $"The biometric store's PostgreSQL database cannot be used ({failure.GetType().Name}). The inner exception has the cause.",
    };

    public override async Task CheckAsync(DbContext context, bool mayCreate, CancellationToken cancellationToken)
    {
        if (!mayCreate)
        {
            await context.GetService<IRelationalConnection>().OpenAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}

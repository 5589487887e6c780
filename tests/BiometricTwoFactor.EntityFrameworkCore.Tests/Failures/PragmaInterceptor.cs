using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>Puts a file into a state on every connection: read-only or full, whoever runs the tests.</summary>
internal sealed class PragmaInterceptor(string pragma) : DbConnectionInterceptor
{
    public string Pragma { get; set; } = pragma;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Run(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Run(connection);
        return Task.CompletedTask;
    }

    private void Run(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        command.ExecuteNonQuery();
    }
}

using Microsoft.Data.Sqlite;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>A SQLite file of a test's own.</summary>
public sealed class SqliteFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("biometric-sqlite-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "step-up.db");

    public string ConnectionString => $"Data Source={Path}";

    public void Dispose()
    {
        using (var connection = new SqliteConnection(ConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        _folder.Delete(recursive: true);
    }
}

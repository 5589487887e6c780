namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>On SQLite.</summary>
public sealed class SqliteJoinedUseTests : JoinedUseContract
{
    private readonly SqliteFile _file = new();

    internal override Task<Bank> StartAsync() => Bank.StartAsync(options => options.UseSqlite(_file.ConnectionString));

    protected override Task CleanAsync()
    {
        _file.Dispose();
        return Task.CompletedTask;
    }
}

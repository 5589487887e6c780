using System.Data;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A parameter with its type, which a null has too: PostgreSQL guesses none.</summary>
internal readonly record struct SqlValue(string Name, DbType Type, object? Value)
{
    public static SqlValue Text(string name, string? value) => new(name, DbType.String, value);

    public static SqlValue Long(string name, long? value) => new(name, DbType.Int64, value);

    public static SqlValue Int(string name, int value) => new(name, DbType.Int32, value);

    public static SqlValue Bool(string name, bool value) => new(name, DbType.Boolean, value);

    /// <summary>
    /// A time as UTC ticks: whole numbers compare the same on every engine, and nothing of a time is rounded away between
    /// what was compared in memory and what is compared in the database.
    /// </summary>
    public static SqlValue Time(string name, DateTimeOffset? value) => new(name, DbType.Int64, value?.UtcTicks);

    public static SqlValue Bytes(string name, byte[] value) => new(name, DbType.Binary, value);
}

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>Which version of these tables the database has; a migration writes it.</summary>
internal sealed class SchemaVersionRow
{
    public int Id { get; set; }

    public int Version { get; set; }
}

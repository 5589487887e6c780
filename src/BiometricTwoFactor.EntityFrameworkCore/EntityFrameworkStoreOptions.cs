namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>How the durable store behaves at start.</summary>
public sealed class EntityFrameworkStoreOptions
{
    /// <summary>
    /// Applies missing migrations of the store's own contexts at start. Off by default: most operators let nobody who serves
    /// requests change a schema. Several instances that start at once wait for each other. An application's own context keeps its
    /// own migrations, and this does nothing there.
    /// </summary>
    public bool MigrateOnStart { get; set; }
}

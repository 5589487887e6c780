namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>The database behind the application's context, whichever that is.</summary>
internal interface IStoreDatabase
{
    /// <summary>The context's name, for messages.</summary>
    string ContextName { get; }

    /// <summary>True for a context of our own, whose migrations are ours too.</summary>
    bool IsOwn { get; }

    /// <summary>The tables and the engine; read from the model once.</summary>
    /// <exception cref="InvalidOperationException">The context holds no biometric store, or runs on another engine.</exception>
    StoreSchema Schema { get; }

    /// <summary>A context for one operation.</summary>
    Task<StoreContext> ContextAsync(CancellationToken cancellationToken);

    /// <summary>An open connection for one operation.</summary>
    Task<StoreConnection> OpenAsync(bool write, CancellationToken cancellationToken);
}

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>The start is refused: the database cannot hold the step-ups. The message has the reason and the remedy, and no connection string.</summary>
internal sealed class StoreUnusableException(string message, Exception? inner = null) : InvalidOperationException(message, inner);

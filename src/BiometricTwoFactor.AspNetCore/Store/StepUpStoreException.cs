namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The store could not do what it was asked: it is gone, too slow, read-only or full. Whether the change was stored is not known
/// where the answer was lost; nothing may be acknowledged after it. The action is refused with 503, the provider's delivery is
/// answered so that it is sent again. The message names no server and no user; the inner exception is the database's own.
/// </summary>
/// <param name="message">What happened.</param>
/// <param name="innerException">The database's failure.</param>
public sealed class StepUpStoreException(string message, Exception? innerException = null) : Exception(message, innerException);

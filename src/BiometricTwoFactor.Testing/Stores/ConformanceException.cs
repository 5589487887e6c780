namespace BiometricTwoFactor.Testing;

/// <summary>A store does not keep what <see cref="AspNetCore.IStepUpStore"/> promises. The message says what was expected and what came.</summary>
/// <param name="message">What was expected and what came.</param>
/// <param name="innerException">What the store threw, if it did.</param>
public sealed class ConformanceException(string message, Exception? innerException = null) : Exception(message, innerException);

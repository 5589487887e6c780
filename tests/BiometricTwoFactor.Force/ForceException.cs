namespace BiometricTwoFactor.Force;

/// <summary>The proof could not be carried out: neither held nor broken.</summary>
internal sealed class ForceException(string message) : Exception(message);

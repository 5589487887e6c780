namespace BiometricTwoFactor.AspNetCore;

/// <summary>That an endpoint asks for a face bound to a transaction.</summary>
internal sealed record TransactionStepUpMetadata(string Reason, StepUpEndpointOptions? Endpoint = null);

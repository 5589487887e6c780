using BiometricTwoFactor;

namespace Bank;

/// <summary>A transfer that was carried out, with the challenge whose approval allowed it; null where none was needed.</summary>
internal sealed record ExecutedTransfer(string Id, string CustomerId, DateTimeOffset At, Transaction Transaction, string? ChallengeId);

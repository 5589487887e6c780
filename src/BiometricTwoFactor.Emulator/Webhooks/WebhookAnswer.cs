namespace BiometricTwoFactor.Emulator;

/// <summary>What a receiver said.</summary>
/// <param name="Status">Its HTTP status; null when it did not answer in time, or at all.</param>
/// <param name="Body">The beginning of its body; null without one.</param>
/// <param name="Duration">How long it took to the first line of the answer, or until it was given up.</param>
internal sealed record WebhookAnswer(int? Status, string? Body, TimeSpan Duration);

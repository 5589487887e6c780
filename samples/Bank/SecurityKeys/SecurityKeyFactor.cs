using BiometricTwoFactor.AspNetCore;

namespace Bank;

/// <summary>
/// A security key, twice: as the second factor that a risky network demands, and in the face's place for customers without a
/// camera. One page asks for it in both cases.
/// </summary>
internal sealed class SecurityKeyFactor(SecurityKeys keys) : ISecondFactor, IStepUpAlternative
{
    public const string Way = "security-key";

    public string Name => Way;

    public ValueTask<bool> IsAvailableAsync(StepUpChallenge challenge, CancellationToken cancellationToken = default) => new(keys.Has(challenge.Binding.Subject));

    public ValueTask<bool> IsOfferedAsync(StepUpChallenge challenge, CancellationToken cancellationToken = default) => new(keys.Has(challenge.Binding.Subject));

    public string UrlFor(HttpContext context, StepUpChallenge challenge) => $"{context.Request.PathBase}/second-factor/{challenge.Id}";
}

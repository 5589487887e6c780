using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// A second factor that the application checks itself, such as a security key (FIDO2), for verdicts whose risk demands more
/// than a face (<see cref="RiskResponse.SecondFactor"/>). Its page verifies the factor and reports it with
/// <see cref="StepUpService.CompleteSecondFactorAsync"/>. Without one, what would demand it is held.
/// </summary>
public interface ISecondFactor
{
    /// <summary>
    /// True when this person has such a factor. Asked while the verdict is judged; without a factor it is held. An exception
    /// leaves the verdict unjudged, and it is tried again.
    /// </summary>
    ValueTask<bool> IsAvailableAsync(StepUpChallenge challenge, CancellationToken cancellationToken = default);

    /// <summary>The local URL of the application's page that asks for it, with the challenge's id in it.</summary>
    string UrlFor(HttpContext context, StepUpChallenge challenge);
}

using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// A way of equal strength for those who cannot show a face: the law demands one for people without a camera. It is
/// offered as a link beside the camera and after a refusal, and never chosen by itself. The application's page verifies the
/// person and reports it with <see cref="StepUpService.CompleteByAlternativeAsync"/>.
/// </summary>
public interface IStepUpAlternative
{
    /// <summary>A stable name for the record, such as <c>security-key</c>: lower-case letters, digits and hyphens, at most 40.</summary>
    string Name { get; }

    /// <summary>Whether this person can use it for this challenge. An exception is logged, and the way is not offered then.</summary>
    ValueTask<bool> IsOfferedAsync(StepUpChallenge challenge, CancellationToken cancellationToken = default);

    /// <summary>The local URL of the application's page for it, with the challenge's id in it. The page shows what is asked, as the confirm page does.</summary>
    string UrlFor(HttpContext context, StepUpChallenge challenge);
}

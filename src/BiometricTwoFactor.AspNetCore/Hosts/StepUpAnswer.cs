using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What an endpoint returns that asked from code and got no approval: a browser is sent to the confirm page and comes back
/// with its form, an API caller gets 401 with the challenge. A result of minimal APIs, of controllers and of Razor Pages.
/// </summary>
public sealed class StepUpAnswer : IResult, IActionResult
{
    private readonly PendingStepUp _pending;

    internal StepUpAnswer(PendingStepUp pending) => _pending = pending;

    Task IResult.ExecuteAsync(HttpContext httpContext) => AnswerAsync(httpContext);

    Task IActionResult.ExecuteResultAsync(ActionContext context) => AnswerAsync(context.HttpContext);

    /// <summary>Makes the challenge and answers with it.</summary>
    private Task AnswerAsync(HttpContext context) => context.RequestServices.GetRequiredService<StepUpResponder>().RespondAsync(context, _pending);
}

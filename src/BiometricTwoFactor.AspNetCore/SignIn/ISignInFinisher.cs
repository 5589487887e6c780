using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Completes a sign-in by other means than signing a kept ticket in, such as ASP.NET Core Identity's own. Called by the
/// handler after the approval was used, once, with <see cref="IBiometricApprovalFeature"/> set on the request.
/// </summary>
internal interface ISignInFinisher
{
    /// <summary>The name that a <see cref="SignInPlan"/> gives.</summary>
    string Name { get; }

    /// <summary>
    /// The partial sign-in that this request shows by other means than our own cookie (Identity's two-factor cookie), so that
    /// a plain <c>ChallengeAsync</c> finds whom to ask; null when there is none.
    /// </summary>
    Task<PartialSignIn?> FindPartialAsync(HttpContext context);

    /// <summary>Signs in. The result is the local URL to go to: the plan's on success, another where the account may not sign in.</summary>
    Task<string> FinishAsync(HttpContext context, StepUpChallenge consumed, SignInPlan plan, CancellationToken cancellationToken);
}

/// <summary>Somebody who has given the first factor.</summary>
/// <param name="Subject">The application's stable user id.</param>
/// <param name="Factors">What was evidenced, in the words of <c>amr</c>.</param>
internal sealed record PartialSignIn(string Subject, IReadOnlyList<string> Factors)
{
    public override string ToString() => nameof(PartialSignIn);
}

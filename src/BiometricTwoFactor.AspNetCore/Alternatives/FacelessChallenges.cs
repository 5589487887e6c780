namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Makes a challenge, also where no face can be asked, as long as a way of equal strength is offered: who has no camera
/// has no face on file either, and a face that is refused again and again needs a way out that is not weaker.
/// </summary>
internal sealed class FacelessChallenges(ChallengeMaker challenges, AlternativeWays ways)
{
    public async Task<StepUpChallengeOutcome> MakeAsync(ChallengeOrder order, CancellationToken cancellationToken)
    {
        var outcome = await challenges.MakeAsync(order, cancellationToken).ConfigureAwait(false);
        var reason = outcome.Refusal switch
        {
            ChallengeRefusal.NotEnrolled => JudgementReason.NotEnrolled,
            ChallengeRefusal.Blocked => JudgementReason.DeclinedTooOften,
            _ => null,
        };
        if (reason is null)
        {
            return outcome;
        }

        var faceless = order with { WithoutFace = reason };
        return (await ways.OfferedAsync(challenges.Draft(faceless), cancellationToken).ConfigureAwait(false)).Count == 0
            ? outcome
            : await challenges.MakeAsync(faceless, cancellationToken).ConfigureAwait(false);
    }
}

using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The begin and the end of a partial sign-in, with what becomes of its challenges (protocol 1.5): the same subject in the
/// same browser keeps them or takes them over, another subject or a completed sign-in ends them.
/// </summary>
internal sealed class PartialSignIns(PreSignIn preSignIn, StartCookie startCookie, ChallengeWriter writer, IStepUpStore store)
{
    /// <summary>Begins it for who has given the first factor, or was let in to recover.</summary>
    public async Task<StepUpBinding> BeginAsync(HttpContext context, string tenant, string subject, CancellationToken cancellationToken)
    {
        if (preSignIn.Read(context) is { } former && !IsOf(former, tenant, subject))
        {
            await EndChallengesAsync(former, cancellationToken).ConfigureAwait(false);
        }

        var binding = preSignIn.Begin(context, tenant, subject);
        await TakeOverAsync(context, binding, cancellationToken).ConfigureAwait(false);
        return binding;
    }

    /// <summary>Ends the partial sign-in of this browser, if there is one, and every challenge of it that is still open.</summary>
    public async Task EndAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (preSignIn.Read(context) is { } binding)
        {
            PreSignIn.End(context);
            StartCookie.Delete(context, PreSignIn.Scheme);
            await EndChallengesAsync(binding, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Ends it when somebody has signed in: the subject itself, so that it is complete, or somebody else. A ticket that is
    /// only issued anew for who was signed in already is neither.
    /// </summary>
    public async Task EndForAsync(HttpContext context, string tenant, string subject, bool isReissue, CancellationToken cancellationToken)
    {
        if (preSignIn.Read(context) is { } binding && (!isReissue || IsOf(binding, tenant, subject)))
        {
            await EndAsync(context, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsOf(StepUpBinding binding, string tenant, string subject) =>
        string.Equals(binding.Tenant, tenant, StringComparison.Ordinal) && string.Equals(binding.Subject, subject, StringComparison.Ordinal);

    private async Task EndChallengesAsync(StepUpBinding binding, CancellationToken cancellationToken)
    {
        foreach (var challenge in await store.ListOpenAsync(binding.Tenant, binding.Subject, cancellationToken).ConfigureAwait(false))
        {
            if (challenge.Binding == binding)
            {
                await writer.EndAsync(challenge, ChallengeState.Abandoned, JudgementReason.GivenUp, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The cookie of a partial sign-in ends with its browser window, and the one that start sets does not.</summary>
    private async Task TakeOverAsync(HttpContext context, StepUpBinding binding, CancellationToken cancellationToken)
    {
        if (startCookie.Read(context, PreSignIn.Scheme) is not { } started
            || await store.FindAsync(started.ChallengeId, cancellationToken).ConfigureAwait(false) is not { IsOpen: true } challenge
            || challenge.Binding == binding
            || !string.Equals(challenge.Binding.Scheme, PreSignIn.Scheme, StringComparison.Ordinal))
        {
            return;
        }

        if (IsOf(binding, started.Tenant, started.Subject) && IsOf(binding, challenge.Binding.Tenant, challenge.Binding.Subject))
        {
            await writer.ChangeAsync(challenge, current => BindingTakeOver.IsToBeHad(current) ? current with { Binding = binding } : null, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await writer.EndAsync(challenge, ChallengeState.Abandoned, JudgementReason.GivenUp, cancellationToken).ConfigureAwait(false);
            StartCookie.Delete(context, PreSignIn.Scheme);
        }
    }
}

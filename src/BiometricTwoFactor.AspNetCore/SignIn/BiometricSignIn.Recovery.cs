using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

public sealed partial class BiometricSignIn
{
    /// <summary>
    /// Begins to let somebody back into an account: a face is always asked for, and a review is not waited for (protocol 6.7).
    /// Call it from a POST of a page whose link was mailed to the account's holder, and never for a name that anybody can
    /// type: else the answers list accounts, and a known address is enough to use up its owner's tries. A POST, because the
    /// cookie that this sets is not sent along when the mail itself leads on to the next page.
    /// </summary>
    /// <param name="context">The request of that page.</param>
    /// <param name="subject">The application's stable user id, from the link.</param>
    /// <param name="returnUrl">The local path of the page that takes the new password.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The subject is empty, or the return URL is not a local path.</exception>
    public Task<SignInStep> BeginRecoveryAsync(HttpContext context, string subject, string returnUrl, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrEmpty(subject);
        return LocalUrl.IsSafe(returnUrl)
            ? _challenges.BeginRecoveryAsync(context, subject, returnUrl, cancellationToken)
            : throw new ArgumentException("The return URL is not a local path.", nameof(returnUrl));
    }

    /// <summary>
    /// The subject whose recovery this browser has an approval for, without using it: for the page that shows the form of
    /// the new password. Null where there is none.
    /// </summary>
    /// <param name="context">The caller's request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<string?> FindRecoveryAsync(HttpContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_preSignIn.Read(context) is not { } binding)
        {
            return null;
        }

        var now = _timeProvider.GetUtcNow();
        var open = await _store.ListOpenAsync(binding.Tenant, binding.Subject, cancellationToken).ConfigureAwait(false);
        return open.Any(challenge => challenge.Kind == ChallengeKind.Recovery && challenge.Binding == binding && challenge.IsUsableAt(now))
            ? binding.Subject
            : null;
    }

    /// <summary>
    /// Uses the approval of this browser's recovery, once, when the new password is posted, and gives the subject whose
    /// password may be set; null where there is no approval to use. Check the new password's form first: a second call finds
    /// nothing. Afterwards the partial sign-in is over and every device of the subject is a new one. Lead to the sign-in: a
    /// recovery signs nobody in. End the subject's other sessions yourself.
    /// </summary>
    /// <param name="context">The request that posts the new password, after its antiforgery validation.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<string?> UseRecoveryAsync(HttpContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_preSignIn.Read(context) is not { } binding)
        {
            return null;
        }

        var question = SignInChallenges.Recovery;
        var request = new ConsumeRequest(
            binding, question.Reason, question.DigestFor(binding.Tenant), "recovery:" + ChallengeIds.New(), ChallengeId: null, _timeProvider.GetUtcNow());
        var result = await _store.TryConsumeAsync(_recorder.Using(request), cancellationToken).ConfigureAwait(false);
        if (result is not { Outcome: ConsumeOutcome.Consumed, Challenge: { Kind: ChallengeKind.Recovery } consumed })
        {
            return null;
        }

        // Whoever had the account before may have had a device of it.
        await _store.ForgetDevicesAsync(binding.Tenant, binding.Subject, CancellationToken.None).ConfigureAwait(false);
        await _partials.EndAsync(context, CancellationToken.None).ConfigureAwait(false);
        context.Features.Set<IBiometricApprovalFeature>(new UsedApproval(consumed));
        await _writer.TellAsync(new StepUpEvent(StepUpEventKind.Consumed, consumed), CancellationToken.None).ConfigureAwait(false);
        Log.RecoveryUsed(_logger, consumed.Id);
        return binding.Subject;
    }

    private sealed record UsedApproval(StepUpChallenge Challenge) : IBiometricApprovalFeature;
}

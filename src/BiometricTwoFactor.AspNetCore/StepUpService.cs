using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Makes challenges and answers questions about them. Endpoints are served by <see cref="RequireBiometricAttribute"/> and
/// <c>RequireBiometric(...)</c>; this is for applications that show open confirmations, start an enrolment, or end one.
/// </summary>
public sealed partial class StepUpService
{
    private readonly IStepUpStore _store;
    private readonly ChallengeWriter _writer;
    private readonly EnrolmentService _enrolments;
    private readonly BindingReader _bindings;
    private readonly Tenants _tenants;
    private readonly ChallengeMaker _challenges;
    private readonly DeviceRecognition _devices;
    private readonly DemandProofs _demandProofs;
    private readonly AlternativeProofs _alternativeProofs;
    private readonly TimeProvider _timeProvider;

    private string? _tenant;

    internal StepUpService(
        IStepUpStore store,
        ChallengeWriter writer,
        EnrolmentService enrolments,
        BindingReader bindings,
        Tenants tenants,
        ChallengeMaker challenges,
        DeviceRecognition devices,
        TimeProvider timeProvider,
        DemandProofs demandProofs,
        AlternativeProofs alternativeProofs)
    {
        _store = store;
        _writer = writer;
        _enrolments = enrolments;
        _bindings = bindings;
        _tenants = tenants;
        _challenges = challenges;
        _devices = devices;
        _timeProvider = timeProvider;
        _demandProofs = demandProofs;
        _alternativeProofs = alternativeProofs;
    }

    /// <summary>The caller's open challenges, newest first: what waits for a face, for a reviewer, or for a confirmation.</summary>
    public async Task<IReadOnlyList<StepUpChallenge>> ListOpenAsync(HttpContext context, CancellationToken cancellationToken = default)
    {
        var binding = await _bindings.ReadAsync(context).ConfigureAwait(false);
        return binding is null ? [] : await _store.ListOpenAsync(binding.Tenant, binding.Subject, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>True when a face that counts is on file for the caller.</summary>
    public async Task<bool> IsEnrolledAsync(HttpContext context, CancellationToken cancellationToken = default)
    {
        var binding = await _bindings.ReadAsync(context).ConfigureAwait(false);
        return binding is not null && await _enrolments
            .IsEnrolledAsync(binding.Tenant, binding.Subject, _tenants.VendorDataOf(binding.Tenant, binding.Subject), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes a challenge that enrols the caller's face; send the browser to its confirm page
    /// (<see cref="StepUpChallengeOutcome.Challenge"/>, <c>/biometric/confirm/{id}</c>).
    /// </summary>
    /// <param name="context">The caller's request.</param>
    /// <param name="returnUrl">A local path to come back to.</param>
    /// <param name="basis">Why this person may enrol a face.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="InvalidOperationException">The basis has no workflow in the configuration.</exception>
    /// <exception cref="ArgumentException">The return URL is not a local path.</exception>
    public async Task<StepUpChallengeOutcome> EnrolAsync(
        HttpContext context, string returnUrl, EnrolmentBasis basis = EnrolmentBasis.IdentityProofing, CancellationToken cancellationToken = default)
    {
        if (!LocalUrl.IsSafe(returnUrl))
        {
            throw new ArgumentException("The return URL is not a local path.", nameof(returnUrl));
        }

        var workflows = _tenants.Of(context).Workflows;
        var (kind, workflow) = basis == EnrolmentBasis.StrongerFactorSeen
            ? (ChallengeKind.FaceEnrolment, workflows.FaceEnrolment)
            : (ChallengeKind.Enrolment, workflows.Enrolment);
        if (string.IsNullOrWhiteSpace(workflow.Id))
        {
            throw new InvalidOperationException($"Biometric:Workflows:{(kind == ChallengeKind.Enrolment ? "Enrolment" : "FaceEnrolment")}:Id is not set.");
        }

        var binding = await _bindings.ReadAsync(context).ConfigureAwait(false);
        return binding is null
            ? new StepUpChallengeOutcome(ChallengeRefusal.NotSignedIn)
            : await _challenges.MakeAsync(
                new ChallengeOrder(binding, kind, new StepUpQuestion(StepUpReason.Enrolment, "enrol"), new StepUpDemand(IsAsked: true, workflow))
                {
                    Device = await _devices.ReadAsync(context, binding).ConfigureAwait(false),
                    Original = new OriginalRequest("GET", returnUrl),
                },
                cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends one of the caller's open challenges.</summary>
    public async Task<bool> CancelAsync(HttpContext context, string challengeId, CancellationToken cancellationToken = default)
    {
        var challenge = await _store.FindAsync(challengeId, cancellationToken).ConfigureAwait(false);
        if (challenge is not { IsOpen: true } || await _bindings.ReadAsync(context, challenge.Binding.Scheme).ConfigureAwait(false) != challenge.Binding)
        {
            return false;
        }

        var ended = await _writer.EndAsync(challenge, ChallengeState.Abandoned, JudgementReason.GivenUp, cancellationToken).ConfigureAwait(false);
        return ended?.State == ChallengeState.Abandoned;
    }
}

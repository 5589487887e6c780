using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Makes challenges and answers questions about them. Endpoints are served by <see cref="RequireBiometricAttribute"/> and
/// <c>RequireBiometric(...)</c>; this is for applications that show open confirmations, start an enrolment, or end one.
/// </summary>
public sealed class StepUpService
{
    private readonly IStepUpStore _store;
    private readonly ChallengeWriter _writer;
    private readonly EnrolmentService _enrolments;
    private readonly BindingReader _bindings;
    private readonly IOptionsMonitor<BiometricStepUpOptions> _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<StepUpService> _logger;

    internal StepUpService(
        IStepUpStore store,
        ChallengeWriter writer,
        EnrolmentService enrolments,
        BindingReader bindings,
        IOptionsMonitor<BiometricStepUpOptions> options,
        TimeProvider timeProvider,
        ILogger<StepUpService> logger)
    {
        _store = store;
        _writer = writer;
        _enrolments = enrolments;
        _bindings = bindings;
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
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
            .IsEnrolledAsync(binding.Tenant, binding.Subject, _options.CurrentValue.VendorData(binding.Subject), cancellationToken).ConfigureAwait(false);
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

        var workflows = _options.CurrentValue.Workflows;
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
            : await AddAsync(binding, kind, workflow, new StepUpQuestion(StepUpReason.Enrolment, "enrol"), new OriginalRequest("GET", returnUrl), cancellationToken).ConfigureAwait(false);
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

    internal async Task<StepUpChallengeOutcome> ChallengeAsync(
        StepUpBinding binding, StepUpQuestion question, OriginalRequest? original, CancellationToken cancellationToken)
    {
        var options = _options.CurrentValue;
        var vendorData = options.VendorData(binding.Subject);
        if (!await _enrolments.IsEnrolledAsync(binding.Tenant, binding.Subject, vendorData, cancellationToken).ConfigureAwait(false))
        {
            return new StepUpChallengeOutcome(ChallengeRefusal.NotEnrolled);
        }

        var workflow = question.Transaction is not null && !string.IsNullOrWhiteSpace(options.Workflows.Payment.Id) ? options.Workflows.Payment : options.Workflows.StepUp;
        return await AddAsync(binding, ChallengeKind.StepUp, workflow, question, original, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StepUpChallengeOutcome> AddAsync(
        StepUpBinding binding, ChallengeKind kind, StepUpWorkflow workflow, StepUpQuestion question,
        OriginalRequest? original, CancellationToken cancellationToken)
    {
        var options = _options.CurrentValue;
        var now = _timeProvider.GetUtcNow();
        var declines = await _store.CountDeclinesInARowAsync(binding.Tenant, binding.Subject, now - options.DeclinesWindow, cancellationToken).ConfigureAwait(false);
        if (declines >= options.MaxDeclinesInARow)
        {
            Log.ChallengeRefused(_logger, question.Reason, "declined too often");
            return new StepUpChallengeOutcome(ChallengeRefusal.Blocked, options.DeclinesWindow);
        }

        var challenge = new StepUpChallenge
        {
            Id = ChallengeIds.New(),
            Kind = kind,
            Binding = binding,
            VendorData = options.VendorData(binding.Subject),
            Reason = question.Reason,
            Transaction = question.Transaction,
            Action = question.Action,
            Title = question.Title,
            Digest = question.DigestFor(binding.Tenant),
            WorkflowId = workflow.Id,
            Environment = options.Environment,
            DemandedMethod = workflow.LivenessMethod ?? LivenessMethod.Unknown,
            DemandsIpAnalysis = workflow.RequireIpAnalysis,
            ClaimRequired = kind != ChallengeKind.StepUp || !options.ReasonsWithoutClaim.Contains(question.Reason),
            CreatedAt = now,
            Deadline = now + options.CaptureLifetime,
            Original = original ?? new OriginalRequest("GET", "/"),
        };
        var stored = await _store.AddOrGetAsync(challenge, options.MaxChallengesPerUser, now - options.CaptureLifetime, cancellationToken).ConfigureAwait(false);
        if (stored is null)
        {
            Log.ChallengeRefused(_logger, question.Reason, "too many challenges");
            return new StepUpChallengeOutcome(ChallengeRefusal.TooMany, options.CaptureLifetime);
        }

        if (stored.Id == challenge.Id)
        {
            Log.ChallengeMade(_logger, challenge.Id, question.Reason);
            await _writer.TellAsync(new StepUpEvent(StepUpEventKind.Challenged, challenge), cancellationToken).ConfigureAwait(false);
        }

        else if (original is not null)
        {
            // Asked again by the same browser: what it sent last is what comes back, not what it sent first.
            stored = await _writer.ChangeAsync(stored, current => current.IsOpen ? current with { Original = original } : null, cancellationToken).ConfigureAwait(false) ?? stored;
        }

        return new StepUpChallengeOutcome(stored);
    }
}

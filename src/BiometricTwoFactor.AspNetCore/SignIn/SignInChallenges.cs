using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Asks for the face of a partial sign-in, and leads who has none to the enrolment and back (protocol 8.1). The one place
/// for <see cref="BiometricSignIn"/> and for the authentication handler.
/// </summary>
internal sealed class SignInChallenges(
    FacelessChallenges challenges,
    ChallengeMaker enrolments,
    PartialSignIns partials,
    SignInPlans plans,
    StepUpDemands demands,
    DeviceRecognition devices,
    BiometricRoutes routes,
    Tenants tenants)
{
    /// <summary>One text for each: the digest is bound to the reason, the challenge to its partial sign-in.</summary>
    private static readonly StepUpQuestion SignIn = new(StepUpReason.LoginNewDevice, "sign-in");

    /// <summary>What the approval of a recovery is for.</summary>
    public static StepUpQuestion Recovery { get; } = new(StepUpReason.AccountRecovery, "recovery");

    /// <summary>Asks for the face of who has given the first factor.</summary>
    public async Task<SignInStep> BeginAsync(HttpContext context, PartialSignIn partial, SignInPlan plan, CancellationToken cancellationToken)
    {
        var binding = await partials.BeginAsync(context, tenants.Required(context), partial.Subject, cancellationToken).ConfigureAwait(false);
        var device = await devices.ReadAsync(context, binding).ConfigureAwait(false);
        var order = new ChallengeOrder(binding, ChallengeKind.SignIn, SignIn, demands.For(binding.Tenant, SignIn, device))
        {
            Device = device,
            Original = new OriginalRequest("GET", LocalUrl.OrStartPage(context, plan.ReturnUrl)),
            SealedSignIn = plans.Seal(plan),
            Factors = partial.Factors,
        };
        return await MakeAsync(context, order, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for the face of who was let in to recover an account.</summary>
    public async Task<SignInStep> BeginRecoveryAsync(HttpContext context, string subject, string returnUrl, CancellationToken cancellationToken)
    {
        var binding = await partials.BeginAsync(context, tenants.Required(context), subject, cancellationToken).ConfigureAwait(false);
        var device = await devices.ReadAsync(context, binding).ConfigureAwait(false);
        var order = new ChallengeOrder(binding, ChallengeKind.Recovery, Recovery, demands.For(binding.Tenant, Recovery, device))
        {
            Device = device,
            Original = new OriginalRequest("GET", returnUrl),
        };
        return await MakeAsync(context, order, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes the enrolment of a partial sign-in: by identity proofing, since all that was seen is a password (protocol 8.2).
    /// It keeps what the sign-in is to be completed with. Null where enrolment is not offered online.
    /// </summary>
    public async Task<StepUpChallengeOutcome?> EnrolAsync(
        HttpContext context, StepUpBinding binding, string returnUrl, byte[]? sealedSignIn, IReadOnlyList<string> factors, CancellationToken cancellationToken)
    {
        var workflow = tenants.Of(binding.Tenant).Workflows.Enrolment;
        if (string.IsNullOrWhiteSpace(workflow.Id))
        {
            return null;
        }

        var question = new StepUpQuestion(StepUpReason.Enrolment, sealedSignIn is null ? "enrol" : "enrol for a sign-in");
        var order = new ChallengeOrder(binding, ChallengeKind.Enrolment, question, new StepUpDemand(IsAsked: true, workflow))
        {
            Device = await devices.ReadAsync(context, binding).ConfigureAwait(false),
            Original = new OriginalRequest("GET", returnUrl),
            SealedSignIn = sealedSignIn,
            Factors = factors,
        };
        return await enrolments.MakeAsync(order, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The way to a face for who turned out to have none: the page of the enrolment, and back to the sign-in from there.</summary>
    public async Task<SignInStep> ToEnrolmentAsync(
        HttpContext context, StepUpBinding binding, string returnUrl, byte[]? sealedSignIn, IReadOnlyList<string> factors, CancellationToken cancellationToken)
    {
        // Without a sign-in to come back to, the enrolment is made when its button is pressed.
        var outcome = sealedSignIn is null
            ? null
            : await EnrolAsync(context, binding, returnUrl, sealedSignIn, factors, cancellationToken).ConfigureAwait(false);
        return outcome switch
        {
            null => new(SignInOutcome.NotEnrolled, routes.Enrol(context, returnUrl)),
            { Challenge: { } challenge } => new(SignInOutcome.NotEnrolled, routes.EnrolForSignIn(context, challenge.Id)),
            _ => Paused(context, outcome.Refusal, returnUrl),
        };
    }

    private async Task<SignInStep> MakeAsync(HttpContext context, ChallengeOrder order, CancellationToken cancellationToken)
    {
        var outcome = await challenges.MakeAsync(order, cancellationToken).ConfigureAwait(false);
        if (outcome.Succeeded(out var challenge))
        {
            return new(SignInOutcome.FaceRequired, routes.Confirm(context, challenge.Id));
        }

        return await OfRefusalAsync(context, order, outcome, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where somebody goes for whom no challenge could be made: to a face, or to a page that says how long to wait.</summary>
    public async Task<SignInStep> OfRefusalAsync(HttpContext context, ChallengeOrder order, StepUpChallengeOutcome outcome, CancellationToken cancellationToken)
    {
        var returnUrl = order.Original!.LocalUrl;
        return outcome.Refusal == ChallengeRefusal.NotEnrolled
            ? await ToEnrolmentAsync(context, order.Binding, returnUrl, order.SealedSignIn, order.Factors, cancellationToken).ConfigureAwait(false)
            : Paused(context, outcome.Refusal, returnUrl);
    }

    private SignInStep Paused(HttpContext context, ChallengeRefusal refusal, string returnUrl) => new(
        refusal == ChallengeRefusal.TooMany ? SignInOutcome.TooMany : SignInOutcome.Blocked,
        routes.Paused(context, returnUrl));
}

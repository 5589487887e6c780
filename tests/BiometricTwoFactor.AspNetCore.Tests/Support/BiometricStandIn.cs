using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// Stands in for the authentication handler until it is here: then the one method below becomes <c>AddBiometric()</c>, and
/// the rest of this file goes.
/// </summary>
internal static class BiometricStandIn
{
    public static AuthenticationBuilder AddBiometricHandler(this AuthenticationBuilder builder) =>
        builder.AddScheme<AuthenticationSchemeOptions, BiometricStandInHandler>("Biometric", null);
}

internal sealed class BiometricStandInHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IStepUpStore store,
    BindingReader bindings,
    SignInPlans plans,
    SignInChallenges challenges,
    BiometricRoutes routes,
    DeviceRecognition devices,
    IEnumerable<ISignInFinisher> finishers) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder), IAuthenticationRequestHandler
{
    public async Task<bool> HandleRequestAsync()
    {
        if (!Request.Path.StartsWithSegments("/biometric/complete", StringComparison.Ordinal, out var rest))
        {
            return false;
        }

        var id = rest.Value!.TrimStart('/');
        var challenge = await store.FindAsync(id, Context.RequestAborted);
        if (challenge is not { Kind: ChallengeKind.SignIn }
            || await bindings.ReadAsync(Context, challenge.Binding.Scheme) != challenge.Binding
            || plans.Open(challenge) is not { } plan)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return true;
        }

        var request = new ConsumeRequest(challenge.Binding, challenge.Reason, challenge.Digest, "once:" + ChallengeIds.New(), id, TimeProvider.GetUtcNow());
        var used = await store.TryConsumeAsync(request, Context.RequestAborted);
        if (used.Outcome != ConsumeOutcome.Consumed)
        {
            StepUpResponder.SeeOther(Context, routes.Confirm(Context, id));
            return true;
        }

        var consumed = used.Challenge!;
        Context.Features.Set<IBiometricApprovalFeature>(new Used(consumed));
        await devices.RememberAsync(Context, consumed.Binding);
        if (plan.Finisher is { } name)
        {
            var finisher = finishers.Single(one => one.Name == name);
            StepUpResponder.SeeOther(Context, await finisher.FinishAsync(Context, consumed, plan, Context.RequestAborted));
            return true;
        }

        var ticket = plan.OpenTicket()!;
        await Context.SignInAsync(ticket.AuthenticationScheme, ticket.Principal, ticket.Properties);
        StepUpResponder.SeeOther(Context, LocalUrl.OrStartPage(Context, plan.ReturnUrl));
        return true;
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        foreach (var finisher in finishers)
        {
            if (await finisher.FindPartialAsync(Context) is { } partial)
            {
                var plan = new SignInPlan { Handler = Scheme.Name, Finisher = finisher.Name, ReturnUrl = LocalUrl.OrStartPage(Context, properties.RedirectUri), IsPersistent = properties.IsPersistent };
                StepUpResponder.SeeOther(Context, (await challenges.BeginAsync(Context, partial, plan, Context.RequestAborted)).Url);
                return;
            }
        }

        await Context.ChallengeAsync();
    }

    private sealed record Used(StepUpChallenge Challenge) : IBiometricApprovalFeature;
}

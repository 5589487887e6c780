using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The face as an authentication scheme. It recognises a caller only while the window of account access is open, asks for a
/// face when it is not, and completes what was asked at its callback path. Unlike other remote handlers it has no state that
/// travels: the state is the challenge, used once.
/// </summary>
internal sealed partial class BiometricAuthenticationHandler(
    IOptionsMonitor<BiometricAuthenticationOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : RemoteAuthenticationHandler<BiometricAuthenticationOptions>(options, logger, encoder)
{
    private bool _isReading;
    private bool _isForwarding;

    private new BiometricEvents Events => (BiometricEvents)base.Events;

    protected override Task<object> CreateEventsAsync() => Task.FromResult<object>(new BiometricEvents());

    /// <summary>
    /// The session's own ticket, with what was evidenced, while the window is open. The ticket keeps the session's scheme, so
    /// that what is bound to the caller is bound to the session and not to this view of it.
    /// </summary>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (await SessionAsync().ConfigureAwait(false) is not var (ticket, binding)
            || await Of<AccessGate>().OpenWindowAsync(Context, binding).ConfigureAwait(false) is not { } window)
        {
            return AuthenticateResult.NoResult();
        }

        var principal = RequestIdentity.With(ticket.Principal, FactorEvidence.Of(window), Of<Tenants>().Of(Context));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, ticket.Properties, ticket.AuthenticationScheme));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var pending = StepUpGate.Pending(Context) is { Asker.Kind: ChallengeKind.Access } asked
            ? asked
            : await AccessAsync(properties).ConfigureAwait(false) ?? await PartialSignInAsync(properties).ConfigureAwait(false);
        if (pending is null)
        {
            await ForwardAsync(properties).ConfigureAwait(false);
            return;
        }

        var responder = Of<StepUpResponder>();
        if (await responder.MakeAsync(Context, pending).ConfigureAwait(false) is not { } challenge)
        {
            return;
        }

        var context = new BiometricChallengeContext(Context, Scheme, Options, properties, challenge, Of<BiometricRoutes>().Confirm(Context, challenge.Id));
        await Events.Challenge(context).ConfigureAwait(false);
        if (context.Result is { Skipped: true })
        {
            await Of<ChallengeWriter>().EndAsync(challenge, ChallengeState.Abandoned, JudgementReason.GivenUp, Context.RequestAborted).ConfigureAwait(false);
            await ForwardAsync(properties).ConfigureAwait(false);
        }
        else if (context.Result is null)
        {
            await responder.AnswerAsync(Context, challenge).ConfigureAwait(false);
        }
    }

    private async Task<PendingStepUp?> AccessAsync(AuthenticationProperties properties)
    {
        if (await SessionAsync().ConfigureAwait(false) is not var (ticket, binding))
        {
            return null;
        }

        // A policy that lists only this scheme has left the request without a user, and its antiforgery token is the user's.
        RequestIdentity.Set(Context, ticket);
        var title = properties.GetParameter<string>(BiometricChallengeProperties.TitleKey);
        var original = properties.RedirectUri is null ? null : new OriginalRequest(HttpMethods.Get, LocalOr(properties.RedirectUri, "/"));
        return await Of<AccessGate>().AskAsync(Context, binding, Scheme.Name, title, original).ConfigureAwait(false);
    }

    /// <summary>Who has given the first factor elsewhere, such as ASP.NET Core Identity's two-factor cookie.</summary>
    private async Task<PendingStepUp?> PartialSignInAsync(AuthenticationProperties properties)
    {
        if (Of<Tenants>().NameOf(Context) is not { } tenant)
        {
            return null;
        }

        foreach (var finisher in Context.RequestServices.GetServices<ISignInFinisher>())
        {
            if (await finisher.FindPartialAsync(Context).ConfigureAwait(false) is not { } partial)
            {
                continue;
            }

            var question = new StepUpQuestion(StepUpReason.LoginNewDevice, "sign-in", Transaction: null, properties.GetParameter<string>(BiometricChallengeProperties.TitleKey));
            if (!await Of<CrossSiteGuard>().IsOwnRequestAsync(Context).ConfigureAwait(false))
            {
                return new PendingStepUp(question, PendingCause.CrossSite);
            }

            var binding = await Of<PartialSignIns>().BeginAsync(Context, tenant, partial.Subject, Context.RequestAborted).ConfigureAwait(false);
            var device = await Of<DeviceRecognition>().ReadAsync(Context, binding).ConfigureAwait(false);
            var here = HttpMethods.IsGet(Request.Method) ? Request.GetEncodedPathAndQuery() : "/";
            var plan = new SignInPlan
            {
                Handler = Scheme.Name,
                Finisher = finisher.Name,
                ReturnUrl = LocalOr(properties.RedirectUri ?? here, "/"),
                IsPersistent = properties.IsPersistent,
            };
            return new PendingStepUp(question, PendingCause.Face, new StepUpAsker(binding, device, Of<StepUpDemands>().For(binding.Tenant, question, device))
            {
                Kind = ChallengeKind.SignIn,
                Handler = Scheme.Name,
                SealedSignIn = Of<SignInPlans>().Seal(plan),
                Original = new OriginalRequest(HttpMethods.Get, plan.ReturnUrl),
                Factors = partial.Factors,
            });
        }

        return null;
    }

    /// <summary>Nobody to ask: the application's own sign-in comes first.</summary>
    private async Task ForwardAsync(AuthenticationProperties properties)
    {
        var login = (await Of<IAuthenticationSchemeProvider>().GetDefaultChallengeSchemeAsync().ConfigureAwait(false))?.Name;
        // The default may be this scheme, or one that points back to it.
        var target = login is null || _isForwarding || string.Equals(login, Scheme.Name, StringComparison.Ordinal) ? SignInScheme : login;
        _isForwarding = true;
        // The framework follows it blindly (attack 9).
        var forwarded = new AuthenticationProperties { RedirectUri = LocalUrl.IsSafe(properties.RedirectUri) ? properties.RedirectUri : null };
        await Context.ChallengeAsync(target, forwarded).ConfigureAwait(false);
    }

    /// <summary>
    /// Who is signed in: by the sign-in scheme, or, where the application did not choose one, by its default. Without a
    /// sign-in session there is nothing to bind to, and so nobody.
    /// </summary>
    private async Task<(AuthenticationTicket Ticket, StepUpBinding Binding)?> SessionAsync()
    {
        if (_isReading)
        {
            return null; // the sign-in scheme points back to this one
        }

        _isReading = true;
        try
        {
            string?[] names = [SignInScheme, Options.IsSignInSchemeAssumed ? (await Of<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false))?.Name : null];
            foreach (var name in names.OfType<string>().Where(name => !string.Equals(name, Scheme.Name, StringComparison.Ordinal)))
            {
                if (await Context.AuthenticateAsync(name).ConfigureAwait(false) is { Succeeded: true, Ticket: { } ticket }
                    && await Of<BindingReader>().ReadAsync(Context, name).ConfigureAwait(false) is { } binding)
                {
                    return (ticket, binding);
                }
            }

            return null;
        }
        finally
        {
            _isReading = false;
        }
    }

    private static string LocalOr(string? url, string otherwise) => LocalUrl.IsSafe(url) ? url! : otherwise;

    /// <summary>Resolved when they are needed: the framework makes this handler for every request of the application.</summary>
    private T Of<T>()
        where T : notnull => Context.RequestServices.GetRequiredService<T>();
}

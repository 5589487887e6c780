using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The second factor of an application's own sign-in, and the way back into an account. Login and recovery come before there
/// is somebody signed in, so that an attribute cannot serve them: the application checks the password (or the mailed link)
/// and hands over here. With ASP.NET Core Identity, use <c>AddBiometric</c> on its builder instead.
/// </summary>
public sealed partial class BiometricSignIn
{
    private readonly SignInChallenges _challenges;
    private readonly PartialSignIns _partials;
    private readonly PreSignIn _preSignIn;
    private readonly DeviceRecognition _devices;
    private readonly EnrolmentService _enrolments;
    private readonly IStepUpStore _store;
    private readonly ChallengeWriter _writer;
    private readonly EvidenceRecorder _recorder;
    private readonly IAuthenticationSchemeProvider _schemes;
    private readonly IOptionsMonitor<BiometricAuthenticationOptions> _handler;
    private readonly Tenants _tenants;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<BiometricSignIn> _logger;

    internal BiometricSignIn(
        SignInChallenges challenges,
        PartialSignIns partials,
        PreSignIn preSignIn,
        DeviceRecognition devices,
        EnrolmentService enrolments,
        IStepUpStore store,
        ChallengeWriter writer,
        EvidenceRecorder recorder,
        IAuthenticationSchemeProvider schemes,
        IOptionsMonitor<BiometricAuthenticationOptions> handler,
        Tenants tenants,
        TimeProvider timeProvider,
        ILogger<BiometricSignIn> logger)
    {
        _challenges = challenges;
        _partials = partials;
        _preSignIn = preSignIn;
        _devices = devices;
        _enrolments = enrolments;
        _store = store;
        _writer = writer;
        _recorder = recorder;
        _schemes = schemes;
        _handler = handler;
        _tenants = tenants;
        _timeProvider = timeProvider;
        _logger = logger;
    }

    /// <summary>
    /// Goes on with a sign-in whose password the application has just checked: signs in where no face is asked for
    /// (<see cref="BiometricSignInOptions.Ask"/>; <c>amr</c> is then <c>pwd</c> alone), else keeps the principal sealed and
    /// leads to the face, after which it is signed in with what was really evidenced. Nobody is signed in before that.
    /// </summary>
    /// <param name="context">The request of the sign-in page. It must not have begun its response.</param>
    /// <param name="principal">Whom to sign in; the subject is read by <see cref="BiometricStepUpOptions.Subject"/>.</param>
    /// <param name="returnUrl">Where to go on afterwards. Anything but a local path leads to the application's start page.</param>
    /// <param name="properties">Properties of the sign-in, such as <see cref="AuthenticationProperties.IsPersistent"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The principal names no subject.</exception>
    /// <exception cref="InvalidOperationException">There is no scheme to sign in to, or <c>AddAuthentication().AddBiometric()</c> was not called.</exception>
    public async Task<SignInStep> ContinueAsync(
        HttpContext context,
        ClaimsPrincipal principal,
        string? returnUrl,
        AuthenticationProperties? properties = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(principal);
        if (_tenants.Of(context).Subject(principal) is not { Length: > 0 } subject)
        {
            throw new ArgumentException("The principal names no subject (Biometric options, Subject).", nameof(principal));
        }

        if (await _schemes.GetSchemeAsync(BiometricDefaults.AuthenticationScheme).ConfigureAwait(false) is null)
        {
            throw new InvalidOperationException("Call AddAuthentication().AddBiometric(): its handler completes the sign-in after the face.");
        }

        // With or without a face, into the same session.
        var signInScheme = _handler.Get(BiometricDefaults.AuthenticationScheme).SignInScheme
            ?? throw new InvalidOperationException("There is no scheme to sign in to: set AddBiometric(options => options.SignInScheme = ...).");

        var url = LocalUrl.OrStartPage(context, returnUrl);
        if (!await IsAskedAsync(context, subject).ConfigureAwait(false))
        {
            SignInClaims.SetPasswordOnly(principal, _timeProvider.GetUtcNow());
            await context.SignInAsync(signInScheme, principal, properties).ConfigureAwait(false);
            Log.SignedInWithoutFace(_logger);
            return new SignInStep(SignInOutcome.SignedIn, url);
        }

        var plan = new SignInPlan
        {
            Handler = BiometricDefaults.AuthenticationScheme,
            Ticket = TicketSerializer.Default.Serialize(new AuthenticationTicket(principal, properties, signInScheme)),
            ReturnUrl = url,
            IsPersistent = properties?.IsPersistent == true,
        };
        return await _challenges.BeginAsync(context, new PartialSignIn(subject, [SignInClaims.Password]), plan, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// True when a face that counts is on file for a subject, whoever asks: for a login page that keeps the former second
    /// factor for those who have none yet.
    /// </summary>
    /// <param name="subject">The application's stable user id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<bool> IsEnrolledAsync(string subject, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        return _enrolments.IsEnrolledAsync(_tenants.Present(), subject, _tenants.VendorDataOf(_tenants.Present(), subject), cancellationToken);
    }

    /// <summary>A device that is not recognised is a new one, also where nothing can be recognised: unknown is no reason not to ask.</summary>
    private async Task<bool> IsAskedAsync(HttpContext context, string subject)
    {
        if (_tenants.Of(context).SignIn.Ask != SignInAsk.NewDevice)
        {
            return true;
        }

        // Nothing has begun yet; who it is and on which device is all that is looked at.
        var binding = new StepUpBinding { Tenant = _tenants.Required(context), Scheme = PreSignIn.Scheme, Subject = subject, SessionHash = "" };
        var device = await _devices.ReadAsync(context, binding).ConfigureAwait(false);
        return !device.IsKnown || device.IsNewInEveryWay;
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// The provider on a port of this machine: API, hosted page and signed webhooks, without the internet. For development
/// and tests: it compares the pictures that it is given, and approves what it is told to approve.
/// </summary>
public sealed class ProviderEmulator : IAsyncDisposable
{
    private readonly EmulatorCore _core;
    private readonly WebApplication _app;
    private int _disposed;

    private ProviderEmulator(EmulatorCore core, WebApplication app)
    {
        _core = core;
        _app = app;
    }

    /// <summary>The API's address, such as <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The <c>x-api-key</c> to send.</summary>
    public string ApiKey => _core.Settings.ApiKey;

    /// <summary>The secret that webhooks are signed with.</summary>
    public string WebhookSecret => _core.Settings.WebhookSecret;

    /// <summary>The workflows that exist.</summary>
    public IReadOnlyList<EmulatedWorkflow> Workflows => _core.Settings.Workflows;

    /// <summary>Where webhooks go from now on; null sends none.</summary>
    public Uri? WebhookUrl
    {
        get => _core.Webhooks.Url;
        set => _core.Webhooks.Url = value is null or { IsAbsoluteUri: true }
            ? value
            : throw new ArgumentException("WebhookUrl is an absolute address.", nameof(value));
    }

    /// <summary>What goes wrong on purpose.</summary>
    public EmulatorFaults Faults => _core.Faults;

    /// <summary>Every webhook so far, oldest first: one entry for each attempt.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries => _core.Webhooks.Log;

    /// <summary>Every session so far, oldest first, deleted ones included.</summary>
    public IReadOnlyList<EmulatedSession> Sessions
    {
        get
        {
            lock (_core.Store.Gate)
            {
                return [.. _core.Store.All.Select(session => _core.Store.Snapshot(session, _core.BaseAddress))];
            }
        }
    }

    /// <summary>Starts an emulator. Dispose it to stop it.</summary>
    /// <param name="options">How it is set up; null for all defaults. Read once: later changes have no effect.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="InvalidOperationException">The host is not a loopback address and <see cref="ProviderEmulatorOptions.AllowNonLoopback"/> is off.</exception>
    /// <exception cref="ArgumentException">Another option makes no sense; the message names it.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ProviderEmulator> StartAsync(ProviderEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var core = new EmulatorCore(new EmulatorSettings(options ?? new ProviderEmulatorOptions()));
        var emulator = new ProviderEmulator(core, EmulatorHost.Build(core));
        try
        {
            await emulator._app.StartAsync(cancellationToken);
            emulator.BaseAddress = emulator.ListeningAddress();
            core.BaseAddress = core.Settings.Options.PublicAddress ?? emulator.BaseAddress;
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    /// <summary>The session as it is now, or null when the id is unknown or deleted.</summary>
    public EmulatedSession? FindSession(SessionId sessionId) =>
        _core.Find(sessionId.ToString()) is { } session ? _core.Snapshot(session) : null;

    /// <summary>Opens the hosted page in the customer's place: Not Started becomes In Progress. Ends when the webhook has been tried once.</summary>
    /// <exception cref="ArgumentException">The session is unknown or deleted.</exception>
    public Task OpenAsync(SessionId sessionId, CancellationToken cancellationToken = default) =>
        _core.Flow.Open(Require(sessionId), CaptureDevice.Unknown).WaitAsync(cancellationToken);

    /// <summary>
    /// Finishes the capture in the customer's place, opened before or not, and sends the webhook. Ends when the webhook
    /// has been tried once; retries go on in the background.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="scenario">One of <see cref="SandboxScenario"/>; null for the armed one, else <see cref="SandboxScenario.Approve"/>.</param>
    /// <param name="cancellationToken">Stops waiting for the webhook.</param>
    /// <returns>Where the browser would be sent: the callback with <c>verificationSessionId</c> and <c>status</c> appended; null without one.</returns>
    /// <exception cref="ArgumentException">The session is unknown or deleted, or the scenario is unknown.</exception>
    /// <exception cref="InvalidOperationException">The session is finished.</exception>
    public async Task<Uri?> CompleteAsync(SessionId sessionId, string? scenario = null, CancellationToken cancellationToken = default)
    {
        if (scenario is not null && !SandboxScenario.IsKnown(scenario))
        {
            throw new ArgumentException("The scenario is not one of SandboxScenario's.", nameof(scenario));
        }

        var session = Require(sessionId);
        var completion = _core.Flow.Complete(session, scenario)
            ?? throw new InvalidOperationException($"The session is {_core.Snapshot(session).Status.ToWire()}: it cannot be finished again.");
        await completion.Announced.WaitAsync(cancellationToken);
        return completion.Callback is null ? null : new Uri(completion.Callback);
    }

    /// <summary>
    /// Finishes the capture with a picture in the customer's place: judged as one that is given to the hosted page, on the
    /// customer's last try, so that a picture that cannot be used declines. An armed scenario decides instead of the picture.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="selfie">The live picture's file, JPEG or PNG. Kept in memory for later comparisons when the session is approved or in review.</param>
    /// <param name="cancellationToken">Stops waiting for the webhook.</param>
    /// <returns>Where the browser would be sent; null without a callback.</returns>
    /// <exception cref="ArgumentException">The session is unknown or deleted.</exception>
    /// <exception cref="InvalidOperationException">The session is finished.</exception>
    public async Task<Uri?> CompleteAsync(SessionId sessionId, ReadOnlyMemory<byte> selfie, CancellationToken cancellationToken = default)
    {
        var session = Require(sessionId);
        var completion = _core.Pictures.Take(session, selfie.Span, isLastTry: true).Completion
            ?? throw new InvalidOperationException($"The session is {_core.Snapshot(session).Status.ToWire()}: it cannot be finished again.");
        await completion.Announced.WaitAsync(cancellationToken);
        return completion.Callback is null ? null : new Uri(completion.Callback);
    }

    /// <summary>
    /// Decides in the operator's place, as <c>update-status</c> does: steps that were In Review take the decision, steps
    /// that had an answer keep it. Ends when the webhook has been tried once.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="approved">Approved or Declined.</param>
    /// <param name="cancellationToken">Stops waiting for the webhook.</param>
    /// <exception cref="ArgumentException">The session is unknown or deleted.</exception>
    /// <exception cref="InvalidOperationException">The session is unfinished, expired, or has that status already.</exception>
    public Task ReviewAsync(SessionId sessionId, bool approved, CancellationToken cancellationToken = default)
    {
        var session = Require(sessionId);
        var target = approved ? SessionStatus.Approved : SessionStatus.Declined;
        lock (_core.Store.Gate)
        {
            if (!UpdateStatusEndpoint.CanUpdate(session.Status) || session.Status == target)
            {
                throw new InvalidOperationException($"The session is {session.Status.ToWire()}: it cannot become {target.ToWire()}.");
            }

            return _core.Flow.Review(session, target, comment: null).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Lets an approved session age: Approved becomes Kyc Expired, and its face is no longer used. Ends when the webhook has been tried once.</summary>
    /// <exception cref="ArgumentException">The session is unknown or deleted.</exception>
    /// <exception cref="InvalidOperationException">The session is not approved.</exception>
    public Task AgeAsync(SessionId sessionId, CancellationToken cancellationToken = default)
    {
        var session = Require(sessionId);
        lock (_core.Store.Gate)
        {
            return session.Status == SessionStatus.Approved
                ? _core.Flow.Age(session).WaitAsync(cancellationToken)
                : throw new InvalidOperationException("Only an approved session ages.");
        }
    }

    /// <summary>
    /// Enrols a face for a user without a picture of it: enough for scenarios. A picture that is given to a capture has then
    /// nothing to be compared with and is declined (<c>NO_REFERENCE_IMAGE</c>), unless <see cref="ProviderEmulatorOptions.FaceMatchScore"/> is set.
    /// </summary>
    public void StoreFace(string vendorData)
    {
        ArgumentNullException.ThrowIfNull(vendorData);
        lock (_core.Store.Gate)
        {
            _core.Store.StoreFace(vendorData);
        }
    }

    /// <summary>Enrols a face for a user, as by hand in the provider's console: what captures of that user are compared with.</summary>
    /// <param name="vendorData">The user.</param>
    /// <param name="image">The portrait's file, JPEG or PNG. A copy is kept, in memory only; an earlier one is zeroed.</param>
    /// <exception cref="ArgumentException">The file begins like no picture.</exception>
    public void StoreFace(string vendorData, ReadOnlySpan<byte> image)
    {
        ArgumentNullException.ThrowIfNull(vendorData);
        if (!ImageFormat.IsKnown(image))
        {
            throw new ArgumentException("The portrait is no JPEG or PNG file.", nameof(image));
        }

        lock (_core.Store.Gate)
        {
            _core.Store.StoreFace(vendorData, new HeldPicture(image));
        }
    }

    /// <summary>
    /// Removes every stored face of a user and zeroes the pictures, portraits of open sessions included: those have nothing
    /// left to compare with.
    /// </summary>
    public void ForgetFace(string vendorData)
    {
        ArgumentNullException.ThrowIfNull(vendorData);
        lock (_core.Store.Gate)
        {
            _core.Store.ForgetFace(vendorData);
        }
    }

    /// <summary>Whether a face-match workflow would find a stored face for this user.</summary>
    public bool HasFace(string vendorData)
    {
        ArgumentNullException.ThrowIfNull(vendorData);
        lock (_core.Store.Gate)
        {
            return _core.Store.HasFace(vendorData);
        }
    }

    /// <summary>Blocks a user: creating sessions for them is refused with 400.</summary>
    /// <param name="vendorData">The user.</param>
    /// <param name="blocked">False lifts the block.</param>
    public void Block(string vendorData, bool blocked = true)
    {
        ArgumentNullException.ThrowIfNull(vendorData);
        lock (_core.Store.Gate)
        {
            _core.Store.SetBlocked(vendorData, blocked);
        }
    }

    /// <summary>Sends the same bytes under the same headers once more, to <see cref="WebhookUrl"/>: a replay. The signature stays that of then.</summary>
    /// <returns>The new entry of the log.</returns>
    /// <exception cref="InvalidOperationException">There is no <see cref="WebhookUrl"/>.</exception>
    public Task<WebhookDelivery> RedeliverAsync(WebhookDelivery delivery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return _core.Webhooks.RedeliverAsync(delivery, cancellationToken);
    }

    /// <summary>Waits until every webhook made so far has been tried once. Retries that wait for their time are not waited for.</summary>
    public Task WebhooksIdleAsync(CancellationToken cancellationToken = default) => _core.Webhooks.IdleAsync(cancellationToken);

    /// <summary>Stops the server and forgets everything, retries included; pictures are zeroed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return; // a container that hands it out twice disposes it twice
        }

        // Hosting waits for open requests; a test's kept-alive connection must not hold its end up.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        await _core.Webhooks.DisposeAsync();
        lock (_core.Store.Gate)
        {
            _core.Store.WipePictures();
        }
    }

    private SessionRecord Require(SessionId sessionId) =>
        _core.Find(sessionId.ToString()) ?? throw new ArgumentException("There is no such session, or it was deleted.", nameof(sessionId));

    private Uri ListeningAddress()
    {
        var addresses = _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        var port = new Uri(addresses.First()).Port;
        var address = _core.Settings.Address;
        // Every address of the machine includes the loopback one, which is the one that works from here.
        var host = address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
        return new UriBuilder(Uri.UriSchemeHttp, host.ToString(), port).Uri;
    }
}

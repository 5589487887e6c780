using BiometricTwoFactor.ReferenceMatcher;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.Emulator;

/// <summary>How an emulated provider is set up. Everything has a default that works for a test.</summary>
public sealed class BiometricEmulatorOptions
{
    /// <summary>The TCP port; 0, the default, takes a free one (see <see cref="BiometricEmulator.BaseAddress"/>).</summary>
    public int Port { get; set; }

    /// <summary>The address to listen on: <c>localhost</c> or an IP address. Default <c>127.0.0.1</c>.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>
    /// Lets the emulator listen where other machines reach it. False by default: whoever reaches its pages approves
    /// whatever they like.
    /// </summary>
    public bool AllowNonLoopback { get; set; }

    /// <summary>The address that session URLs carry, when it is not the one listened on (a container, a proxy). Null by default.</summary>
    public Uri? PublicAddress { get; set; }

    /// <summary>The accepted <c>x-api-key</c>. Null, the default, makes one at random: <see cref="BiometricEmulator.ApiKey"/>.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The <c>application_id</c> of webhooks, a UUID. Null, the default, makes one at random.</summary>
    public string? ApplicationId { get; set; }

    /// <summary>Which of the provider's worlds this is. Default <see cref="ProviderEnvironment.Sandbox"/>; a live one refuses <c>sandbox_scenario</c>, as the provider does.</summary>
    public ProviderEnvironment Environment { get; set; } = ProviderEnvironment.Sandbox;

    /// <summary>The workflows that exist. Empty, the default: one of each kind, with the ids of <see cref="EmulatedWorkflow"/>'s constants.</summary>
    public IList<EmulatedWorkflow> Workflows { get; set; } = [];

    /// <summary>Where webhooks go, the first of <see cref="BiometricEmulator.WebhookDestinations"/>; null makes none. Can be set later: <see cref="BiometricEmulator.WebhookUrl"/>.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>The webhooks' HMAC key, used as its literal UTF-8 text, at least 24 bytes. Null, the default, makes one at random: <see cref="BiometricEmulator.WebhookSecret"/>.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>The shape of webhooks: <see cref="ApiEdition.Reference"/> (default) or, whatever a destination's version, <see cref="ApiEdition.Guide"/>.</summary>
    public ApiEdition WebhookEdition { get; set; } = ApiEdition.Reference;

    /// <summary>The shape of <c>GET decision</c>: <see cref="ApiEdition.Reference"/> (default) or <see cref="ApiEdition.Guide"/>.</summary>
    public ApiEdition DecisionEdition { get; set; } = ApiEdition.Reference;

    /// <summary>The name of the link in the create answer: <c>url</c> (<see cref="ApiEdition.Reference"/>, default) or <c>session_url</c> (<see cref="ApiEdition.Guide"/>).</summary>
    public ApiEdition CreateEdition { get; set; } = ApiEdition.Reference;

    /// <summary>
    /// Face-match form and answer: <c>user_image</c>, <c>ref_image</c> and a nested answer (<see cref="ApiEdition.Reference"/>,
    /// default), or <c>image_a</c>, <c>image_b</c> and a flat one (<see cref="ApiEdition.Guide"/>).
    /// </summary>
    public ApiEdition FaceMatchEdition { get; set; } = ApiEdition.Reference;

    /// <summary>The clock of sessions, signatures, retries and delays.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The waits before a failed webhook is sent again. Default one minute, then four (contract 4.8).</summary>
    public IReadOnlyList<TimeSpan> WebhookRetryDelays { get; set; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4)];

    /// <summary>How long a session stays open. Default seven days (contract 5).</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How many requests the API takes. Default <see cref="EmulatorRateLimits.Documented"/>; load tests take <see cref="EmulatorRateLimits.None"/>.</summary>
    public EmulatorRateLimits RateLimits { get; set; } = EmulatorRateLimits.Documented;

    /// <summary>
    /// Refuses what costs credits: creating a session with 400 and <c>detail</c>, the stand-alone calls with 403 and
    /// <c>error</c>. False by default. The provider's own sandbox never checks; this one does when it is told to. Can be
    /// changed later: <see cref="BiometricEmulator.IsOutOfCredits"/>.
    /// </summary>
    public bool IsOutOfCredits { get; set; }

    /// <summary>
    /// What looks at pictures: the stand-alone calls' and those that are given to a hosted capture. Null, the default:
    /// one with default options, loaded by the first picture and shared by all emulators of the process. Give one of your
    /// own for passive liveness (<see cref="FaceMatcherOptions.LivenessScorer"/>).
    /// </summary>
    public FaceMatcher? Matcher { get; set; }

    /// <summary>
    /// A similarity, 0 to 100, that every comparison reports instead of looking at the pictures. Null, the default:
    /// pictures are compared, and a capture that is approved by scenario reports 99.41.
    /// </summary>
    public decimal? FaceMatchScore { get; set; }

    /// <summary>The similarity, 0 to 100, of <see cref="SandboxScenario.ReviewFaceMatchBorderline"/>. Default 65.43.</summary>
    public decimal BorderlineFaceMatchScore { get; set; } = 65.43m;

    /// <summary>
    /// A liveness score, 0 to 100, that is reported instead of measuring. Null, the default: the
    /// <see cref="Matcher"/>'s liveness scorer measures; without one, and for a capture that is approved by scenario, 95 is
    /// reported. A turn of the head before the hosted page's camera (<see cref="EmulatedWorkflow.LivenessMethod"/>
    /// <c>Active3D</c>) needs no scorer to be measured. Wherever liveness was not measured, the decision has the warning
    /// <c>LIVENESS_SIMULATED</c>, and a stand-alone call's answer, whose warnings the reference lists completely, the header
    /// <c>X-Emulator-Simulated</c>.
    /// </summary>
    public decimal? LivenessScore { get; set; }

    /// <summary>
    /// A file that what there is survives a restart in: sessions, users, and the keys that were made because none were
    /// given; not the log of deliveries, planned faults or, without <see cref="StateHoldsPictures"/>, pictures. Made when it
    /// is missing, for its owner only: it holds session tokens and secrets. Null, the default, forgets with the process.
    /// </summary>
    public string? StateFile { get; set; }

    /// <summary>
    /// Saves portraits and captures in <see cref="StateFile"/>, too, so that faces are compared after a restart. False by
    /// default: then a user who had a face still has one, with nothing to compare with.
    /// </summary>
    public bool StateHoldsPictures { get; set; }

    /// <summary>
    /// Makes what webhooks are sent through, such as a test server's handler. Null, the default, sends them over the
    /// network, without proxy, cookies or redirects. Called once; the emulator disposes it.
    /// </summary>
    public Func<HttpMessageHandler>? WebhookMessageHandler { get; set; }

    /// <summary>Where deliveries are logged: ids and statuses, never a body, a URL or a secret. Null, the default, logs nothing.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }
}

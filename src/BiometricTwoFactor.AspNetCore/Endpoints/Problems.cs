using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>A refusal that the caller may know of. The biometric causes are one and the same outward (protocol 6.9).</summary>
internal enum Problem
{
    BadRequest = 0,
    CrossSite,
    InvalidTransaction,
    NotEnrolled,
    TooMany,
    Blocked,
    BlockedForGood,
    AlreadyUsed,
    Changed,
    Unavailable,
    NotFound,
    TooLarge,
    NotSignedIn,
}

/// <summary>Writes refusals: problem details for API callers (RFC 9457), a page for browsers.</summary>
internal sealed partial class Problems(BiometricRoutes routes, StepUpPages pages, Tenants tenants)
{
    public const string TypePrefix = "urn:biometric-step-up:";
    private const string InsufficientAuthentication = "insufficient_user_authentication";

    public Task WriteAsync(HttpContext context, Problem problem, bool api, TimeSpan? retryAfter = null)
    {
        if (GrpcAnswer.IsFor(context.Request))
        {
            GrpcAnswer.Write(context.Response, GrpcAnswer.CodeOf(problem), SignalOf(context, problem, retryAfter));
            return Task.CompletedTask;
        }

        var (status, type, _, _) = Describe(problem);
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        if (retryAfter is { } pause)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return api ? WriteJsonAsync(context, new Details(SignalOf(context, problem, retryAfter)) { Status = status }) : pages.WriteProblemAsync(context, problem == Problem.BlockedForGood ? "blocked-for-good" : type);
    }

    /// <summary>The refusal after declined captures: a wait, or a block that only somebody lifts.</summary>
    public static Problem OfBlock(TimeSpan? retryAfter) => retryAfter is null ? Problem.BlockedForGood : Problem.Blocked;

    /// <summary>401 with the header of RFC 9470 section 3, and the same in problem details for callers with a cookie.</summary>
    public Task WriteChallengeAsync(HttpContext context, StepUpChallenge challenge)
    {
        var signal = SignalOf(context, challenge);
        if (GrpcAnswer.IsFor(context.Request))
        {
            GrpcAnswer.Write(context.Response, GrpcAnswer.Unauthenticated, signal);
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.WWWAuthenticate =
            $"Bearer error=\"{InsufficientAuthentication}\", error_description=\"{signal.Title}\", acr_values=\"{tenants.Of(challenge.Binding.Tenant).Acr(challenge.Reason)}\", max_age=0";
        return WriteJsonAsync(context, new Details(signal) { Status = StatusCodes.Status401Unauthorized, Error = InsufficientAuthentication });
    }

    /// <summary>The challenge, for a caller that no redirect can reach.</summary>
    public StepUpSignal SignalOf(HttpContext context, StepUpChallenge challenge) => new()
    {
        Type = TypePrefix + "face-required",
        Title = "A face confirmation is required for this request",
        Detail = "Open confirmUrl in the browser, or, with a bearer token and no cookie, POST to startUrl; then repeat the request with the header Biometric-Challenge.",
        ChallengeId = challenge.Id,
        Reason = challenge.Reason,
        ConfirmUrl = routes.Confirm(context, challenge.Id),
        StartUrl = routes.Start(context, challenge.Id),
        StatusUrl = routes.Challenge(context, challenge.Id),
        ExpiresAt = challenge.Deadline,
    };

    /// <summary>The one or the other.</summary>
    public StepUpSignal SignalOf(HttpContext context, StepUpReply reply) =>
        reply.Challenge is { } challenge ? SignalOf(context, challenge) : SignalOf(context, reply.Problem, reply.RetryAfter);

    /// <summary>Why there is no challenge, for the same caller.</summary>
    public StepUpSignal SignalOf(HttpContext context, Problem problem, TimeSpan? retryAfter = null)
    {
        var (_, type, title, next) = Describe(problem);
        return new StepUpSignal
        {
            Type = TypePrefix + type,
            Title = title,
            Detail = next,
            EnrolUrl = problem == Problem.NotEnrolled ? routes.Enrol(context, "/") : null,
            RetryAfterSeconds = retryAfter is { } pause ? (long)Math.Ceiling(pause.TotalSeconds) : null,
        };
    }

    private static (int Status, string Type, string Title, string Next) Describe(Problem problem) => problem switch
    {
        Problem.CrossSite => (400, "not-accepted", "This request was not accepted", "With a cookie it needs a valid antiforgery token, such as in the header RequestVerificationToken, and must come from the application's own pages."),
        Problem.InvalidTransaction => (400, "invalid-transaction", "Amount, currency or payee are not valid", "Correct the payment and try again."),
        Problem.NotEnrolled => (403, "not-enrolled", "No face is on file yet", "Set up face confirmation first."),
        Problem.TooMany => (429, "too-many", "Too many confirmations were asked for", "Wait a few minutes and try again."),
        Problem.Blocked => (429, "blocked", "Confirmation by face is paused for a while", "Wait a few minutes, or ask the support for another way."),
        Problem.BlockedForGood => (403, "blocked", "Confirmation by face is blocked", "Waiting does not help here: ask the support."),
        Problem.AlreadyUsed => (409, "already-used", "This confirmation was used already", "The action was carried out once and is not carried out again."),
        Problem.Changed => (409, "changed", "The request is not the one that was confirmed", "The confirmation has ended. Begin again and check amount and payee."),
        Problem.Unavailable => (503, "unavailable", "Confirmation by face is not available at the moment", "Nothing was carried out and nothing is lost. Try again shortly."),
        Problem.TooLarge => (413, "too-large", "This request is too large to be confirmed", "Nothing was carried out. Send less at once and try again."),
        Problem.NotSignedIn => (401, "not-signed-in", "Nobody is signed in", "Sign in and try again."),
        Problem.NotFound => (404, "not-found", "There is nothing here", "The confirmation has ended, or belongs to another sign-in."),
        _ => (400, "bad-request", "The request could not be read", "Check it and try again."),
    };

    private static Task WriteJsonAsync(HttpContext context, Details details) =>
        context.Response.WriteAsJsonAsync(details, DetailsJson.Default.Details, "application/problem+json", context.RequestAborted);

    /// <summary>RFC 9457, with what a signal says as its extensions.</summary>
    internal sealed class Details(StepUpSignal signal)
    {
        public string Type => signal.Type;

        public string Title => signal.Title;

        public required int Status { get; init; }

        public string? Detail => signal.Detail;

        public string? Error { get; init; }

        public string? ChallengeId => signal.ChallengeId;

        public string? Reason => signal.Reason;

        public string? ConfirmUrl => signal.ConfirmUrl;

        public string? StartUrl => signal.StartUrl;

        public string? StatusUrl => signal.StatusUrl;

        public string? EnrolUrl => signal.EnrolUrl;

        public string? ExpiresAt => signal.ExpiresAt?.ToString("O", CultureInfo.InvariantCulture);
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Details))]
    private sealed partial class DetailsJson : JsonSerializerContext;
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

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
}

/// <summary>Writes refusals: problem details for API callers (RFC 9457), a page for browsers.</summary>
internal sealed partial class Problems(BiometricRoutes routes, StepUpPages pages, IOptionsMonitor<BiometricStepUpOptions> options)
{
    private const string TypePrefix = "urn:biometric-step-up:";

    public Task WriteAsync(HttpContext context, Problem problem, bool api)
    {
        var (status, type, title, next) = Describe(problem, api);
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        if (!api)
        {
            return pages.WriteProblemAsync(context, title, next);
        }

        return WriteJsonAsync(context, new Details
        {
            Type = TypePrefix + type,
            Title = title,
            Status = status,
            Detail = next,
            EnrolUrl = problem == Problem.NotEnrolled ? routes.Enrol(context, "/") : null,
        });
    }

    /// <summary>The refusal after declined captures: a wait, or a block that only somebody lifts.</summary>
    public static Problem OfBlock(TimeSpan? retryAfter) => retryAfter is null ? Problem.BlockedForGood : Problem.Blocked;

    /// <summary>401 with the header of RFC 9470 section 3, and the same in problem details for callers with a cookie.</summary>
    public Task WriteChallengeAsync(HttpContext context, StepUpChallenge challenge)
    {
        const string Description = "A face confirmation is required for this request";
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.WWWAuthenticate =
            $"Bearer error=\"insufficient_user_authentication\", error_description=\"{Description}\", acr_values=\"{options.CurrentValue.Acr(challenge.Reason)}\", max_age=0";
        return WriteJsonAsync(context, new Details
        {
            Type = TypePrefix + "face-required",
            Title = Description,
            Status = StatusCodes.Status401Unauthorized,
            Detail = "Open confirmUrl in the browser, or, with a bearer token and no cookie, POST to startUrl; then repeat the request with the header Biometric-Challenge.",
            Error = "insufficient_user_authentication",
            ChallengeId = challenge.Id,
            Reason = challenge.Reason,
            ConfirmUrl = routes.Confirm(context, challenge.Id),
            StartUrl = routes.Start(context, challenge.Id),
            StatusUrl = routes.Challenge(context, challenge.Id),
            ExpiresAt = challenge.Deadline.ToString("O", CultureInfo.InvariantCulture),
        });
    }

    private static (int Status, string Type, string Title, string Next) Describe(Problem problem, bool api) => problem switch
    {
        Problem.CrossSite when api => (400, "not-accepted", "This request was not accepted", "With a cookie it needs a valid antiforgery token, such as in the header RequestVerificationToken, and must come from the application's own pages."),
        Problem.CrossSite => (400, "not-accepted", "This request was not accepted", "Go back to the page, reload it and try again."),
        Problem.InvalidTransaction => (400, "invalid-transaction", "Amount, currency or payee are not valid", "Correct the payment and try again."),
        Problem.NotEnrolled => (403, "not-enrolled", "No face is on file yet", "Set up face confirmation first."),
        Problem.TooMany => (429, "too-many", "Too many confirmations were asked for", "Wait a few minutes and try again."),
        Problem.Blocked => (429, "blocked", "Confirmation by face is paused for a while", "Wait a few minutes, or ask the support for another way."),
        Problem.BlockedForGood => (403, "blocked", "Confirmation by face is blocked", "Waiting does not help here: ask the support."),
        Problem.AlreadyUsed => (409, "already-used", "This confirmation was used already", "The action was carried out once and is not carried out again."),
        Problem.Changed => (409, "changed", "The request is not the one that was confirmed", "The confirmation has ended. Begin again and check amount and payee."),
        Problem.Unavailable => (503, "unavailable", "Confirmation by face is not available at the moment", "Nothing was carried out and nothing is lost. Try again shortly."),
        Problem.TooLarge => (413, "too-large", "This request is too large to be confirmed", "Nothing was carried out. Send less at once and try again."),
        Problem.NotFound => (404, "not-found", "There is nothing here", "The confirmation has ended, or belongs to another sign-in."),
        _ => (400, "bad-request", "The request could not be read", "Check it and try again."),
    };

    private static Task WriteJsonAsync(HttpContext context, Details details) =>
        context.Response.WriteAsJsonAsync(details, DetailsJson.Default.Details, "application/problem+json", context.RequestAborted);

    internal sealed class Details
    {
        public required string Type { get; init; }

        public required string Title { get; init; }

        public required int Status { get; init; }

        public string? Detail { get; init; }

        public string? Error { get; init; }

        public string? ChallengeId { get; init; }

        public string? Reason { get; init; }

        public string? ConfirmUrl { get; init; }

        public string? StartUrl { get; init; }

        public string? StatusUrl { get; init; }

        public string? EnrolUrl { get; init; }

        public string? ExpiresAt { get; init; }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Details))]
    private sealed partial class DetailsJson : JsonSerializerContext;
}

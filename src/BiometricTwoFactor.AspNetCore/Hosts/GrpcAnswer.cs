using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The answer to a gRPC call that lacks a face: a response of headers alone, with the status and, as metadata, what the
/// caller needs to show one and to repeat the call (gRPC over HTTP/2, "Trailers-Only"). A gRPC client reads no other form of
/// refusal: a body of JSON is a broken stream to it, and a redirect an unknown status.
/// </summary>
internal static class GrpcAnswer
{
    public const int Unauthenticated = 16;

    private const int InvalidArgument = 3;
    private const int NotFound = 5;
    private const int PermissionDenied = 7;
    private const int ResourceExhausted = 8;
    private const int FailedPrecondition = 9;
    private const int Aborted = 10;
    private const int Unavailable = 14;

    /// <summary>True for <c>application/grpc</c>, <c>application/grpc+proto</c>, <c>application/grpc-web</c> and the like.</summary>
    public static bool IsFor(HttpRequest request)
    {
        const string Type = "application/grpc";
        return request.ContentType is { } type
            && type.StartsWith(Type, StringComparison.OrdinalIgnoreCase)
            && (type.Length == Type.Length || type[Type.Length] is '+' or ';' or '-');
    }

    /// <summary>The status by which a client decides whether to correct, to wait or to give up.</summary>
    public static int CodeOf(Problem problem) => problem switch
    {
        Problem.BadRequest or Problem.InvalidTransaction => InvalidArgument,
        Problem.NotFound => NotFound,
        Problem.CrossSite or Problem.BlockedForGood => PermissionDenied,
        Problem.NotEnrolled => FailedPrecondition,
        Problem.TooMany or Problem.Blocked or Problem.TooLarge => ResourceExhausted,
        Problem.AlreadyUsed or Problem.Changed => Aborted,
        Problem.NotSignedIn => Unauthenticated,
        _ => Unavailable,
    };

    public static void Write(HttpResponse response, int code, StepUpSignal signal)
    {
        // The status of HTTP says that the call arrived; how it ended is in the headers.
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = response.HttpContext.Request.ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers["grpc-status"] = code.ToString(CultureInfo.InvariantCulture);
        // Percent-encoded, as the protocol demands of everything but printable ASCII; an escaped space is read as one, too.
        response.Headers["grpc-message"] = Uri.EscapeDataString(signal.Title);
        Add(response, "biometric-type", signal.Type);
        Add(response, "biometric-challenge", signal.ChallengeId);
        Add(response, "biometric-reason", signal.Reason);
        Add(response, "biometric-confirm-url", signal.ConfirmUrl);
        Add(response, "biometric-start-url", signal.StartUrl);
        Add(response, "biometric-status-url", signal.StatusUrl);
        Add(response, "biometric-enrol-url", signal.EnrolUrl);
        Add(response, "biometric-expires-at", signal.ExpiresAt?.ToString("O", CultureInfo.InvariantCulture));
        Add(response, "biometric-retry-after", signal.RetryAfterSeconds?.ToString(CultureInfo.InvariantCulture));
    }

    private static void Add(HttpResponse response, string name, string? value)
    {
        if (value is not null)
        {
            response.Headers[name] = value;
        }
    }
}

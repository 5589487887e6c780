using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor;

/// <summary>
/// All that the client ever logs: method, route with placeholders, numbers and codes. Event ids 1000 to 1099 are stable.
/// </summary>
internal static partial class ClientLog
{
    [LoggerMessage(1000, LogLevel.Debug, "{Method} {Route} answered {Status}")]
    internal static partial void Answered(ILogger logger, string method, string route, int status);

    [LoggerMessage(1001, LogLevel.Warning, "{Method} {Route} was refused: {Code}, status {Status}, request {RequestId}, fields {Fields}")]
    internal static partial void Refused(ILogger logger, string method, string route, BiometricErrorCode code, int status, string? requestId, string fields);

    [LoggerMessage(1002, LogLevel.Warning, "{Method} {Route} brought no answer: {Code}")]
    internal static partial void NoAnswer(ILogger logger, string method, string route, BiometricErrorCode code);

    [LoggerMessage(1003, LogLevel.Information, "Attempt {Attempt} failed; the next follows after {Delay}")]
    internal static partial void Retrying(ILogger logger, int attempt, TimeSpan delay);

    [LoggerMessage(1004, LogLevel.Error, "The provider failed too often; no calls for {Duration}")]
    internal static partial void CircuitOpened(ILogger logger, TimeSpan duration);

    [LoggerMessage(1005, LogLevel.Information, "The provider answers again")]
    internal static partial void CircuitClosed(ILogger logger);

    [LoggerMessage(1006, LogLevel.Warning, "The portrait has {Bytes} bytes; the provider's guide allows {GuideLimit}, and an older account may refuse it")]
    internal static partial void LargePortrait(ILogger logger, int bytes, int guideLimit);

    [LoggerMessage(1007, LogLevel.Information, "The provider wants the reference's names for face match and liveness; they are used from now on")]
    internal static partial void EditionLearned(ILogger logger);
}

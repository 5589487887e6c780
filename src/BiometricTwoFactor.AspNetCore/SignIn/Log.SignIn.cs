using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Sign-in and recovery.</summary>
internal static partial class Log
{
    [LoggerMessage(2551, LogLevel.Information, "A sign-in went on without a face: the device is known")]
    public static partial void SignedInWithoutFace(ILogger logger);

    [LoggerMessage(2552, LogLevel.Information, "The recovery approval of challenge {ChallengeId} was used")]
    public static partial void RecoveryUsed(ILogger logger, string challengeId);

    [LoggerMessage(2553, LogLevel.Warning, "ASP.NET Core Identity did not sign in after challenge {ChallengeId}: {Why}")]
    public static partial void IdentityRefused(ILogger logger, string challengeId, string why);

    [LoggerMessage(2554, LogLevel.Error, "The store of step-ups failed during a sign-in or sign-out, which went on without it")]
    public static partial void SignedWithoutStore(ILogger logger, Exception failure);
}

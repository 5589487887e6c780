using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Every log event of the package, with its stable id. No subject, URL, body, code or secret is ever a value here.</summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "Challenge {ChallengeId} went from {From} to {To}: {Reasons}")]
    public static partial void ChallengeMoved(ILogger logger, string challengeId, ChallengeState from, ChallengeState to, string reasons);

    [LoggerMessage(2002, LogLevel.Error, "An observer failed on {Kind} of challenge {ChallengeId}")]
    public static partial void ObserverFailed(ILogger logger, Exception failure, StepUpEventKind kind, string challengeId);

    [LoggerMessage(2003, LogLevel.Information, "Challenge {ChallengeId} was made for reason {Reason}")]
    public static partial void ChallengeMade(ILogger logger, string challengeId, string reason);

    [LoggerMessage(2004, LogLevel.Warning, "No challenge was made for reason {Reason}: {Why}")]
    public static partial void ChallengeRefused(ILogger logger, string reason, string why);

    [LoggerMessage(2005, LogLevel.Warning, "The caller has no sign-in session to bind a challenge to. A cookie from before this SDK was added has none: sign in again")]
    public static partial void NoBinding(ILogger logger);

    [LoggerMessage(2101, LogLevel.Information, "Challenge {ChallengeId} has the provider session {SessionId}")]
    public static partial void SessionOpened(ILogger logger, string challengeId, string sessionId);

    [LoggerMessage(2102, LogLevel.Warning, "The provider returned session {SessionId} for challenge {ChallengeId}, which is not a fresh one; it is deleted there and counts for nobody")]
    public static partial void SessionNotFresh(ILogger logger, string sessionId, string challengeId);

    [LoggerMessage(2103, LogLevel.Error, "No fresh provider session could be had for challenge {ChallengeId}")]
    public static partial void NoFreshSession(ILogger logger, string challengeId);

    [LoggerMessage(2104, LogLevel.Error, "The provider could not open a session for challenge {ChallengeId}: {Code}, status {Status}, request {RequestId}")]
    public static partial void StartFailed(ILogger logger, string challengeId, BiometricErrorCode code, int? status, string? requestId);

    [LoggerMessage(2105, LogLevel.Warning, "The decision of challenge {ChallengeId} could not be read: {Code}, status {Status}")]
    public static partial void DecisionUnread(ILogger logger, string challengeId, BiometricErrorCode code, int? status);

    [LoggerMessage(2106, LogLevel.Warning, "Provider session {SessionId} could not be deleted yet: {Code}; next try at {DueAt}")]
    public static partial void DeletionPostponed(ILogger logger, string sessionId, BiometricErrorCode code, DateTimeOffset dueAt);

    [LoggerMessage(2107, LogLevel.Warning, "No session was opened for challenge {ChallengeId}: the provider approved a session of this user that was refused here, and a face is relied on again when that session is deleted, which the sweeper sees to")]
    public static partial void StoredFaceInDoubt(ILogger logger, string challengeId);

    [LoggerMessage(2201, LogLevel.Warning, "A webhook was refused: {Outcome}")]
    public static partial void WebhookRefused(ILogger logger, WebhookOutcome outcome);

    [LoggerMessage(2202, LogLevel.Information, "A webhook for session {SessionId} with status {Status} was verified ({Form}, secret {SecretLabel})")]
    public static partial void WebhookVerified(ILogger logger, string? sessionId, SessionStatus status, WebhookSignatureForm form, string? secretLabel);

    [LoggerMessage(2203, LogLevel.Warning, "A webhook came again under the event id of another body; only the decision is read")]
    public static partial void EventChanged(ILogger logger);

    [LoggerMessage(2204, LogLevel.Warning, "A webhook could not be processed and is to be sent again")]
    public static partial void WebhookFailed(ILogger logger, Exception failure);

    [LoggerMessage(2205, LogLevel.Warning, "A webhook was refused before its signature was looked at: {Why}")]
    public static partial void WebhookMalformed(ILogger logger, string why);

    [LoggerMessage(2206, LogLevel.Warning, "A webhook's body was read before it came here, so that nothing was left to verify; it is to be sent again. Some middleware reads it: let it pass the webhook's route by, or buffer the body (EnableBuffering)")]
    public static partial void WebhookReadBefore(ILogger logger);

    [LoggerMessage(2301, LogLevel.Warning, "The provider reversed session {SessionId} after its approval had been used by challenge {ChallengeId}")]
    public static partial void ReversedAfterUse(ILogger logger, string? sessionId, string challengeId);

    [LoggerMessage(2302, LogLevel.Error, "The background work failed and goes on")]
    public static partial void SweepFailed(ILogger logger, Exception failure);

    [LoggerMessage(2303, LogLevel.Error, "An account-holder check failed for challenge {ChallengeId}; the enrolment is not approved")]
    public static partial void AccountHolderCheckFailed(ILogger logger, Exception failure, string challengeId);

    [LoggerMessage(2401, LogLevel.Warning, "A step-up was demanded where the SDK cannot enforce it ({Resource}); refused")]
    public static partial void CannotEnforce(ILogger logger, string resource);

    [LoggerMessage(2402, LogLevel.Warning, "A request for a face was refused: it is cross-site or failed its antiforgery validation")]
    public static partial void CrossSite(ILogger logger);

    [LoggerMessage(2403, LogLevel.Information, "A request's transaction was refused for reason {Reason}, for its {Part}; no challenge was made")]
    public static partial void TransactionRefused(ILogger logger, string reason, string part);

    [LoggerMessage(2501, LogLevel.Error, "Challenge {ChallengeId} was approved and what it was to complete is gone: the key that sealed it, the part of the application that finishes it, or the person it named. Sign in anew")]
    public static partial void PlanGone(ILogger logger, string challengeId);

    [LoggerMessage(2601, LogLevel.Warning, "An approval was used and its device could not be remembered; it will be asked again")]
    public static partial void DeviceNotRemembered(ILogger logger, Exception failure);

    [LoggerMessage(2602, LogLevel.Error, "The block hook failed for challenge {ChallengeId}; the block was made")]
    public static partial void BlockHookFailed(ILogger logger, Exception failure, string challengeId);

    [LoggerMessage(2603, LogLevel.Warning, "After challenge {ChallengeId}, declined {Count} times in a row, its user's device group is blocked until somebody lifts it")]
    public static partial void BlockedForGood(ILogger logger, string challengeId, int count);

    [LoggerMessage(2604, LogLevel.Warning, "Challenge {ChallengeId} of a recognised device ended the pending challenge {EndedId} of an unrecognised one of the same user")]
    public static partial void RecognisedDeviceFirst(ILogger logger, string challengeId, string endedId);

    [LoggerMessage(2701, LogLevel.Warning, "The provider asks to wait ({Code}); until then nothing is read that can wait. It asks for {RetryAfter}")]
    public static partial void ProviderPaused(ILogger logger, BiometricErrorCode code, TimeSpan? retryAfter);

    [LoggerMessage(2702, LogLevel.Error, "A round of the reconciler failed; the next one goes on")]
    public static partial void ReconcilerFailed(ILogger logger, Exception failure);

    [LoggerMessage(2703, LogLevel.Information, "Nobody has opened the session of challenge {ChallengeId}; its user is reminded")]
    public static partial void Unopened(ILogger logger, string challengeId);

    [LoggerMessage(2651, LogLevel.Error, "The application's {Hook} failed for challenge {ChallengeId}")]
    public static partial void RiskHookFailed(ILogger logger, Exception failure, string hook, string challengeId);

    [LoggerMessage(2406, LogLevel.Error, "{Endpoint} has UseInTransaction and answered with success without having used the approval: the same face would let it in again. It must call RunApprovedAsync or TryUseApprovalAsync")]
    public static partial void ApprovalNotUsed(ILogger logger, string endpoint);

    [LoggerMessage(2404, LogLevel.Error, "The approval of challenge {ChallengeId} was used and committed; what follows from it failed")]
    public static partial void AfterUseFailed(ILogger logger, Exception failure, string challengeId);

    [LoggerMessage(2901, LogLevel.Warning, "The keys of Data Protection are lost with this process or its container: after a restart nobody can finish a step-up, and every cookie is void. Keep them: AddDataProtection().PersistKeysToBiometricStore(), or a folder that stays")]
    public static partial void KeysLostOnRestart(ILogger logger);

    [LoggerMessage(2902, LogLevel.Warning, "The keys of Data Protection are in this machine's default folder: another instance cannot open what this one sealed. Where several serve, share them: AddDataProtection().PersistKeysToBiometricStore(). On one machine name the folder: PersistKeysToFileSystem(…)")]
    public static partial void KeysOfOneMachine(ILogger logger);

    [LoggerMessage(2405, LogLevel.Error, "The store of step-ups failed; what was asked was refused, and nothing was carried out")]
    public static partial void StoreFailed(ILogger logger, Exception failure);

    [LoggerMessage(2801, LogLevel.Error, "Evidence could not be chained; it waits in the store and is tried again")]
    public static partial void ChainingFailed(ILogger logger, Exception failure);

    [LoggerMessage(2802, LogLevel.Error, "A draft of the evidence ({Kind} of challenge {ChallengeId}) cannot be opened: its Data Protection key is gone. It is chained as unreadable")]
    public static partial void DraftUnreadable(ILogger logger, EvidenceKind kind, string challengeId);

    [LoggerMessage(2803, LogLevel.Error, "The evidence key {KeyId} is wrapped under a master key that is not configured; its evidence waits. Set Biometric:Evidence:MasterKey or FormerMasterKeys")]
    public static partial void MasterKeyMissing(ILogger logger, string keyId);

    [LoggerMessage(2804, LogLevel.Information, "{Count} entries of the evidence, up to {Sequence}, were kept long enough and are gone")]
    public static partial void EvidencePruned(ILogger logger, long count, long sequence);

    [LoggerMessage(2805, LogLevel.Error, "The daily removal of what is kept long enough failed; the next day tries again")]
    public static partial void RetentionFailed(ILogger logger, Exception failure);

    [LoggerMessage(2806, LogLevel.Warning, "Checkpoints of the evidence are unsigned: whoever can write the database can write another past. Set Biometric:Evidence:SigningKey; biometric2fa evidence keys makes one")]
    public static partial void CheckpointsUnsigned(ILogger logger);

    [LoggerMessage(2808, LogLevel.Error, "Evidence is handed out that cannot be read: the key {KeyId}, and perhaps others, is wrapped under a master key that is not configured. Set Biometric:Evidence:FormerMasterKeys and export again")]
    public static partial void EvidenceUnreadable(ILogger logger, string keyId);

    [LoggerMessage(2809, LogLevel.Error, "The command failed")]
    public static partial void CommandFailed(ILogger logger, Exception failure);

    [LoggerMessage(2807, LogLevel.Warning, "Session {SessionId} could not be reconciled: {Code}, status {Status}; run it again")]
    public static partial void SessionNotReconciled(ILogger logger, string sessionId, BiometricErrorCode code, int? status);

    [LoggerMessage(2951, LogLevel.Error, "A delivery that another tenant's secret signed names challenge {ChallengeId}; it changed nothing")]
    public static partial void ForeignTenant(ILogger logger, string challengeId);

    [LoggerMessage(2952, LogLevel.Error, "Challenge {ChallengeId} belongs to a tenant that is not configured any more: its decision is not read")]
    public static partial void TenantUnknown(ILogger logger, string challengeId);
}

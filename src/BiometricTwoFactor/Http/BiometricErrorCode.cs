namespace BiometricTwoFactor;

/// <summary>What went wrong with a call to the provider, whatever shape its answer had (contract 1.3).</summary>
public enum BiometricErrorCode
{
    /// <summary>Nothing more is known. Never set by the SDK; the default of the type.</summary>
    Unknown = 0,

    /// <summary>The provider found the request wrong (400 and its like); <see cref="BiometricException.Fields"/> says where.</summary>
    InvalidRequest,

    /// <summary>The API key is missing, wrong or not allowed to do this (401 and 403, which the provider uses alike).</summary>
    NotAuthorised,

    /// <summary>The account at the provider has no credit left (400 or 403 by their text).</summary>
    OutOfCredit,

    /// <summary>The provider has this user on its blocklist.</summary>
    BlockedUser,

    /// <summary>No portrait was sent and the provider has no stored face for this user: enrol first.</summary>
    NoStoredFace,

    /// <summary>There is no such session or user (404).</summary>
    NotFound,

    /// <summary>Too many requests (429); <see cref="BiometricException.RetryAfter"/> says when to come back.</summary>
    RateLimited,

    /// <summary>The provider failed (5xx).</summary>
    ProviderError,

    /// <summary>No answer at all: name, connection, TLS, or a transfer that broke off.</summary>
    Unreachable,

    /// <summary>No complete answer in the time set by <see cref="BiometricClientOptions.Resilience"/>.</summary>
    Timeout,

    /// <summary>Not even tried, since the provider failed too often just now (<see cref="BiometricCircuitBreakerOptions"/>).</summary>
    CircuitOpen,

    /// <summary>A success whose body is not what the contract says.</summary>
    InvalidAnswer,

    /// <summary>An answer larger than the limit set in <see cref="BiometricClientOptions"/>.</summary>
    AnswerTooLarge,

    /// <summary>The provider answered with a redirect, which is never followed: the key would go with it.</summary>
    Redirected,

    /// <summary>The session's page is not https, or its host is not in <see cref="BiometricClientOptions.HostedPageHosts"/>.</summary>
    UntrustedPage,

    /// <summary>The portrait is over <see cref="BiometricClientOptions.PortraitMaxBytes"/>. Nothing was sent.</summary>
    PortraitTooLarge,

    /// <summary>The portrait is empty, or neither JPEG nor PNG. Nothing was sent.</summary>
    PortraitUnreadable,

    /// <summary>An image of a face match or liveness check is over <see cref="BiometricClientOptions.ImageMaxBytes"/>. Nothing was sent.</summary>
    ImageTooLarge,

    /// <summary>An image of a face match or liveness check is empty. Nothing was sent.</summary>
    ImageUnreadable,
}

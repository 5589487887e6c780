namespace BiometricTwoFactor;

/// <summary>
/// A call to the provider that brought no usable answer, or was refused before it was sent. The one exception of the
/// client. It never carries a body, key, token, portrait, or a URL with a token, neither in its message nor elsewhere.
/// </summary>
public sealed class BiometricException : Exception
{
    /// <summary>Makes an exception; for substitutes of the client in an application's own tests too.</summary>
    /// <param name="code">What went wrong.</param>
    /// <param name="message">One sentence without any value from the wire.</param>
    /// <param name="innerException">The transport's own exception, if there is one.</param>
    public BiometricException(BiometricErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>What went wrong.</summary>
    public BiometricErrorCode Code { get; }

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>The provider's id of the request (header <c>X-Request-Id</c>), to quote to its support; null when not given.</summary>
    public string? RequestId { get; init; }

    /// <summary>The names of the request's fields that the provider found wrong; names only, at most 16.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>How long the provider asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

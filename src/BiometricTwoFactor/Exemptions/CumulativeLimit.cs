namespace BiometricTwoFactor;

/// <summary>The limits of an exemption that counts (articles 11 and 16).</summary>
/// <param name="Amount">Of one payment, in major units.</param>
/// <param name="Total">Of all that were exempted since the last authentication.</param>
/// <param name="Count">How many may be exempted in a row.</param>
public sealed record CumulativeLimit(decimal Amount, decimal Total, int Count)
{
    internal static CumulativeLimit Nothing { get; } = new(0m, 0m, 0);
}

/// <summary>Which of the two counters a programme uses: the text says "or", and a programme says which (articles 11(b), (c), 16(b), (c)).</summary>
public enum CountBy
{
    /// <summary>The sum of the amounts.</summary>
    Amount = 0,

    /// <summary>The number of payments.</summary>
    Number,
}

/// <summary>What the counters compare.</summary>
public enum CountingMode
{
    /// <summary>The present payment included, as banks do: the one that would pass the limit is authenticated.</summary>
    Strict = 0,

    /// <summary>The previous ones only, as the text reads: the one that passes the limit can still be exempt, and the next cannot.</summary>
    Literal,
}

/// <summary>What becomes of an amount that is exactly the limit.</summary>
public enum LimitComparison
{
    /// <summary>It is within the limit, as in the RTS ("does not exceed"): 30.00 can be exempt, 30.01 cannot.</summary>
    Inclusive = 0,

    /// <summary>It is beyond the limit, as payment guides say ("less than"): 29.99 can be exempt, 30.00 cannot. Numbers of payments are compared as ever.</summary>
    StrictlyLess,
}

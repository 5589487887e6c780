namespace BiometricTwoFactor;

/// <summary>The names of the metadata members that the SDK writes and reads back (contract, the guide's field names).</summary>
public static class SessionMetadataNames
{
    /// <summary>Why a face is asked for, such as <c>high_value_txn</c>: sensitive actions.</summary>
    public const string Reason = "reason";

    /// <summary><c>login</c> or <c>payment</c>: strong customer authentication.</summary>
    public const string Purpose = "purpose";

    /// <summary>An SCA login's opaque digest of the sign-in session; never a cookie or a token.</summary>
    public const string SessionDigest = "session_id";

    /// <summary>The amount, a JSON string with exactly the currency's decimals.</summary>
    public const string Amount = "amount";

    /// <summary>The currency, three upper-case letters.</summary>
    public const string Currency = "currency";

    /// <summary>The payee's account.</summary>
    public const string PayeeAccount = "payee_account";

    /// <summary>The payee's name.</summary>
    public const string PayeeName = "payee_name";

    /// <summary>The payment's reference.</summary>
    public const string TransactionReference = "transaction_reference";

    /// <summary>The SDK's own nonce: the id of the challenge, which must come back with the verdict.</summary>
    public const string Nonce = "nonce";
}

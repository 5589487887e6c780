namespace BiometricTwoFactor;

/// <summary>Why a transaction cannot be made from what was given: for the validation of a request.</summary>
public enum TransactionProblem
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The amount is not ASCII digits with at most one point: signs, exponents, grouping, spaces and leading zeros are refused.</summary>
    AmountMalformed,

    /// <summary>The amount is zero or less.</summary>
    AmountNotPositive,

    /// <summary>The amount has more decimals than its currency.</summary>
    AmountTooPrecise,

    /// <summary>The amount, or a batch's total, is a thousand million million (10^15) or more.</summary>
    AmountTooLarge,

    /// <summary>The currency is not an active three-letter code of ISO 4217.</summary>
    CurrencyUnknown,

    /// <summary>The payee's account is missing or empty.</summary>
    PayeeAccountMissing,

    /// <summary>The payee's account has more than <see cref="Transaction.MaxPayeeAccountLength"/> characters.</summary>
    PayeeAccountTooLong,

    /// <summary>The payee's account holds control, format or broken characters, or begins like the account of a batch (<c>set:</c>).</summary>
    PayeeAccountInvalid,

    /// <summary>The payee's name is missing or empty.</summary>
    PayeeNameMissing,

    /// <summary>The payee's name has more than <see cref="Transaction.MaxPayeeNameLength"/> characters.</summary>
    PayeeNameTooLong,

    /// <summary>The payee's name holds control characters, line breaks or characters that turn the writing direction.</summary>
    PayeeNameInvalid,

    /// <summary>The reference has more than <see cref="Transaction.MaxReferenceLength"/> characters.</summary>
    ReferenceTooLong,

    /// <summary>The reference holds control characters, line breaks or characters that turn the writing direction.</summary>
    ReferenceInvalid,

    /// <summary>A batch without items.</summary>
    BatchEmpty,

    /// <summary>A batch with more than <see cref="Transaction.MaxBatchItems"/> items.</summary>
    BatchTooLarge,
}

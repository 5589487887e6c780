namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The details of an entry: the parts that its kind has. No portrait, template, token, callback code or raw session id is
/// ever among them. Members are added, never renamed: they stand in exports.
/// </summary>
internal sealed record EvidenceContent
{
    public AskedFacts? Asked { get; init; }

    public ShownFacts? Shown { get; init; }

    public DeliveryFacts? Delivery { get; init; }

    public VerdictFacts? Verdict { get; init; }

    public PartyFacts? Party { get; init; }

    /// <summary>Of a claim by the device that it was handed to, which is nobody's sign-in; null otherwise.</summary>
    public HandOverFacts? HandOver { get; init; }

    public FactorFacts? Factors { get; init; }

    public ReviewFacts? Review { get; init; }

    public UseFacts? Use { get; init; }

    /// <summary>Why it stands where it stands, codes of <see cref="JudgementReason"/>.</summary>
    public IReadOnlyList<string>? Reasons { get; init; }

    public ErasureFacts? Erasure { get; init; }

    /// <summary>Set when the draft's own seal could not be opened any more: what it said is lost, that it was is not.</summary>
    public bool? Unreadable { get; init; }
}

/// <summary>Who acts: no raw session id, only its hash.</summary>
internal sealed record PartyFacts(string Scheme, string Subject, string SessionHash);

/// <summary>What was asked.</summary>
internal sealed record AskedFacts
{
    public required string Kind { get; init; }

    public required PartyFacts By { get; init; }

    public required string VendorData { get; init; }

    public required string Reason { get; init; }

    public required string Action { get; init; }

    public string? Title { get; init; }

    public required string Digest { get; init; }

    public PaymentFacts? Payment { get; init; }

    public required DeviceFacts Device { get; init; }

    public required string Workflow { get; init; }

    public required string Environment { get; init; }

    public string? Method { get; init; }

    public bool DemandsIpAnalysis { get; init; }

    public decimal? FaceMatchFloor { get; init; }

    public decimal? LivenessFloor { get; init; }

    public bool ClaimRequired { get; init; }

    public required IReadOnlyList<string> Factors { get; init; }

    /// <summary>Why no face could be asked; null for a face.</summary>
    public string? WithoutFace { get; init; }

    public DateTimeOffset Deadline { get; init; }

    public required string PolicyVersion { get; init; }
}

/// <summary>Amount and payee.</summary>
internal sealed record PaymentFacts(string Amount, string Currency, string? PayeeName, string? PayeeAccount, string? Reference)
{
    /// <summary>Of a batch, the payees; null for a single payment.</summary>
    public IReadOnlyList<PayeeFacts>? Items { get; init; }

    public static PaymentFacts? Of(Transaction? transaction) => transaction is null
        ? null
        : new(
            transaction.AmountText,
            transaction.Currency,
            transaction.IsBatch ? null : transaction.PayeeName,
            transaction.IsBatch ? null : transaction.PayeeAccount,
            transaction.Reference)
        {
            Items = transaction.IsBatch ? [.. transaction.Items.Select(item => new PayeeFacts(item.AmountText, item.PayeeName, item.PayeeAccount))] : null,
        };
}

/// <summary>One payee of a batch.</summary>
internal sealed record PayeeFacts(string Amount, string Name, string Account);

/// <summary>The device that asked; hashes only.</summary>
internal sealed record DeviceFacts(string? DeviceHash, string? NetworkHash, bool IsKnown, bool IsNetworkKnown);

/// <summary>What was shown before the face, the session that was opened for it, and the device that pressed start.</summary>
internal sealed record ShownFacts(string Digest, IReadOnlyList<ShownLine> Lines, string? Session, string? Os, string? Browser, string? Country)
{
    /// <summary>Where it was handed over: what that device showed; null where it was finished on the one that asked.</summary>
    public HandOverFacts? HandOver { get; init; }
}

/// <summary>One fact on the page.</summary>
internal sealed record ShownLine(string Name, string Value);

/// <summary>How a delivery was signed, and the rule that verified it; its bytes are beside the content.</summary>
internal sealed record DeliveryFacts
{
    public string? SignatureV2 { get; init; }

    public string? Signature { get; init; }

    public string? SignatureSimple { get; init; }

    public string? Timestamp { get; init; }

    /// <summary>Over which form the signature was right.</summary>
    public required string Form { get; init; }

    /// <summary>The label of the secret, never the secret.</summary>
    public string? SecretLabel { get; init; }

    public string? EventId { get; init; }

    public int Bytes { get; init; }
}

/// <summary>A second factor, or a way of equal strength.</summary>
internal sealed record FactorFacts(string? Alternative, IReadOnlyList<string> Factors);

/// <summary>What a reviewer did.</summary>
internal sealed record ReviewFacts(string Action, string Reviewer, string? Comment);

/// <summary>How an approval was used.</summary>
internal sealed record UseFacts(string Operation, DateTimeOffset At, string Reason, string Digest, PartyFacts By)
{
    public string? Workflow { get; init; }

    /// <summary>Beside the face, where the caller knew them; the entries before tell them in any case.</summary>
    public IReadOnlyList<string>? Factors { get; init; }
}

/// <summary>Whose keys were deleted, by their ids, which name nobody; and what became of the person at the provider.</summary>
internal sealed record ErasureFacts(IReadOnlyList<string> Keys, bool KnownAtProvider);

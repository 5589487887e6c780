using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BiometricTwoFactor;

/// <summary>
/// What is hashed. Every field is preceded by its length, and everything by a tag with a version, so that no two
/// different transactions ever have the same bytes (R-03; attack 50: <c>ab</c> + <c>c</c> is not <c>a</c> + <c>bc</c>).
/// </summary>
internal static class TransactionPreimage
{
    /// <summary>How the account of a batch begins on the wire.</summary>
    internal const string SetPrefix = "set:";

    private const string Tag = "BiometricTwoFactor.Transaction/1";
    private const string SetTag = "BiometricTwoFactor.PayeeSet/1";

    internal static TransactionDigest Hash(Transaction transaction) =>
        TransactionDigest.FromHash(SHA256.HashData(Write(transaction)));

    /// <summary>Tag, kind, currency, amount, account, name and, when there is one, the reference.</summary>
    internal static byte[] Write(Transaction transaction)
    {
        var bytes = new MemoryStream();
        Field(bytes, Tag);
        Field(bytes, transaction.IsBatch ? "batch" : "single");
        Field(bytes, transaction.Currency);
        Field(bytes, transaction.AmountText);
        Field(bytes, transaction.PayeeAccount);
        Field(bytes, transaction.PayeeName);
        if (transaction.Reference is { } reference)
        {
            Field(bytes, reference);
        }

        return bytes.ToArray();
    }

    /// <summary>The set of payees as one account: sorted by bytes, so that order does not matter and repetition does.</summary>
    internal static string SetAccount(IReadOnlyList<TransactionItem> items)
    {
        var encoded = new List<byte[]>(items.Count);
        foreach (var item in items)
        {
            var one = new MemoryStream();
            Field(one, item.PayeeAccount);
            Field(one, item.PayeeName);
            Field(one, item.AmountText);
            encoded.Add(one.ToArray());
        }

        encoded.Sort(static (left, right) => left.AsSpan().SequenceCompareTo(right));
        var bytes = new MemoryStream();
        Field(bytes, SetTag);
        Field(bytes, items.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var one in encoded)
        {
            Field(bytes, one);
        }

        return SetPrefix + Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
    }

    private static void Field(MemoryStream bytes, string text) => Field(bytes, Encoding.UTF8.GetBytes(text));

    private static void Field(MemoryStream bytes, ReadOnlySpan<byte> value)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        bytes.Write(length);
        bytes.Write(value);
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace BiometricTwoFactor.Tests.DynamicLinking;

public sealed class TransactionDigestTests
{
    // Computed with Python's hashlib and struct from the fields below, not with the code under test.
    private const string Known = "a72fa769e623813fcb0be34733934bac6156deb122be66e5fc455335c3fe2a49";
    private const string KnownSet = "set:6b7bd8d699e3c145f5693b15da14d22b849c76a3dbe103a0aaf793a4ccc81366";

    private static Transaction Sample(string? reference = "INV-7") =>
        Transaction.Create("247.5", "eur", "es91 2100 0418 4502 0005 1332", "Zoe\u0308 & Co", reference);

    [Fact]
    public void A_digest_is_the_same_everywhere_and_for_ever() =>
        Assert.Equal(Known, Sample().Digest.ToString());

    [Fact]
    public void A_batchs_account_is_the_same_everywhere_and_for_ever() =>
        Assert.Equal(KnownSet, Transaction.CreateBatch("EUR", [new(5m, "B", "b"), new(10m, "A", "a")]).PayeeAccount);

    [Fact]
    public void Ways_to_write_one_payment_have_one_digest()
    {
        var digest = Sample().Digest;
        Assert.Equal(digest, Transaction.Create(247.50m, "EUR", "ES9121000418450200051332", "Zo\u00EB & Co", " INV-7 ").Digest);
        Assert.Equal(digest, Transaction.Create(247.5000m, "Eur", "ES91 21000418450200051332", " Zo\u00EB & Co", "INV-7").Digest);
    }

    [Fact]
    public void Any_change_changes_the_digest()
    {
        Transaction[] all =
        [
            Sample(), Sample(reference: null), Sample("INV-8"),
            Transaction.Create("247.51", "EUR", "ES9121000418450200051332", "Zo\u00EB & Co", "INV-7"),
            Transaction.Create("247.5", "USD", "ES9121000418450200051332", "Zo\u00EB & Co", "INV-7"),
            Transaction.Create("247.5", "EUR", "ES9121000418450200051333", "Zo\u00EB & Co", "INV-7"),
            Transaction.Create("247.5", "EUR", "ES9121000418450200051332", "Zoe & Co", "INV-7"),
            Transaction.Create("247.5", "EUR", "ES9121000418450200051332Z", "o\u00EB & Co", "INV-7"),
            Transaction.Create("247.5", "EUR", "ES9121000418450200051332", "Zo\u00EB & CoINV-7"),
        ];
        Assert.Equal(all.Length, all.Select(transaction => transaction.Digest).Distinct().Count());
    }

    [Fact]
    public void A_pre_image_can_be_taken_apart_again_so_no_two_transactions_share_one()
    {
        var gen =
            from amount in Gen.Choose(1, 1_000_000)
            from currency in Gen.Elements("EUR", "USD", "KWD", "JPY")
            from account in Field(64)
            from name in Field(140)
            from reference in Gen.OneOf(Gen.Constant<string?>(null), Field(140).Select(text => (string?)text))
            select (amount, currency, account, name, reference);
        Prop.ForAll(gen.ToArbitrary(), given =>
        {
            if (!Transaction.TryCreate(given.amount, given.currency, given.account, given.name, given.reference, out var transaction, out _))
            {
                return true; // What cannot be a transaction has no pre-image.
            }

            var fields = TakeApart(TransactionPreimage.Write(transaction));
            string[] expected =
            [
                "BiometricTwoFactor.Transaction/1", "single", transaction.Currency, transaction.AmountText, transaction.PayeeAccount, transaction.PayeeName,
                .. transaction.Reference is { } text ? new[] { text } : [],
            ];
            return fields.SequenceEqual(expected, StringComparer.Ordinal);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Characters_moved_over_a_fields_border_always_change_the_digest() =>
        Prop.ForAll(Field(60).ToArbitrary(), Field(60).ToArbitrary(), (left, right) =>
        {
            var text = left + right;
            var digests = Enumerable.Range(1, text.Length - 1)
                .Select(cut => Transaction.TryCreate(1m, "EUR", "A" + text[..cut], "N" + text[cut..], null, out var transaction, out _)
                    ? (transaction.PayeeAccount, transaction.PayeeName, Digest: transaction.Digest.ToString())
                    : default)
                .Where(made => made != default)
                .Distinct()
                .ToList();
            return digests.Select(made => made.Digest).Distinct(StringComparer.Ordinal).Count() == digests.Count;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Normalising_twice_is_normalising_once() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString>(), ArbMap.Default.ArbFor<NonEmptyString>(), (account, name) =>
        {
            if (!Transaction.TryCreate(1m, "EUR", account.Get, name.Get, name.Get, out var once, out _))
            {
                return true;
            }

            var twice = Transaction.Create(once.AmountText, once.Currency, once.PayeeAccount, once.PayeeName, once.Reference);
            return once.Digest == twice.Digest && string.Equals(once.PayeeAccount, twice.PayeeAccount, StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_a_batch_never_matters_and_its_content_always_does()
    {
        var item =
            from amount in Gen.Choose(1, 5)
            from account in Gen.Elements("A", "B", "AB")
            from name in Gen.Elements("a", "b", "Ba")
            select (amount, account, name);
        Prop.ForAll(item.NonEmptyListOf().ToArbitrary(), item.NonEmptyListOf().ToArbitrary(), (left, right) =>
        {
            static string[] Set(IEnumerable<(int, string, string)> items) => [.. items.Select(one => one.ToString()).Order(StringComparer.Ordinal)];
            static string Account(IEnumerable<(int Amount, string Account, string Name)> items) =>
                Transaction.CreateBatch("EUR", items.Select(one => new TransactionItem(one.Amount, one.Account, one.Name))).PayeeAccount;

            var same = Set(left).SequenceEqual(Set(right), StringComparer.Ordinal);
            var reversed = string.Equals(Account(left), Account(left.AsEnumerable().Reverse()), StringComparison.Ordinal);
            return reversed && same == string.Equals(Account(left), Account(right), StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_digest_reads_what_it_writes_and_nothing_else()
    {
        var digest = Sample().Digest;
        Assert.Equal(digest, TransactionDigest.Parse(digest.ToString()));
        Assert.Equal(SHA256.HashSizeInBytes, digest.ToByteArray().Length);
        Assert.False(TransactionDigest.TryParse(digest.ToString().ToUpperInvariant(), out _));
        Assert.False(TransactionDigest.TryParse(digest.ToString()[1..], out _));
        Assert.False(TransactionDigest.TryParse(digest + " ", out _));
        Assert.False(TransactionDigest.TryParse(null, out _));
        Assert.Throws<FormatException>(() => TransactionDigest.Parse("00"));
    }

    private static Gen<string> Field(int most) =>
        from length in Gen.Choose(1, most)
        from chars in Gen.Elements("abcXYZ0189 .,-/&'\u00E9\u0301\u0308e\u1100\u1161\u4E2D\u05D0".ToCharArray()).ArrayOf(length)
        select new string(chars);

    private static List<string> TakeApart(ReadOnlySpan<byte> bytes)
    {
        var fields = new List<string>();
        while (!bytes.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
            fields.Add(Encoding.UTF8.GetString(bytes.Slice(4, length)));
            bytes = bytes[(4 + length)..];
        }

        return fields;
    }
}

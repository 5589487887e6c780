using FsCheck;
using FsCheck.Fluent;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Different questions have different digests, wherever the boundary between two fields lies (attacks 17, 50).</summary>
public sealed class ChallengeDigestTests
{
    private static readonly Transaction Payment = Transaction.Create("250.00", "EUR", "DE89370400440532013000", "Muster GmbH");

    [Fact]
    public void The_digest_of_an_action_is_the_hash_of_its_length_prefixed_fields() =>
        // sha256 over u32be(length) + text of: biometric-step-up/1, "", settings_change, action, POST /password; reckoned apart from this code.
        Assert.Equal(
            "1712dffe63b9c5907ec68478b65cca79892b2e539ea94b325a1b574d5050d0b7",
            ChallengeDigest.Of("", "settings_change", "POST /password", transaction: null));

    [Fact]
    public void Different_actions_have_different_digests() =>
        Prop.ForAll(
            Questions().Two().ToArbitrary(),
            pair =>
            {
                var (one, other) = pair;
                return one.Equals(other) == string.Equals(Digest(one), Digest(other), StringComparison.Ordinal);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Moving_a_boundary_between_fields_changes_the_digest() =>
        Prop.ForAll(
            (from text in Gen.ArrayOf(Gen.Elements('a', 'b', '\0', '/', '\u00e9'), 6)
             from cut in Gen.Choose(0, 5)
             from other in Gen.Choose(0, 5)
             select (Text: new string(text), Cut: cut, Other: other)).ToArbitrary(),
            one => (one.Cut == one.Other) == string.Equals(
                ChallengeDigest.Of(one.Text[..one.Cut], one.Text[one.Cut..], "x", null),
                ChallengeDigest.Of(one.Text[..one.Other], one.Text[one.Other..], "x", null),
                StringComparison.Ordinal)).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void A_payment_is_bound_to_tenant_reason_amount_and_payee_and_not_to_the_url_that_carried_it()
    {
        var digest = ChallengeDigest.Of("", "high_value_txn", "POST /transfers", Payment);
        Assert.Equal(digest, ChallengeDigest.Of("", "high_value_txn", "POST /api/transfers", Transaction.Create("250", "eur", "DE89 3704 0044 0532 0130 00", " Muster GmbH ")));

        Assert.NotEqual(digest, ChallengeDigest.Of("bank", "high_value_txn", "POST /transfers", Payment));
        Assert.NotEqual(digest, ChallengeDigest.Of("", "settings_change", "POST /transfers", Payment));
        Assert.NotEqual(digest, ChallengeDigest.Of("", "high_value_txn", "POST /transfers", Transaction.Create("250.01", "EUR", "DE89370400440532013000", "Muster GmbH")));
        Assert.NotEqual(digest, ChallengeDigest.Of("", "high_value_txn", "POST /transfers", Transaction.Create("250.00", "USD", "DE89370400440532013000", "Muster GmbH")));
        Assert.NotEqual(digest, ChallengeDigest.Of("", "high_value_txn", "POST /transfers", Transaction.Create("250.00", "EUR", "DE02120300000000202051", "Muster GmbH")));
    }

    [Fact]
    public void An_action_that_reads_like_a_payments_digest_is_not_that_payment() =>
        Assert.NotEqual(ChallengeDigest.Of("", "r", "x", Payment), ChallengeDigest.Of("", "r", Payment.Digest.ToString(), null));

    private static string Digest((string Tenant, string Reason, string Action) question) =>
        ChallengeDigest.Of(question.Tenant, question.Reason, question.Action, transaction: null);

    private static Gen<(string Tenant, string Reason, string Action)> Questions()
    {
        var text = from letters in Gen.Elements("", "a", "b", "ab", "\0", "action", "\u00e9", "e\u0301") from more in Gen.Elements("", "a", "transaction") select letters + more;
        return from tenant in text from reason in text from action in text select (tenant, reason, action);
    }
}

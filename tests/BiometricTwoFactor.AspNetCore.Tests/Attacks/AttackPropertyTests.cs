using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// The attacks that are about spellings, for whatever spelling there is: rows 16, 38, 47, 49 and 50. Row 48 has its properties
/// where the canonical form is (<c>WebhookPropertyTests</c>).
/// </summary>
public sealed partial class AttackPropertyTests
{
    private const long Now = 1_795_262_400; // seconds; the verdicts' own time

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1_000);
    private static readonly WebhookSecret Secret = new("a-secret-for-properties-0123456789");
    private static readonly string[] Strange =
        ["\u00ad", "\u200b", "\u200d", "\ufeff", "\0", "\u0301", "\u0308", "\u212a", "\u0131", "\u0130", "\uff11", "\u0661", "+", "-", " ", "\t", "\n", "0", "1", "9", ".", ",", "e", "E", "x", "A", "d"];

    [Fact]
    public void Attack_16_Two_names_that_differ_in_anything_are_two_people() => Prop.ForAll(
        Spellings("user-42", "Kevin", "alice", "stra\u00dfe", "Jose\u0301").ToArbitrary(),
        spelling =>
        {
            var (name, twin) = spelling;
            var same = SameCharacters(name, twin);
            var challenge = Verdicts.Challenge() with { VendorData = name };
            var judged = Verdicts.Judge(shown => shown.VendorData = twin, challenge).Verdict == Verdict.Approve;
            var one = new StepUpBinding { Scheme = "Cookies", Subject = name, SessionHash = "5e55" };
            return judged == same && (one == one with { Subject = twin }) == same;
        }).Check(Many);

    /// <summary>A time is what ASCII digits say, and the header says what the body says.</summary>
    [Fact]
    public void Attack_38_No_spelling_of_a_time_counts_but_the_digits_themselves() => Prop.ForAll(
        Spellings(
            Now.ToString(CultureInfo.InvariantCulture), (Now + 301).ToString(CultureInfo.InvariantCulture), (Now - 301).ToString(CultureInfo.InvariantCulture),
            (Now * 1000).ToString(CultureInfo.InvariantCulture), "-1", (BigInteger.Pow(2, 64) + Now).ToString(CultureInfo.InvariantCulture)).ToArbitrary(),
        spelling =>
        {
            var text = spelling.Twin;
            var signed = AsciiNumber().IsMatch(text) && BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : Now;
            var body = Encoding.UTF8.GetBytes($$"""{"session_id":"{{Verdicts.Session}}","status":"Approved","timestamp":{{signed}},"webhook_type":"status.updated"}""");
            var verifier = new WebhookVerifier(new WebhookVerifierOptions { Secrets = [Secret] }, new Clock());
            var outcome = verifier.Verify(body, new WebhookHeaders { SignatureV2 = WebhookSigner.SignRaw(body, Secret), Timestamp = text }).Outcome;
            var isFresh = AsciiNumber().IsMatch(text) && BigInteger.Abs(signed - Now) <= 300;
            return (outcome == WebhookOutcome.Valid) == isFresh;
        }).Check(Many);

    [Fact]
    public void Attack_47_No_spelling_of_approved_approves_but_its_own() => Prop.ForAll(
        Spellings("Approved", "approved", "APPROVED", "Declined", "In Review", "1", "Approved,Approved").ToArbitrary(),
        spelling =>
        {
            var same = SameCharacters(spelling.Twin, "Approved");
            var judged = Verdicts.Judge(shown => shown.Status = SessionStatusText.Parse(spelling.Twin)).Verdict == Verdict.Approve;
            return judged == same && (SessionStatusText.Parse(spelling.Twin) == SessionStatus.Approved) == same;
        }).Check(Many);

    /// <summary>An amount is refused or is exactly the number that was written, and two numbers are never one digest.</summary>
    [Fact]
    public void Attack_49_No_spelling_of_an_amount_is_another_amount() => Prop.ForAll(
        Spellings("250.00", "0.10", "1000", "99999999.99").ToArbitrary(),
        spelling =>
        {
            var (written, twin) = spelling;
            if (TryPay(twin) is not { } other)
            {
                return true;
            }

            var original = TryPay(written)!;
            return PlainAmount().IsMatch(twin)
                && decimal.Parse(twin, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) == other.Amount
                && (other.Digest.ToString() == original.Digest.ToString()) == (other.Amount == original.Amount);
        }).Check(Many);

    [Fact]
    public void Attack_50_Characters_that_move_over_a_border_change_the_digest() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyString>(),
        ArbMap.Default.ArbFor<NonEmptyString>(),
        (first, second) =>
        {
            var (reason, action) = (first.Get, second.Get);
            var all = reason + action;
            return Enumerable.Range(0, all.Length + 1).Where(border => border != reason.Length)
                .All(border => ChallengeDigest.Of("", all[..border], all[border..], null) != ChallengeDigest.Of("", reason, action, null));
        }).Check(Config.QuickThrowOnFailure);

    /// <summary>A text, and one that is made from it: as it is, or with something strange put in, taken out, doubled, cased or composed otherwise.</summary>
    private static Gen<(string Written, string Twin)> Spellings(params string[] texts) =>
        from written in Gen.Elements(texts)
        from place in Gen.Choose(0, written.Length)
        from strange in Gen.Elements(Strange)
        from how in Gen.Choose(0, 7)
        select (written, how switch
        {
            0 => written,
            1 or 2 => written.Insert(place, strange),
            3 => place < written.Length ? written.Remove(place, 1) : written,
            4 => place < written.Length ? written.Remove(place, 1).Insert(place, strange) : strange + written,
            5 => place % 2 == 0 ? written.ToUpperInvariant() : written.ToLowerInvariant(),
            6 => written.Normalize(place % 2 == 0 ? NormalizationForm.FormC : NormalizationForm.FormD),
            _ => written.Replace('K', '\u212a').Replace('i', '\u0131').Replace("\u00df", "ss", StringComparison.Ordinal),
        });

    private static Transaction? TryPay(string amount)
    {
        try
        {
            return Transaction.Create(amount, "EUR", Verdicts.Account, "Muster GmbH");
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Told here once more, by what the characters are.</summary>
    private static bool SameCharacters(string one, string other) => one.AsSpan().SequenceEqual(other);

    [GeneratedRegex(@"\A[0-9]{1,18}\z")]
    private static partial Regex AsciiNumber();

    [GeneratedRegex(@"\A(0|[1-9][0-9]*)(\.[0-9]+)?\z")]
    private static partial Regex PlainAmount();

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Now);
    }
}

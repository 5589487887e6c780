namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>What the face was shown for: the echo of a payment, the person behind an enrolment (protocol 8.4).</summary>
public sealed class VerdictPurposeTests
{
    [Theory]
    [InlineData("amount")]
    [InlineData("payee_account")]
    public void An_echo_without_amount_or_payee_is_a_violation(string member) =>
        Violates("echo-missing", shown => shown.Metadata.Remove(member));

    [Theory]
    [InlineData("250.01")]
    [InlineData("2500")]
    [InlineData("25000")]
    [InlineData("-250.00")]
    [InlineData("250,00")]
    [InlineData("2.5e2")]
    public void Another_amount_is_a_violation(string amount) =>
        Violates("echo-amount-differs", shown => shown.With("amount", amount));

    [Theory]
    [InlineData("250", MetadataValueKind.String)]
    [InlineData("250.0", MetadataValueKind.String)]
    [InlineData("250", MetadataValueKind.Number)]
    public void The_same_amount_written_otherwise_is_the_same(string amount, MetadataValueKind kind) =>
        Assert.Equal(Verdict.Approve, Verdicts.Judge(shown => shown.With("amount", amount, kind), Verdicts.Payment()).Verdict);

    [Fact]
    public void Another_currency_is_a_violation() =>
        Violates("echo-currency-differs", shown => shown.With("currency", "USD"));

    [Fact]
    public void A_currency_that_is_not_echoed_is_none_for_the_digest_binds_it() =>
        Assert.Equal(Verdict.Approve, Verdicts.Judge(shown => shown.Metadata.Remove("currency"), Verdicts.Payment()).Verdict);

    [Theory]
    [InlineData("DE89370400440532013001")]
    [InlineData("DE89 3704 0044 0532 0130 00")]
    [InlineData("DE******************00")]
    public void Another_payee_is_a_violation(string account) =>
        Violates("echo-payee-differs", shown => shown.With("payee_account", account));

    [Fact]
    public void Where_no_payment_is_asked_for_an_echo_does_not_matter() =>
        Assert.Equal(Verdict.Approve, Verdicts.Judge(shown => shown.With("amount", "1")).Verdict);

    [Fact]
    public void A_wrong_echo_outranks_a_failed_capture_and_both_are_named()
    {
        var judgement = Verdicts.Judge(shown => shown.With("amount", "1").Liveness = [], Verdicts.Payment());
        Assert.Equal(Verdict.Violate, judgement.Verdict);
        Assert.Equal(["liveness-missing", "echo-amount-differs"], judgement.Reasons);
    }

    [Fact]
    public void A_declined_payment_is_declined_whatever_it_echoes() =>
        Verdicts.AssertIs(
            Verdict.Decline, "status-Declined",
            Verdicts.Judge(shown => shown.With("amount", "1").Status = SessionStatus.Declined, Verdicts.Payment()));

    [Fact]
    public void An_enrolment_by_proofing_needs_a_document() =>
        Declines("identity-not-proven", _ => { }, holder: true);

    [Theory]
    [InlineData(FeatureStatus.Unknown)]
    [InlineData(FeatureStatus.NotFinished)]
    [InlineData(FeatureStatus.Declined)]
    [InlineData(FeatureStatus.InReview)]
    [InlineData(FeatureStatus.ResubRequested)]
    [InlineData(FeatureStatus.Expired)]
    public void Every_document_of_an_enrolment_must_be_approved(FeatureStatus status)
    {
        Declines("identity-not-proven", shown => shown.Documents = [Shown.Document(status)], holder: true);
        Declines("identity-not-proven", shown => shown.Documents = [Shown.Document(), Shown.Document(status)], holder: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(null)]
    public void A_valid_document_of_somebody_else_or_of_nobody_known_enrols_no_face(bool? holder) =>
        Declines("not-the-account-holder", shown => shown.Documents = [Shown.Document()], holder);

    [Fact]
    public void A_document_of_the_account_holder_enrols() =>
        Assert.Equal(
            Verdict.Approve,
            Verdicts.Judge(shown => shown.Documents = [Shown.Document()], Verdicts.Enrolment(), Verdicts.Policy() with { AccountHolderConfirmed = true }).Verdict);

    [Fact]
    public void An_enrolment_needs_liveness_and_face_as_any_step_up_does()
    {
        Declines("liveness-missing", shown => (shown.Documents, shown.Liveness) = ([Shown.Document()], []), holder: true);
        Declines("face-match-missing", shown => (shown.Documents, shown.Faces) = ([Shown.Document()], []), holder: true);
    }

    [Fact]
    public void An_enrolment_by_face_alone_asks_for_no_document() =>
        Assert.Equal(Verdict.Approve, Verdicts.Judge(challenge: Verdicts.Challenge() with { Kind = ChallengeKind.FaceEnrolment }).Verdict);

    private static void Violates(string reason, Action<Shown> change) =>
        Verdicts.AssertIs(Verdict.Violate, reason, Verdicts.Judge(change, Verdicts.Payment()));

    private static void Declines(string reason, Action<Shown> change, bool? holder) =>
        Verdicts.AssertIs(Verdict.Decline, reason, Verdicts.Judge(change, Verdicts.Enrolment(), Verdicts.Policy() with { AccountHolderConfirmed = holder }));
}

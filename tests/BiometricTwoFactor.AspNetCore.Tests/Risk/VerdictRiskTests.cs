namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>What the judge makes of a verdict's risk: approved, demanded, held. Absence is in nobody's favour (protocol 9).</summary>
public sealed class VerdictRiskTests
{
    private static readonly IpAnalysis Vpn = new() { Status = FeatureStatus.Approved, IsVpnOrTor = true };
    private static readonly IpAnalysis Abroad = new() { Status = FeatureStatus.Approved, CountryCode = "ES" };
    private static readonly IpAnalysis Plain = new() { Status = FeatureStatus.Approved };

    [Theory]
    [InlineData(RiskResponse.Accept, true, false, "Approve", ExtraDemand.None)]
    [InlineData(RiskResponse.Accept, false, false, "Approve", ExtraDemand.None)]
    [InlineData(RiskResponse.ConfirmBeneficiary, true, false, "Approve", ExtraDemand.BeneficiaryConfirmation)]
    [InlineData(RiskResponse.ConfirmBeneficiary, true, true, "Approve", ExtraDemand.BeneficiaryConfirmation)]
    [InlineData(RiskResponse.ConfirmBeneficiary, false, true, "Approve", ExtraDemand.SecondFactor)]
    [InlineData(RiskResponse.ConfirmBeneficiary, false, false, "Approve", ExtraDemand.None)]
    [InlineData(RiskResponse.SecondFactor, true, true, "Approve", ExtraDemand.SecondFactor)]
    [InlineData(RiskResponse.SecondFactor, false, true, "Approve", ExtraDemand.SecondFactor)]
    [InlineData(RiskResponse.SecondFactor, true, false, "Hold", ExtraDemand.None)]
    [InlineData(RiskResponse.SecondFactor, false, false, "Hold", ExtraDemand.None)]
    [InlineData(RiskResponse.Hold, true, true, "Hold", ExtraDemand.None)]
    [InlineData((RiskResponse)99, true, true, "Hold", ExtraDemand.None)]
    public void A_response_comes_to_what_can_be_asked_here(RiskResponse response, bool isPayment, bool hasFactor, string verdict, ExtraDemand demand)
    {
        var judgement = Verdicts.Judge(
            shown => shown.Ip = [Vpn],
            isPayment ? Verdicts.Payment() : Verdicts.Challenge(),
            Verdicts.Policy() with { NetworkRisk = new NetworkRiskOptions { VpnOrTor = response }, CanAskSecondFactor = hasFactor });
        Assert.Equal(verdict, judgement.Verdict.ToString());
        Assert.Equal(demand, judgement.Demand);
        Assert.Equal(response != RiskResponse.Accept, judgement.Reasons.Contains("vpn-or-tor"));
    }

    [Theory]
    [InlineData(ChallengeKind.StepUp, "Hold")]
    [InlineData(ChallengeKind.Enrolment, "Hold")]
    [InlineData(ChallengeKind.FaceEnrolment, "Hold")]
    [InlineData(ChallengeKind.SignIn, "NotFinished")]
    [InlineData(ChallengeKind.Recovery, "NotFinished")]
    [InlineData(ChallengeKind.Access, "NotFinished")]
    public void Another_country_holds_and_ends_what_waits_for_no_review(ChallengeKind kind, string verdict)
    {
        var challenge = Verdicts.Challenge() with { Kind = kind, StartedOn = DeviceTraits.Unknown with { Country = "DE" } };
        var judgement = Verdicts.Judge(
            shown => (shown.Ip, shown.Documents) = ([Abroad], [Shown.Document()]), challenge, Verdicts.Policy() with { AccountHolderConfirmed = true });
        Verdicts.AssertIs(verdict, "country-differs", judgement);
    }

    [Theory]
    [InlineData(ChallengeKind.Recovery, "NotFinished")]
    [InlineData(ChallengeKind.SignIn, "Approve")]
    [InlineData(ChallengeKind.Access, "Approve")]
    public void Another_kind_of_device_ends_a_recovery_too(ChallengeKind kind, string verdict) =>
        Assert.Equal(verdict, Verdicts.Judge(
            shown => shown.Ip = [Shown.Network(os: "Android")],
            Verdicts.Challenge() with { Kind = kind, StartedOn = new DeviceTraits("Windows", "Chrome") }).Verdict.ToString());

    [Fact]
    public void The_highest_of_several_responses_counts()
    {
        var policy = Verdicts.Policy() with { CanAskSecondFactor = true, NetworkRisk = new NetworkRiskOptions { DataCentre = RiskResponse.SecondFactor } };
        var analysis = new IpAnalysis { Status = FeatureStatus.Approved, IsVpnOrTor = true, IsDataCenter = true };
        Assert.Equal(ExtraDemand.SecondFactor, Verdicts.Judge(shown => shown.Ip = [analysis], Verdicts.Payment(), policy).Demand);
        policy.NetworkRisk.VpnOrTor = RiskResponse.Hold;
        var held = Verdicts.Judge(shown => shown.Ip = [analysis], Verdicts.Payment(), policy);
        Verdicts.AssertIs(Verdict.Hold, "vpn-or-tor", held);
        Assert.Equal(ExtraDemand.SecondFactor, held.Demand); // kept for after the release
    }

    [Fact]
    public void A_face_that_failed_is_refused_whatever_the_network_is() =>
        Assert.Equal(Verdict.Decline, Verdicts.Judge(shown => (shown.Ip, shown.Faces) = ([Vpn], []), Verdicts.Payment()).Verdict);

    [Theory]
    [InlineData(ChallengeState.InReview)]
    [InlineData(ChallengeState.Approved)]
    public void What_was_demanded_stays_when_a_later_decision_shows_nothing(ChallengeState state)
    {
        var challenge = Open(state) with { Demand = ExtraDemand.SecondFactor };
        Assert.Equal(ExtraDemand.SecondFactor, Verdicts.Judge(shown => shown.Ip = [Plain], challenge).Demand);
        Assert.Equal(ExtraDemand.SecondFactor, Verdicts.Judge(challenge: challenge).Demand);
        Assert.Equal(ExtraDemand.SecondFactor, Verdicts.Judge(shown => shown.Ip = [Vpn], challenge).Demand); // the lesser demand is no way out
    }

    [Theory]
    [InlineData("vpn-or-tor")]
    [InlineData("data-centre")]
    [InlineData("country-differs")]
    [InlineData("address-differs")]
    [InlineData("device-differs")]
    public void What_was_held_stays_held_when_a_later_decision_shows_nothing(string reason)
    {
        var held = Open(ChallengeState.InReview) with { ReasonCodes = [reason] };
        Verdicts.AssertIs(Verdict.Hold, reason, Verdicts.Judge(challenge: held));
        Verdicts.AssertIs(Verdict.Hold, reason, Verdicts.Judge(shown => shown.Ip = [Plain], held));
    }

    [Fact]
    public void A_release_covers_what_was_found_and_nothing_that_comes_later()
    {
        var held = Open(ChallengeState.InReview) with
        {
            ReasonCodes = ["country-differs"],
            HoldReleasedAt = Verdicts.Now,
            StartedOn = new DeviceTraits("Windows", "Chrome") { Country = "DE" },
        };
        var approved = Verdicts.Judge(shown => shown.Ip = [Abroad], held);
        Assert.Equal(Verdict.Approve, approved.Verdict);
        Verdicts.AssertIs(Verdict.Hold, "device-differs", Verdicts.Judge(shown => shown.Ip = [Abroad, Shown.Network(os: "Android")], held));

        // The approval remembers what was released, for every decision after it.
        var later = held with { State = ChallengeState.Approved, ReasonCodes = approved.Reasons };
        Assert.Equal(Verdict.Approve, Verdicts.Judge(shown => shown.Ip = [Abroad], later).Verdict);
        Assert.Equal(Verdict.Hold, Verdicts.Judge(shown => shown.Ip = [Shown.Network(os: "Android")], later).Verdict);
    }

    [Fact]
    public void A_release_takes_no_other_check_and_no_demand_away()
    {
        var held = Open(ChallengeState.InReview) with { ReasonCodes = ["country-differs"], HoldReleasedAt = Verdicts.Now, Demand = ExtraDemand.BeneficiaryConfirmation };
        Assert.Equal(Verdict.Decline, Verdicts.Judge(shown => shown.Faces = [Shown.Face(similarity: 70m)], held).Verdict);
        Assert.Equal(Verdict.Violate, Verdicts.Judge(shown => shown.With("amount", "1"), held).Verdict);
        Assert.Equal(ExtraDemand.BeneficiaryConfirmation, Verdicts.Judge(challenge: held).Demand);
        Assert.Equal(Verdict.NotFinished, Verdicts.Judge(challenge: held, policy: Verdicts.Policy() with { AllowApprovalAfterReview = false }).Verdict);
    }

    [Fact]
    public void What_a_decision_in_review_shows_is_kept_for_the_one_that_ends_the_review()
    {
        var challenge = Verdicts.Payment() with { StartedOn = DeviceTraits.Unknown with { Country = "DE" } };
        var judgement = Verdicts.Judge(shown => (shown.Status, shown.Ip) = (SessionStatus.InReview, [Abroad, Vpn]), challenge);
        Assert.Equal(["status-InReview", "country-differs"], judgement.Reasons);
        Assert.Equal(ExtraDemand.BeneficiaryConfirmation, judgement.Demand);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_payee_that_the_application_trusts_meets_the_lesser_demand_and_is_recorded(bool isTrusted, bool isMet)
    {
        var policy = Verdicts.Policy() with { PayeeIsTrusted = isTrusted, CanAskSecondFactor = true };
        var judgement = Verdicts.Judge(shown => shown.Ip = [Vpn], Verdicts.Payment(), policy);
        Assert.Equal(isMet, judgement.IsDemandMet);
        Assert.Equal(isMet, judgement.Reasons.Contains("payee-trusted"));
        Assert.False(Verdicts.Judge(challenge: Verdicts.Payment() with { Demand = ExtraDemand.SecondFactor }, policy: policy).IsDemandMet);
    }

    private static StepUpChallenge Open(ChallengeState state) => Verdicts.Payment() with
    {
        State = state,
        ClaimedAt = Verdicts.Now,
        ReviewDeadline = Verdicts.Now.AddHours(1),
    };
}

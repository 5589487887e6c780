namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Approved counts only with every liveness and face entry approved, above our own floors, without a blocking warning .</summary>
public sealed class VerdictCaptureTests
{
    public static TheoryData<FeatureStatus> NotApproved =>
        [FeatureStatus.Unknown, FeatureStatus.NotFinished, FeatureStatus.Declined, FeatureStatus.InReview, FeatureStatus.ResubRequested, FeatureStatus.Expired];

    [Fact]
    public void Without_liveness_nothing_is_approved() =>
        Declines("liveness-missing", shown => shown.Liveness = []);

    [Theory]
    [MemberData(nameof(NotApproved))]
    public void Liveness_that_is_not_approved_is_refused(FeatureStatus status) =>
        Declines("liveness-not-approved", shown => shown.Liveness = [Shown.Live(status)]);

    [Fact]
    public void One_liveness_entry_of_two_that_is_not_approved_is_enough_to_refuse()
    {
        Declines("liveness-not-approved", shown => shown.Liveness = [Shown.Live(), Shown.Live(FeatureStatus.Declined)]);
        Declines("liveness-not-approved", shown => shown.Liveness = [Shown.Live(FeatureStatus.Declined), Shown.Live()]);
    }

    [Theory]
    [InlineData(LivenessMethod.Passive)]
    [InlineData(LivenessMethod.Flashing)]
    [InlineData(LivenessMethod.Unknown)]
    public void A_demanded_liveness_method_must_be_that_one(LivenessMethod method)
    {
        var challenge = Verdicts.Challenge() with { DemandedMethod = LivenessMethod.Active3D };
        Declines("liveness-method-differs", shown => shown.Liveness = [Shown.Live(method: method)], challenge);
        Assert.Equal(Verdict.Approve, Verdicts.Judge(shown => shown.Liveness = [Shown.Live(method: LivenessMethod.Active3D)], challenge).Verdict);
    }

    [Theory]
    [InlineData(LivenessMethod.Passive)]
    [InlineData(LivenessMethod.Flashing)]
    [InlineData(LivenessMethod.Active3D)]
    public void Where_none_is_demanded_any_known_method_will_do(LivenessMethod method) =>
        Assert.Equal(Verdict.Approve, Verdicts.Judge(shown => shown.Liveness = [Shown.Live(method: method)]).Verdict);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_unknown_or_missing_method_is_refused_in_the_references_shape(bool hasMethod) =>
        Declines(
            "liveness-method-differs",
            shown => shown.Liveness = [Shown.Live(method: LivenessMethod.Unknown, hasMethod: hasMethod)],
            policy: Verdicts.Policy() with { AllowGuideShape = true });

    [Fact]
    public void A_missing_method_is_refused_in_the_guides_shape_where_that_is_not_allowed() =>
        Declines("liveness-method-differs", GuideWithoutMethod);

    [Fact]
    public void A_missing_method_will_do_in_the_guides_shape_where_none_is_demanded() =>
        Assert.Equal(Verdict.Approve, Verdicts.Judge(GuideWithoutMethod, policy: Verdicts.Policy() with { AllowGuideShape = true }).Verdict);

    [Fact]
    public void A_missing_method_never_satisfies_a_demanded_one() =>
        Declines(
            "liveness-method-differs", GuideWithoutMethod,
            Verdicts.Challenge() with { DemandedMethod = LivenessMethod.Passive }, Verdicts.Policy() with { AllowGuideShape = true });

    [Fact]
    public void An_unknown_text_is_no_method_in_the_guides_shape_either() =>
        Declines(
            "liveness-method-differs",
            shown =>
            {
                shown.IsGuideShape = true;
                shown.Liveness = [Shown.Live(method: LivenessMethod.Unknown, hasMethod: true)];
            },
            policy: Verdicts.Policy() with { AllowGuideShape = true });

    [Fact]
    public void Liveness_at_the_floor_passes_and_a_hair_below_does_not()
    {
        var policy = Verdicts.Policy() with { LivenessFloor = Score.FromPercent(90m) };
        Assert.Equal(Verdict.Approve, Verdicts.Judge(shown => shown.Liveness = [Shown.Live(score: 90m)], policy: policy).Verdict);
        Declines("liveness-below-floor", shown => shown.Liveness = [Shown.Live(score: 89.999999999999994m)], policy: policy);
        Declines("liveness-below-floor", shown => shown.Liveness = [Shown.Live(score: 95m), Shown.Live(score: 89m)], policy: policy);
    }

    [Fact]
    public void A_liveness_score_that_is_missing_is_below_any_floor()
    {
        Declines("liveness-below-floor", shown => shown.Liveness = [Shown.Live(score: null)], policy: Verdicts.Policy() with { LivenessFloor = Score.FromPercent(0m) });
        Assert.Equal(Verdict.Approve, Verdicts.Judge(shown => shown.Liveness = [Shown.Live(score: null)]).Verdict);
    }

    [Fact]
    public void Liveness_alone_proves_nobodys_identity() =>
        Declines("face-match-missing", shown => shown.Faces = []);

    [Theory]
    [MemberData(nameof(NotApproved))]
    public void A_face_match_that_is_not_approved_is_refused(FeatureStatus status) =>
        Declines("face-match-not-approved", shown => shown.Faces = [Shown.Face(status)]);

    [Fact]
    public void One_face_match_of_two_that_is_not_approved_is_enough_to_refuse()
    {
        Declines("face-match-not-approved", shown => shown.Faces = [Shown.Face(), Shown.Face(FeatureStatus.Declined)]);
        Declines("face-match-not-approved", shown => shown.Faces = [Shown.Face(FeatureStatus.Declined), Shown.Face()]);
    }

    [Fact]
    public void A_similarity_at_our_floor_passes_and_a_hair_below_does_not()
    {
        Assert.Equal(Verdict.Approve, Verdicts.Judge(shown => shown.Faces = [Shown.Face(similarity: 80m)]).Verdict);
        Declines("face-match-below-floor", shown => shown.Faces = [Shown.Face(similarity: 79.999999999999994m)]);
        Declines("face-match-below-floor", shown => shown.Faces = [Shown.Face(similarity: 99m), Shown.Face(similarity: 79m)]);
    }

    [Fact]
    public void The_provider_does_not_set_our_floor() =>
        Declines("face-match-below-floor", shown => shown.Faces = [Shown.Face(similarity: 93m)], policy: Verdicts.Policy() with { FaceMatchFloor = Score.FromUnit(0.95m) });

    [Fact]
    public void A_similarity_that_is_missing_is_refused() =>
        Declines("face-match-below-floor", shown => shown.Faces = [Shown.Face(similarity: null)]);

    [Fact]
    public void All_that_failed_is_named_in_the_protocols_order()
    {
        var judgement = Verdicts.Judge(
            shown =>
            {
                shown.Liveness = [Shown.Live(FeatureStatus.Declined, LivenessMethod.Passive, 10m, warnings: new RiskWarning("LIVENESS_FACE_ATTACK", WarningSeverity.Error))];
                shown.Faces = [Shown.Face(FeatureStatus.Declined, 10m)];
                shown.Ip = [Shown.Network(FeatureStatus.Declined)];
            },
            Verdicts.Enrolment() with { DemandedMethod = LivenessMethod.Active3D },
            Verdicts.Policy() with { LivenessFloor = Score.FromPercent(90m) });

        Assert.Equal(Verdict.Decline, judgement.Verdict);
        Assert.Equal(
            [
                "liveness-not-approved", "liveness-method-differs", "liveness-below-floor", "face-match-not-approved",
                "face-match-below-floor", "warning-LIVENESS_FACE_ATTACK", "ip-analysis-not-approved", "identity-not-proven",
            ],
            judgement.Reasons);
    }

    private static void GuideWithoutMethod(Shown shown)
    {
        shown.IsGuideShape = true;
        shown.Liveness = [Shown.Live(method: LivenessMethod.Unknown, hasMethod: false)];
    }

    private static void Declines(string reason, Action<Shown> change, StepUpChallenge? challenge = null, JudgePolicy? policy = null) =>
        Verdicts.AssertIs(Verdict.Decline, reason, Verdicts.Judge(change, challenge, policy));
}

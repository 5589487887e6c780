namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Warnings refuse by severity or by code, wherever they stand; the network and the device have their say (protocol 5.6, 6.5).</summary>
public sealed class VerdictWarningTests
{
    public static TheoryData<string> Places => ["liveness", "face", "ip", "document"];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_warning_of_severity_error_refuses_wherever_it_stands(string place) =>
        Declines("warning-SOMETHING_NEW", shown => Warn(shown, place, new RiskWarning("SOMETHING_NEW", WarningSeverity.Error)));

    [Theory]
    [InlineData("liveness", WarningSeverity.Warning)]
    [InlineData("face", WarningSeverity.Information)]
    [InlineData("ip", WarningSeverity.Warning)]
    [InlineData("document", WarningSeverity.Information)]
    public void A_warning_on_our_list_refuses_whatever_its_severity(string place, WarningSeverity severity) =>
        Declines("warning-POSSIBLE_DUPLICATED_FACE", shown => Warn(shown, place, new RiskWarning("POSSIBLE_DUPLICATED_FACE", severity)));

    [Theory]
    [InlineData("POSSIBLE_DUPLICATED_FACE_2", WarningSeverity.Warning)]
    [InlineData("possible_duplicated_face", WarningSeverity.Information)]
    [InlineData("LOW_LIGHT", WarningSeverity.Warning)]
    public void A_mild_warning_that_is_on_no_list_does_not_refuse(string risk, WarningSeverity severity) =>
        Assert.Equal(Verdict.Approve, Verdicts.Judge(shown => Warn(shown, "face", new RiskWarning(risk, severity))).Verdict);

    [Fact]
    public void The_second_entrys_warning_counts_as_the_firsts() =>
        Declines("warning-X", shown => shown.Faces = [Shown.Face(), Shown.Face(warnings: [new("A", WarningSeverity.Warning), new("X", WarningSeverity.Error)])]);

    [Fact]
    public void A_demanded_ip_analysis_must_be_there() =>
        Declines("ip-analysis-missing", _ => { }, Verdicts.Challenge() with { DemandsIpAnalysis = true });

    [Fact]
    public void A_demanded_ip_analysis_that_is_there_and_approved_will_do() =>
        Assert.Equal(Verdict.Approve, Verdicts.Judge(shown => shown.Ip = [Shown.Network()], Verdicts.Challenge() with { DemandsIpAnalysis = true }).Verdict);

    [Theory]
    [InlineData(FeatureStatus.Unknown)]
    [InlineData(FeatureStatus.NotFinished)]
    [InlineData(FeatureStatus.Declined)]
    [InlineData(FeatureStatus.InReview)]
    [InlineData(FeatureStatus.ResubRequested)]
    [InlineData(FeatureStatus.Expired)]
    public void An_ip_analysis_that_did_not_pass_refuses_even_where_none_was_demanded(FeatureStatus status)
    {
        Declines("ip-analysis-not-approved", shown => shown.Ip = [Shown.Network(status)]);
        Declines("ip-analysis-not-approved", shown => shown.Ip = [Shown.Network(), Shown.Network(status)]);
    }

    [Fact]
    public void A_capture_on_another_kind_of_device_is_held_not_refused()
    {
        var challenge = Verdicts.Payment() with { StartedOn = new DeviceTraits("Windows", "Chrome") };
        Verdicts.AssertIs(Verdict.Hold, "device-differs", Verdicts.Judge(shown => shown.Ip = [Shown.Network(os: "Android", browser: "Chrome")], challenge));
        Verdicts.AssertIs(Verdict.Hold, "device-differs", Verdicts.Judge(shown => shown.Ip = [Shown.Network(os: "Windows", browser: "Firefox")], challenge));
        Verdicts.AssertIs(
            Verdict.Hold, "device-differs",
            Verdicts.Judge(shown => shown.Ip = [Shown.Network(os: "Windows", browser: "Chrome"), Shown.Network(os: "iOS")], challenge));
    }

    [Fact]
    public void What_was_held_for_another_device_stays_held_when_a_later_decision_shows_no_device()
    {
        var held = Verdicts.Payment() with
        {
            StartedOn = new DeviceTraits("Windows", "Chrome"),
            State = ChallengeState.InReview,
            ClaimedAt = Verdicts.Now,
            ReviewDeadline = Verdicts.Now.AddHours(1),
        };
        Verdicts.AssertIs(Verdict.Hold, "device-differs", Verdicts.Judge(challenge: held with { ReasonCodes = [JudgementReason.DeviceDiffers] }));
        Assert.Equal(Verdict.Approve, Verdicts.Judge(challenge: held with { ReasonCodes = ["status-InReview"] }).Verdict);
    }

    [Theory]
    [InlineData("LOW\r\n2026-11-21 everything is fine")]
    [InlineData("")]
    [InlineData("A_CODE_THAT_IS_LONGER_THAN_SIXTY_FOUR_CHARACTERS_AND_THEREFORE_NONE")]
    public void A_risk_that_is_no_code_refuses_and_forges_no_line_of_a_log(string risk) =>
        Verdicts.AssertIs(
            Verdict.Decline, "warning-OTHER",
            Verdicts.Judge(shown => shown.Faces = [Shown.Face(warnings: new RiskWarning(risk, WarningSeverity.Error))]));

    [Fact]
    public void A_capture_on_the_same_kind_of_device_is_approved()
    {
        var challenge = Verdicts.Payment() with { StartedOn = new DeviceTraits("Windows", "Chrome") };
        Assert.Equal(Verdict.Approve, Verdicts.Judge(shown => shown.Ip = [Shown.Network(os: "Windows", browser: "Chrome")], challenge).Verdict);
        Assert.Equal(Verdict.Approve, Verdicts.Judge(shown => shown.Ip = [Shown.Network()], challenge).Verdict);
        Assert.Equal(Verdict.Approve, Verdicts.Judge(shown => shown.Ip = [Shown.Network(os: "Android")], Verdicts.Payment()).Verdict);
    }

    [Fact]
    public void A_failed_capture_is_refused_and_not_merely_held_for_its_device() =>
        Declines(
            "face-match-below-floor",
            shown => (shown.Ip, shown.Faces) = ([Shown.Network(os: "Android")], [Shown.Face(similarity: 1m)]),
            Verdicts.Challenge() with { StartedOn = new DeviceTraits("Windows", null) });

    [Theory]
    [InlineData(ChallengeKind.Enrolment)]
    [InlineData(ChallengeKind.FaceEnrolment)]
    public void An_enrolment_may_be_captured_with_another_device(ChallengeKind kind) =>
        Assert.Equal(
            Verdict.Approve,
            Verdicts.Judge(
                shown => (shown.Ip, shown.Documents) = ([Shown.Network(os: "Android")], [Shown.Document()]),
                Verdicts.Challenge() with { Kind = kind, StartedOn = new DeviceTraits("Windows", "Chrome") },
                Verdicts.Policy() with { AccountHolderConfirmed = true }).Verdict);

    private static void Warn(Shown shown, string place, RiskWarning warning)
    {
        switch (place)
        {
            case "liveness": shown.Liveness = [Shown.Live(warnings: warning)]; break;
            case "face": shown.Faces = [Shown.Face(warnings: warning)]; break;
            case "ip": shown.Ip = [Shown.Network(warnings: warning)]; break;
            default: shown.Documents = [Shown.Document(warnings: warning)]; break;
        }
    }

    private static void Declines(string reason, Action<Shown> change, StepUpChallenge? challenge = null) =>
        Verdicts.AssertIs(Verdict.Decline, reason, Verdicts.Judge(change, challenge));
}

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A verdict counts only for the session, person, challenge, workflow and world that were asked (R-05, attacks 15, 45, 71).</summary>
public sealed class VerdictIdentityTests
{
    [Fact]
    public void A_verdict_that_shows_all_that_was_asked_is_approved() =>
        Verdicts.AssertIs(Verdict.Approve, "all-passed", Verdicts.Judge());

    [Fact]
    public void A_payment_whose_echo_matches_is_approved() =>
        Verdicts.AssertIs(Verdict.Approve, "all-passed", Verdicts.Judge(challenge: Verdicts.Payment()));

    [Fact]
    public void Another_session_is_refused() =>
        Violates("session-differs", shown => shown.SessionId = "0b0e8f2c-3f0a-4c43-9d1e-5a4f7a3d9c12");

    [Fact]
    public void A_missing_session_is_refused() =>
        Violates("session-differs", shown => shown.SessionId = null);

    [Fact]
    public void A_challenge_that_has_no_session_takes_no_verdict() =>
        Violates("session-differs", challenge: Verdicts.Challenge() with { SessionId = null });

    [Fact]
    public void A_challenge_without_session_and_a_verdict_without_session_do_not_match_each_other() =>
        Violates("session-differs", shown => shown.SessionId = null, Verdicts.Challenge() with { SessionId = null });

    [Theory]
    [InlineData("user-43")]
    [InlineData("User-42")]
    [InlineData("user-42 ")]
    [InlineData("user\u00AD-42")] // soft hyphen: equal to a culture, not to us (attack 16)
    [InlineData("user-42\0")]
    [InlineData("")]
    [InlineData(null)]
    public void Another_person_is_refused(string? vendorData) =>
        Violates("subject-differs", shown => shown.VendorData = vendorData);

    [Theory]
    [InlineData("BAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("")]
    public void Another_nonce_is_refused(string nonce) =>
        Violates("nonce-differs", shown => shown.With("nonce", nonce));

    [Fact]
    public void A_missing_nonce_is_refused() =>
        Violates("nonce-differs", shown => shown.Metadata.Remove("nonce"));

    [Theory]
    [InlineData(MetadataValueKind.None)]
    [InlineData(MetadataValueKind.Number)]
    [InlineData(MetadataValueKind.Boolean)]
    public void A_nonce_that_is_no_text_is_refused_even_when_it_reads_the_same(MetadataValueKind kind) =>
        Violates("nonce-differs", shown => shown.With("nonce", Verdicts.ChallengeId, kind));

    [Theory]
    [InlineData("a7c1d9e0-0000-4000-8000-000000000002")]
    [InlineData("A7C1D9E0-0000-4000-8000-000000000001")]
    [InlineData(null)]
    public void Another_workflow_is_refused(string? workflow) =>
        Violates("workflow-differs", shown => shown.WorkflowId = workflow);

    [Theory]
    [InlineData(ProviderEnvironment.Sandbox)]
    [InlineData(ProviderEnvironment.Unknown)]
    [InlineData(null)]
    public void A_verdict_of_another_world_is_refused(ProviderEnvironment? environment) =>
        Violates("environment-differs", shown => shown.Environment = environment);

    [Fact]
    public void A_live_verdict_is_refused_where_the_sandbox_was_asked() =>
        Violates("environment-differs", challenge: Verdicts.Challenge() with { Environment = ProviderEnvironment.Sandbox });

    [Fact]
    public void Everything_that_does_not_fit_is_named_in_the_protocols_order()
    {
        var judgement = Verdicts.Judge(shown =>
        {
            shown.SessionId = null;
            shown.VendorData = null;
            shown.Metadata.Clear();
            shown.WorkflowId = null;
            shown.Environment = null;
        });

        Assert.Equal(Verdict.Violate, judgement.Verdict);
        Assert.Equal(["session-differs", "subject-differs", "nonce-differs", "workflow-differs", "environment-differs"], judgement.Reasons);
    }

    [Fact]
    public void The_guides_shape_may_lack_nonce_workflow_and_environment_where_it_is_allowed() =>
        Verdicts.AssertIs(Verdict.Approve, "all-passed", Verdicts.Judge(AsTheGuideHasIt, policy: Verdicts.Policy() with { AllowGuideShape = true }));

    [Fact]
    public void The_guides_shape_is_refused_where_it_is_not_allowed()
    {
        var judgement = Verdicts.Judge(AsTheGuideHasIt);
        Assert.Equal(Verdict.Violate, judgement.Verdict);
        Assert.Equal(["nonce-differs", "workflow-differs", "environment-differs"], judgement.Reasons);
    }

    [Fact]
    public void The_references_shape_may_lack_nothing_even_where_the_guides_is_allowed()
    {
        var judgement = Verdicts.Judge(
            shown =>
            {
                AsTheGuideHasIt(shown);
                shown.IsGuideShape = false;
            },
            policy: Verdicts.Policy() with { AllowGuideShape = true });
        Assert.Equal(Verdict.Violate, judgement.Verdict);
        Assert.Equal(["nonce-differs", "workflow-differs", "environment-differs"], judgement.Reasons);
    }

    [Fact]
    public void The_guides_shape_must_name_session_and_subject()
    {
        var judgement = Verdicts.Judge(
            shown =>
            {
                AsTheGuideHasIt(shown);
                shown.SessionId = null;
                shown.VendorData = null;
            },
            policy: Verdicts.Policy() with { AllowGuideShape = true });
        Assert.Equal(["session-differs", "subject-differs"], judgement.Reasons);
    }

    [Fact]
    public void What_the_guides_shape_does_carry_must_fit()
    {
        var judgement = Verdicts.Judge(
            shown =>
            {
                shown.IsGuideShape = true;
                shown.With("nonce", "another");
                shown.WorkflowId = "another";
                shown.Environment = ProviderEnvironment.Sandbox;
            },
            policy: Verdicts.Policy() with { AllowGuideShape = true });
        Assert.Equal(["nonce-differs", "workflow-differs", "environment-differs"], judgement.Reasons);
    }

    private static void AsTheGuideHasIt(Shown shown)
    {
        shown.IsGuideShape = true;
        shown.Metadata.Remove("nonce");
        shown.WorkflowId = null;
        shown.Environment = null;
    }

    private static void Violates(string reason, Action<Shown>? change = null, StepUpChallenge? challenge = null) =>
        Verdicts.AssertIs(Verdict.Violate, reason, Verdicts.Judge(change, challenge));
}

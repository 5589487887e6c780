namespace BiometricTwoFactor.Tests.Factors;

/// <summary>What is strong customer authentication and what is not (PSD2 article 4(30), RTS article 9; R-24).</summary>
public sealed class FactorPolicyTests
{
    private static readonly EvidencedFactor Password = new("pwd", "bank");
    private static readonly EvidencedFactor Face = new("face", "provider") { Device = "phone" };
    private static readonly EvidencedFactor Finger = new("fpt", "phone's sensor") { Device = "laptop" };
    private static readonly EvidencedFactor Key = new("hwk", "bank") { Device = "key" };

    [Fact]
    public void A_face_and_a_password_are_two()
    {
        var assessment = FactorPolicy.Psd2.Assess([Password, Face]);
        Assert.Equal((true, FactorAssessment.TwoFactors, "psd2/2018-03-13"), (assessment.IsStrong, assessment.Reason, assessment.PolicyVersion));
        Assert.Equal(["pwd", "face", "mfa"], assessment.Amr());
        Assert.Equal("strong", assessment.Acr("strong", "weak"));
    }

    [Theory]
    [InlineData("ip")]
    [InlineData("geo")]
    [InlineData("kba")]
    [InlineData("rba")]
    [InlineData("user")]
    [InlineData("Face")]
    [InlineData("mfa")]
    [InlineData("")]
    public void A_face_and_signals_are_one(string signal)
    {
        foreach (var policy in new[] { FactorPolicy.Psd2, FactorPolicy.PsrDraft })
        {
            var assessment = policy.Assess([Face, new EvidencedFactor(signal, "provider") { Device = "other" }]);
            Assert.Equal((false, FactorAssessment.OneFactor), (assessment.IsStrong, assessment.Reason));
            Assert.Equal(["face"], assessment.Amr());
            Assert.Equal("weak", assessment.Acr("strong", "weak"));
        }
    }

    [Fact]
    public void What_nobody_stands_for_counts_for_nothing()
    {
        Assert.Equal(FactorAssessment.OneFactor, FactorPolicy.Psd2.Assess([Face, new EvidencedFactor("pwd", " ")]).Reason);
        Assert.Equal(FactorAssessment.NoFactor, FactorPolicy.Psd2.Assess([new EvidencedFactor("face", "")]).Reason);
        Assert.Equal(FactorAssessment.NoFactor, FactorPolicy.Psd2.Assess([]).Reason);
        Assert.Empty(FactorPolicy.Psd2.Assess([]).Amr());
    }

    [Fact]
    public void Article_9_On_one_device_the_breach_of_one_is_that_of_the_other()
    {
        var sameDevice = Key with { Device = "phone" };
        Assert.True(FactorPolicy.Psd2.Assess([Face, Key]).IsStrong);
        Assert.Equal(FactorAssessment.NotIndependent, FactorPolicy.Psd2.Assess([Face, sameDevice]).Reason);
        Assert.Equal(FactorAssessment.NotIndependent, FactorPolicy.Psd2.Assess([Face, sameDevice with { IsSeparated = false }]).Reason);
        Assert.True(FactorPolicy.Psd2.Assess([Face, sameDevice with { IsSeparated = true }]).IsStrong);
        Assert.True(FactorPolicy.Psd2.Assess([Face, sameDevice, Password]).IsStrong);
    }

    [Fact]
    public void Article_9_Independence_that_is_not_known_is_none()
    {
        Assert.Equal(FactorAssessment.NotIndependent, FactorPolicy.Psd2.Assess([Face, Key with { Device = null }]).Reason);
        Assert.Equal(FactorAssessment.NotIndependent, FactorPolicy.Psd2.Assess([Face with { Device = null }, Key]).Reason);
    }

    [Fact]
    public void Two_of_one_kind_are_one_but_for_inherence_in_the_draft()
    {
        Assert.False(FactorPolicy.Psd2.Assess([Face, Finger]).IsStrong);
        Assert.True(FactorPolicy.PsrDraft.Assess([Face, Finger]).IsStrong);
        Assert.False(FactorPolicy.PsrDraft.Assess([Face, Finger with { Device = "phone" }]).IsStrong);
        Assert.False(FactorPolicy.PsrDraft.Assess([Face, Face with { Device = "laptop" }]).IsStrong);
        Assert.False(FactorPolicy.PsrDraft.Assess([Key, new EvidencedFactor("sms", "bank") { Device = "phone" }]).IsStrong);
        Assert.False(FactorPolicy.PsrDraft.Assess([Password, new EvidencedFactor("pin", "bank")]).IsStrong);
    }
}

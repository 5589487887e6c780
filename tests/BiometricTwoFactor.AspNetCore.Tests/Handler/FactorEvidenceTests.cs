using System.Security.Claims;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A ticket tells the truth: what was shown, and of how many kinds it was.</summary>
public sealed class FactorEvidenceTests
{
    [Theory]
    [InlineData("", "", "face")]
    [InlineData("pwd", "", "face pwd mfa")]
    [InlineData("pin", "", "face pin mfa")]
    [InlineData("hwk", "", "face hwk mfa")]
    [InlineData("pwd hwk", "", "face pwd hwk mfa")]
    [InlineData("fpt", "", "face fpt")] // two of one kind
    [InlineData("geo", "", "face geo")] // where somebody is, is no factor
    [InlineData("rba", "", "face rba")]
    [InlineData("kba", "", "face kba")]
    [InlineData("made-up", "", "face made-up")]
    [InlineData("user", "", "face user")]
    [InlineData("PWD", "", "face PWD")] // not the word
    [InlineData("mfa", "", "face")] // nobody's statement
    [InlineData("mca", "", "face")]
    [InlineData("face", "", "face")]
    [InlineData("pwd pwd", "", "face pwd mfa")]
    [InlineData("", "pwd", "face pwd mfa")] // the session's own password
    [InlineData("", "face", "face")] // a login's face serves nothing else
    [InlineData("", "face pwd mfa", "face pwd mfa")]
    [InlineData("", "mfa", "face")] // of what it was made, the session does not say
    [InlineData("", "geo", "face")]
    [InlineData("", "fpt", "face fpt")]
    public void The_methods_are_those_that_were_evidenced(string stated, string session, string amr)
    {
        var evidence = FactorEvidence.Of(Challenge(stated));
        Assert.Equal(amr.Split(' '), evidence.Amr(FactorEvidence.MethodsOf(Session(session, "Cookies"))));
    }

    [Theory]
    [InlineData("hwk pin", "hwk pin mfa")]
    [InlineData("hwk", "hwk")]
    [InlineData("", "")]
    public void An_alternative_that_took_its_place_leaves_no_face(string stated, string amr)
    {
        var evidence = FactorEvidence.Of(Challenge(stated) with { Alternative = "branch" });
        Assert.Equal(amr.Split(' ', StringSplitOptions.RemoveEmptyEntries), evidence.Amr([]));
    }

    [Fact]
    public void A_session_says_it_under_either_name_and_only_where_it_is_authenticated()
    {
        var mapped = new ClaimsPrincipal(new ClaimsIdentity([new Claim("http://schemas.microsoft.com/claims/authnmethodsreferences", "pwd")], "Bearer"));
        Assert.Equal(["pwd"], FactorEvidence.MethodsOf(mapped));
        Assert.Empty(FactorEvidence.MethodsOf(Session("pwd", authenticationType: null)));
    }

    [Fact]
    public void The_claims_name_class_time_challenge_and_digest()
    {
        var challenge = Challenge("");
        var claims = FactorEvidence.Of(challenge).Claims([], reason => "urn:bank:" + reason).Select(claim => $"{claim.Type}={claim.Value}");
        Assert.Equal(
            ["amr=face", "acr=urn:bank:settings_change", "auth_time=1700000000", "biometric_challenge=" + challenge.Id, "biometric_digest=" + challenge.Digest],
            claims);
    }

    private static ClaimsPrincipal Session(string amr, string? authenticationType) => new(new ClaimsIdentity(
        amr.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => new Claim("amr", word)), authenticationType));

    private static StepUpChallenge Challenge(string factors) => new()
    {
        Id = "AAAAAAAAAAAAAAAAAAAAAAAAAAA",
        Binding = new StepUpBinding { Scheme = "Cookies", Subject = "alice", SessionHash = "hash" },
        VendorData = "alice",
        Reason = StepUpReason.SettingsChange,
        Action = "action",
        Digest = "digest",
        WorkflowId = "workflow",
        CreatedAt = DateTimeOffset.FromUnixTimeSeconds(1_699_999_900),
        Deadline = DateTimeOffset.FromUnixTimeSeconds(1_700_000_500),
        ApprovedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
        ConsumedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_100),
        State = ChallengeState.Consumed,
        Original = new OriginalRequest("GET", "/"),
        Factors = factors.Split(' ', StringSplitOptions.RemoveEmptyEntries),
    };
}

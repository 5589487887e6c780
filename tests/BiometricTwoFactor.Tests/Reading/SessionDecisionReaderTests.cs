using System.Text;

namespace BiometricTwoFactor.Tests.Reading;

/// <summary>Decision answers of both editions in one model: every entry counts, no score is guessed (contract 2).</summary>
public sealed class SessionDecisionReaderTests
{
    [Fact]
    public void A_decision_of_the_reference_is_read_whole()
    {
        var decision = Read(
            """
            {"session_id":"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee","session_kind":"user","session_number":43,"status":"Approved","environment":"live",
             "workflow_id":"w-1","features":["ID_VERIFICATION","LIVENESS"],"vendor_data":"user-42","metadata":{"challenge":"n-1"},
             "created_at":"2026-03-31T15:12:49.112311Z","expires_at":"2026-04-07T15:12:49+02:00","nfc_verifications":null,
             "id_verifications":[{"status":"Approved","first_name":"José","last_name":"Müller","date_of_birth":"1980-01-15","warnings":[]}],
             "liveness_checks":[{"status":"Approved","method":"ACTIVE_3D","score":89.92,"warnings":[]},{"status":"In Review","method":"active_3d","score":null}],
             "face_matches":[{"status":"Declined","score":40.5,"warnings":[{"feature":"FACEMATCH","risk":"LOW_FACE_MATCH_SIMILARITY","log_type":"error"},
               {"risk":"POSSIBLE_DUPLICATED_FACE","log_type":"warning"},{"risk":"X","log_type":"information"},{"risk":"Y","log_type":"Information"},{"risk":"Z"}]}],
             "ip_analyses":[{"status":"Approved","is_vpn_or_tor":true,"is_data_center":false,"ip_country_code":"ES","os_family":"iOS","browser_family":"Safari"}]}
            """);

        Assert.Equal("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", decision.SessionId.ToString());
        Assert.Equal((SessionStatus.Approved, "Approved"), (decision.Status, decision.StatusText));
        Assert.Equal(("user-42", "w-1", ProviderEnvironment.Live, true), (decision.VendorData, decision.WorkflowId, decision.Environment, decision.HasEnvironment));
        Assert.Equal("n-1", decision.Metadata.GetString("challenge"));
        Assert.False(decision.IsGuideShape);
        Assert.Equal(["ID_VERIFICATION", "LIVENESS"], decision.Features);
        Assert.Equal(new DateTimeOffset(2026, 3, 31, 15, 12, 49, TimeSpan.Zero).AddTicks(1123110), decision.CreatedAt);
        Assert.Equal(new DateTimeOffset(2026, 4, 7, 13, 12, 49, TimeSpan.Zero), decision.ExpiresAt);

        var document = Assert.Single(decision.IdVerifications);
        Assert.Equal((FeatureStatus.Approved, "José", "Müller", new DateOnly(1980, 1, 15)), (document.Status, document.FirstName, document.LastName, document.DateOfBirth));
        Assert.Equal(
            [(FeatureStatus.Approved, LivenessMethod.Active3D, (Score?)Score.FromPercent(89.92m)), (FeatureStatus.InReview, LivenessMethod.Unknown, null)],
            decision.LivenessChecks.Select(l => (l.Status, l.Method, l.Score)));
        var face = Assert.Single(decision.FaceMatches);
        Assert.Equal((FeatureStatus.Declined, (Score?)Score.FromPercent(40.5m)), (face.Status, face.Similarity));
        Assert.Equal(
            [
                new RiskWarning("LOW_FACE_MATCH_SIMILARITY", WarningSeverity.Error), new RiskWarning("POSSIBLE_DUPLICATED_FACE", WarningSeverity.Warning),
                new RiskWarning("X", WarningSeverity.Information), new RiskWarning("Y", WarningSeverity.Error), new RiskWarning("Z", WarningSeverity.Error),
            ],
            face.Warnings);
        var ip = Assert.Single(decision.IpAnalyses);
        Assert.Equal((true, false, "ES", "iOS", "Safari"), (ip.IsVpnOrTor, ip.IsDataCenter, ip.CountryCode, ip.OsFamily, ip.BrowserFamily));
    }

    [Fact]
    public void A_decision_of_the_guide_is_read_whole()
    {
        var decision = Read(
            """
            {"session_id":"s-1","vendor_data":"user-42","status":"Declined","liveness":{"status":"Approved","method":"PASSIVE","score":96},
             "face":{"status":"Declined","similarity_score":0.31},"ip_analysis":{"status":"Approved","vpn_detected":false,"datacenter_ip":false},"metadata_echo":{"amount":"1.00"}}
            """);

        Assert.True(decision.IsGuideShape);
        Assert.Equal(SessionStatus.Declined, decision.Status);
        Assert.Equal(Score.FromPercent(31), Assert.Single(decision.FaceMatches).Similarity);
        Assert.Equal((LivenessMethod.Passive, Score.FromPercent(96)), (decision.LivenessChecks[0].Method, decision.LivenessChecks[0].Score));
        Assert.Equal("1.00", decision.Metadata.GetString("amount"));
    }

    [Theory]
    [InlineData("\"liveness_checks\":null")]
    [InlineData("\"face_matches\":[]")]
    [InlineData("\"face_match\":{}")]
    [InlineData("\"poa_verifications\":null")]
    [InlineData("\"questionnaire_responses\":null")]
    public void One_member_of_the_reference_is_enough_not_to_be_judged_by_the_guide(string member) =>
        Assert.False(Read($"{{\"status\":\"Approved\",\"liveness\":{{\"status\":\"Approved\"}},{member}}}").IsGuideShape);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    public void A_feature_that_did_not_run_has_no_entries(string value)
    {
        var decision = Read($"{{\"liveness_checks\":{value},\"face_matches\":{value},\"ip_analyses\":{value},\"id_verifications\":{value}}}");

        Assert.Equal((0, 0, 0, 0), (decision.LivenessChecks.Count, decision.FaceMatches.Count, decision.IpAnalyses.Count, decision.IdVerifications.Count));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("[null]")]
    [InlineData("[\"Approved\"]")]
    [InlineData("[[]]")]
    [InlineData("[{}]")]
    [InlineData("\"Approved\"")]
    [InlineData("true")]
    public void An_entry_that_is_not_what_it_should_be_stays_and_fails(string value)
    {
        var decision = Read($"{{\"liveness_checks\":{value},\"face_matches\":{value},\"ip_analyses\":{value},\"id_verifications\":{value}}}");

        Assert.Equal(FeatureStatus.Unknown, Assert.Single(decision.LivenessChecks).Status);
        Assert.Equal(FeatureStatus.Unknown, Assert.Single(decision.FaceMatches).Status);
        Assert.Equal(FeatureStatus.Unknown, Assert.Single(decision.IpAnalyses).Status);
        Assert.Equal(FeatureStatus.Unknown, Assert.Single(decision.IdVerifications).Status);
    }

    [Fact]
    public void Entries_of_every_spelling_are_collected_together()
    {
        var decision = Read(
            """
            {"face_matches":[{"status":"Approved","score":90},{"status":"Approved","score":91}],"face_match":{"status":"Declined","score":10},"face":{"status":"In Review","similarity_score":0.5}}
            """);

        Assert.Equal([FeatureStatus.Approved, FeatureStatus.Approved, FeatureStatus.Declined, FeatureStatus.InReview], decision.FaceMatches.Select(f => f.Status));
    }

    [Theory]
    [InlineData("\"score\":96.15", "96.15")]
    [InlineData("\"score\":0", "0")]
    [InlineData("\"score\":100", "100")]
    [InlineData("\"score\":1.0", "1")]
    [InlineData("\"score\":1e-5", "0.00001")]
    [InlineData("\"score\":79.999999999999994", "80")]
    [InlineData("\"score\":79.99999999999999", "79.99999999999999")]
    [InlineData("\"similarity_score\":0.96", "96")]
    [InlineData("\"similarity_score\":1", "100")]
    [InlineData("\"similarity_score\":0.5,\"score\":50", "50")]
    [InlineData("\"similarity_score\":0.5,\"score\":null", "50")]
    [InlineData("\"similarity_score\":null,\"score\":50", "50")]
    [InlineData("\"similarity_score\":0.5,\"score\":0.5", null)]
    [InlineData("\"similarity_score\":0.5,\"score\":\"50\"", null)]
    [InlineData("\"similarity_score\":96", null)]
    [InlineData("\"similarity_score\":96,\"score\":96", null)]
    [InlineData("\"similarity_score\":\"0.9\",\"score\":90", null)]
    [InlineData("\"score\":100.00000000000001", null)]
    [InlineData("\"score\":-1", null)]
    [InlineData("\"score\":-0.0001", null)]
    [InlineData("\"score\":1e300", null)]
    [InlineData("\"score\":\"96\"", null)]
    [InlineData("\"score\":\"NaN\"", null)]
    [InlineData("\"score\":true", null)]
    [InlineData("\"score\":null", null)]
    [InlineData("\"score\":[96]", null)]
    [InlineData("\"Score\":96", null)]
    [InlineData("\"status\":\"Approved\"", null)]
    public void A_similarity_is_read_on_the_scale_of_its_name_or_not_at_all(string members, string? percent)
    {
        var expected = percent is null ? (Score?)null : Score.FromPercent(decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(expected, Assert.Single(Read($"{{\"face\":{{{members}}}}}").FaceMatches).Similarity);
        Assert.Equal(expected, Assert.Single(Read($"{{\"face_matches\":[{{{members}}}]}}").FaceMatches).Similarity);
    }

    [Theory]
    [InlineData("\"PASSIVE\"", LivenessMethod.Passive, true)]
    [InlineData("\"FLASHING\"", LivenessMethod.Flashing, true)]
    [InlineData("\"ACTIVE_3D\"", LivenessMethod.Active3D, true)]
    [InlineData("\"passive\"", LivenessMethod.Unknown, true)]
    [InlineData("\"active\"", LivenessMethod.Unknown, true)]
    [InlineData("3", LivenessMethod.Unknown, true)]
    [InlineData("null", LivenessMethod.Unknown, false)]
    public void A_liveness_method_is_read_by_exact_text(string method, LivenessMethod expected, bool told)
    {
        var liveness = Assert.Single(Read($"{{\"liveness\":{{\"method\":{method}}}}}").LivenessChecks);

        Assert.Equal((expected, told), (liveness.Method, liveness.HasMethod));
    }

    [Theory]
    [InlineData("\"Approved\"", FeatureStatus.Approved)]
    [InlineData("\"Declined\"", FeatureStatus.Declined)]
    [InlineData("\"In Review\"", FeatureStatus.InReview)]
    [InlineData("\"Not Finished\"", FeatureStatus.NotFinished)]
    [InlineData("\"Resub Requested\"", FeatureStatus.ResubRequested)]
    [InlineData("\"Expired\"", FeatureStatus.Expired)]
    [InlineData("\"approved\"", FeatureStatus.Unknown)]
    [InlineData("\"Resubmitted\"", FeatureStatus.Unknown)]
    public void A_feature_status_is_read_by_exact_text(string status, FeatureStatus expected) =>
        Assert.Equal(expected, Assert.Single(Read($"{{\"liveness\":{{\"status\":{status}}}}}").LivenessChecks).Status);

    [Theory]
    [InlineData("true", "false", true)]
    [InlineData("false", "true", true)]
    [InlineData("false", "null", false)]
    [InlineData("null", "false", false)]
    [InlineData("null", "1", null)]
    [InlineData("\"false\"", "\"false\"", null)]
    public void Of_two_names_of_one_flag_the_worse_counts_and_only_booleans_do(string reference, string guide, bool? expected)
    {
        var ip = Assert.Single(Read($"{{\"ip_analysis\":{{\"is_vpn_or_tor\":{reference},\"vpn_detected\":{guide},\"is_data_center\":{reference},\"datacenter_ip\":{guide}}}}}").IpAnalyses);

        Assert.Equal((expected, expected), (ip.IsVpnOrTor, ip.IsDataCenter));
    }

    [Theory]
    [InlineData("{\"warnings\":[7]}")]
    [InlineData("{\"warnings\":\"LOW\"}")]
    [InlineData("{\"warnings\":[{\"log_type\":\"error\"}]}")]
    public void A_warning_that_cannot_be_read_counts_as_the_worst(string entry) =>
        Assert.Equal(new RiskWarning("", WarningSeverity.Error), Assert.Single(Assert.Single(Read($"{{\"face\":{entry}}}").FaceMatches).Warnings));

    [Theory]
    [InlineData("1774969994", "2026-03-31T15:13:14Z")]
    [InlineData("1774969994.0", "2026-03-31T15:13:14Z")]
    [InlineData("\"2026-03-31T15:13:14\"", "2026-03-31T15:13:14Z")]
    [InlineData("\"2026-03-31T15:13:14.5Z\"", "2026-03-31T15:13:14.5Z")]
    [InlineData("\"31/03/2026\"", null)]
    [InlineData("\"2026-03-31\"", null)]
    [InlineData("1e300", null)]
    [InlineData("999999999999999", null)]
    [InlineData("null", null)]
    public void A_time_is_unix_seconds_or_iso_text(string value, string? expected) =>
        Assert.Equal(
            expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            Read($"{{\"created_at\":{value}}}").CreatedAt);

    [Theory]
    [InlineData("../../etc")]
    [InlineData("a/b")]
    [InlineData("a%2eb")]
    [InlineData("a\\r\\nb")]
    [InlineData("")]
    public void A_session_id_that_could_become_a_path_is_none(string text) => Assert.Null(Read($"{{\"session_id\":\"{text}\"}}").SessionId);

    [Theory]
    [InlineData("")]
    [InlineData("<html>Not found</html>")]
    [InlineData("[\"x\"]")]
    [InlineData("{\"status\":\"Approved\"")]
    [InlineData("{\"status\":\"Declined\",\"status\":\"Approved\"}")]
    [InlineData("{\"metadata\":{\"a\":1},\"metadata_echo\":{\"a\":2}}")]
    public void An_answer_that_is_no_strict_document_or_contradicts_itself_is_no_decision(string text)
    {
        Assert.False(SessionDecisionReader.TryRead(Encoding.UTF8.GetBytes(text), 1 << 20, out var decision));
        Assert.Null(decision);
    }

    [Fact]
    public void An_answer_over_the_limit_is_no_decision() =>
        Assert.False(SessionDecisionReader.TryRead("{\"status\":\"Approved\"}"u8, 20, out _));

    private static SessionDecision Read(string text)
    {
        Assert.True(SessionDecisionReader.TryRead(Encoding.UTF8.GetBytes(text), 1 << 20, out var decision));
        return decision!;
    }
}

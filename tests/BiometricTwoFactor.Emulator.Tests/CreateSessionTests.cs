using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class CreateSessionTests
{
    private const string Kyc = EmulatedWorkflow.KycEnrolmentId;
    private const string Authentication = EmulatedWorkflow.BiometricAuthenticationId;

    [Fact]
    public async Task A_new_session_has_every_member_of_the_contract()
    {
        await using var party = await RelyingParty.StartAsync();

        var (status, body) = await party.CreateAsync(new
        {
            workflow_id = Kyc,
            vendor_data = "user-42",
            callback = "https://bank.example/back?x=1",
            metadata = new { amount = "247.50" },
        });

        Assert.Equal(201, status);
        Assert.Equal(
            "session_id session_number session_token url vendor_data metadata status workflow_id workflow_version callback",
            string.Join(' ', body!.AsObject().Select(member => member.Key)));
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", (string?)body["session_id"]);
        Assert.Equal(1, (int?)body["session_number"]);
        Assert.Matches("^[A-Za-z0-9_-]{12}$", (string?)body["session_token"]);
        Assert.Equal($"{party.Emulator.BaseAddress}session/{(string?)body["session_token"]}", (string?)body["url"]);
        Assert.Equal("user-42", (string?)body["vendor_data"]);
        Assert.Equal("""{"amount":"247.50"}""", body["metadata"]!.ToJsonString());
        Assert.Equal("Not Started", (string?)body["status"]);
        Assert.Equal(Kyc, (string?)body["workflow_id"]);
        Assert.Equal(1, (int?)body["workflow_version"]);
        Assert.Equal("https://bank.example/back?x=1", (string?)body["callback"]);
    }

    [Fact]
    public async Task What_was_not_sent_comes_back_as_null()
    {
        await using var party = await RelyingParty.StartAsync();
        var (_, body) = await party.CreateAsync(new { workflow_id = Kyc });
        Assert.True(body!.AsObject().ContainsKey("vendor_data"));
        Assert.Null(body["vendor_data"]);
        Assert.Null(body["metadata"]);
        Assert.Null(body["callback"]);
    }

    [Fact]
    public async Task A_language_becomes_part_of_the_link()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = Kyc, language = "pt-BR" });
        Assert.Equal($"/pt-BR/session/{session.Token}", session.Url.AbsolutePath);
    }

    [Fact]
    public async Task The_guide_edition_calls_the_link_session_url()
    {
        await using var party = await RelyingParty.StartAsync(options => options.CreateEdition = ApiEdition.Guide);
        var (status, body) = await party.CreateAsync(new { workflow_id = Kyc });
        Assert.Equal(201, status);
        Assert.NotNull(body!["session_url"]);
        Assert.Null(body["url"]);
    }

    [Fact]
    public async Task An_unfinished_session_of_the_same_user_comes_back_with_metadata_and_callback_overwritten()
    {
        await using var party = await RelyingParty.StartAsync();
        var first = await party.CreatedAsync(new { workflow_id = Kyc, vendor_data = "u", callback = "https://a.example/1", metadata = new { payee = "A" } });
        await party.Emulator.OpenAsync(first.Id);

        var second = await party.CreatedAsync(new { workflow_id = Kyc, vendor_data = "u", callback = "https://a.example/2", metadata = new { payee = "B" } });

        Assert.Equal(first.Id, second.Id);
        Assert.Equal("In Progress", (string?)second.Answer["status"]);
        Assert.Equal("B", (string?)second.Answer["metadata"]!["payee"]);
        var decision = await party.DecisionAsync(first.Id);
        Assert.Equal("B", (string?)decision["metadata"]!["payee"]);
        Assert.Equal("https://a.example/2", (string?)decision["callback"]);
        Assert.Single(party.Emulator.Sessions);
    }

    [Fact]
    public async Task Another_user_another_workflow_or_no_user_gets_a_session_of_its_own()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.StoreFace("u");
        SessionId[] ids =
        [
            (await party.CreatedAsync(new { workflow_id = Kyc, vendor_data = "u" })).Id,
            (await party.CreatedAsync(new { workflow_id = Kyc, vendor_data = "U" })).Id,
            (await party.CreatedAsync(new { workflow_id = Authentication, vendor_data = "u" })).Id,
            (await party.CreatedAsync(new { workflow_id = Kyc })).Id,
            (await party.CreatedAsync(new { workflow_id = Kyc })).Id,
        ];
        Assert.Equal(5, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(SandboxScenario.Approve)]
    [InlineData(SandboxScenario.DeclineLivenessAttack)]
    [InlineData(SandboxScenario.ReviewFaceMatchBorderline)]
    [InlineData(SandboxScenario.Abandon)]
    [InlineData(SandboxScenario.Expire)]
    public async Task A_finished_session_is_never_handed_out_again(string scenario)
    {
        await using var party = await RelyingParty.StartAsync();
        var first = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(first.Id, scenario);
        Assert.NotEqual(first.Id, (await party.CreatedKycAsync()).Id);
    }

    [Theory]
    [InlineData("""{}""", """{"workflow_id":["This field is required."]}""")]
    [InlineData("""{"workflow_id":null}""", """{"workflow_id":["This field may not be null."]}""")]
    [InlineData("""{"workflow_id":"b1000000-0000-4000-8000-00000000ffff"}""", """{"workflow_id":"Invalid workflow_id."}""")]
    [InlineData("""{"workflow_id":"KYC","vendor_data":42}""", """{"vendor_data":["Not a valid string."]}""")]
    [InlineData("""{"workflow_id":"KYC","callback":"javascript:alert(1)"}""", """{"callback":["Enter a valid URL."]}""")]
    [InlineData("""{"workflow_id":"KYC","callback":"/relative"}""", """{"callback":["Enter a valid URL."]}""")]
    [InlineData("""{"workflow_id":"KYC","callback_method":"none"}""", """{"callback_method":["\"none\" is not a valid choice."]}""")]
    [InlineData("""{"workflow_id":"KYC","language":"xx"}""", """{"language":["\"xx\" is not a valid choice."]}""")]
    [InlineData("""{"workflow_id":"KYC","expected_details":{"address":"Main St 1"}}""", """{"expected_details":["country or poa_country is required when address is provided."]}""")]
    [InlineData("""{"workflow_id":"KYC","expected_details":[]}""", """{"expected_details":["Invalid data. Expected a dictionary."]}""")]
    [InlineData("""{"workflow_id":"KYC","sandbox_scenario":"nonsense"}""", """{"sandbox_scenario":["Unknown sandbox scenario: 'nonsense'."]}""")]
    [InlineData("""{"workflow_id":"KYC","portrait_image":"data:image/jpeg;base64,AAAA"}""", """{"portrait_image":["Upload a valid image: base64 of a JPEG, PNG, WebP or TIFF."]}""")]
    [InlineData("""["workflow_id"]""", """{"non_field_errors":["Invalid data. Expected a dictionary."]}""")]
    [InlineData("""{"workflow_id":"KYC",""", """{"detail":"JSON parse error."}""")]
    [InlineData("""{"workflow_id":"KYC","workflow_id":"KYC"}""", """{"detail":"JSON parse error."}""")]
    [InlineData("""{"workflow_id":"KYC","vendor_data":"\ud800"}""", """{"detail":"JSON parse error."}""")]
    [InlineData("""{"workflow_id":"KYC","metadata":{"n":1e400}}""", """{"detail":"JSON parse error."}""")]
    public async Task A_wrong_request_gets_the_providers_error_shape(string request, string expected)
    {
        await using var party = await RelyingParty.StartAsync();
        var (status, body) = await party.SendAsync(HttpMethod.Post, "/v3/session/", request.Replace("\"KYC\"", $"\"{Kyc}\"", StringComparison.Ordinal));
        Assert.Equal(400, status);
        Assert.Equal(expected, body);
        Assert.Empty(party.Emulator.Sessions);
    }

    [Fact]
    public async Task A_portrait_over_two_megabytes_is_refused_and_one_of_two_megabytes_is_not()
    {
        await using var party = await RelyingParty.StartAsync();
        var (tooLarge, error) = await party.CreateAsync(new { workflow_id = Authentication, portrait_image = Convert.ToBase64String(Pictures.Jpeg((2 * 1024 * 1024) + 1)) });
        Assert.Equal(400, tooLarge);
        Assert.Equal("""{"portrait_image":["Image size exceeds 2MB."]}""", error!.ToJsonString());

        var (allowed, _) = await party.CreateAsync(new { workflow_id = Authentication, portrait_image = Convert.ToBase64String(Pictures.Jpeg(2 * 1024 * 1024)) });
        Assert.Equal(201, allowed);
        Assert.True(Assert.Single(party.Emulator.Sessions).HasPortrait);
    }

    [Theory]
    [InlineData(EmulatedWorkflow.BiometricAuthenticationId)]
    [InlineData(EmulatedWorkflow.ScaWithIpAnalysisId)]
    [InlineData(EmulatedWorkflow.FaceEnrolmentId)]
    public async Task A_face_match_without_portrait_and_without_stored_face_is_refused_with_a_plain_text(string workflow)
    {
        await using var party = await RelyingParty.StartAsync();
        var (known, error) = await party.CreateAsync(new { workflow_id = workflow, vendor_data = "u" });
        Assert.Equal(400, known);
        Assert.StartsWith("No stored face image was found for this user.", (string?)error!["portrait_image"], StringComparison.Ordinal);

        var (anonymous, other) = await party.CreateAsync(new { workflow_id = workflow });
        Assert.Equal(400, anonymous);
        Assert.StartsWith("A portrait image is required", (string?)other!["portrait_image"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approved_enrolment_stores_the_face_that_a_later_check_needs()
    {
        await using var party = await RelyingParty.StartAsync();
        var enrolment = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(enrolment.Id, SandboxScenario.DeclineFaceMatchLowSimilarity);
        Assert.False(party.Emulator.HasFace("user-42"));

        enrolment = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(enrolment.Id);
        Assert.True(party.Emulator.HasFace("user-42"));
        await party.CreatedAsync(new { workflow_id = Authentication, vendor_data = "user-42" });

        party.Emulator.ForgetFace("user-42");
        Assert.False(party.Emulator.HasFace("user-42"));
    }

    [Fact]
    public async Task A_blocked_user_gets_no_session_until_the_block_is_lifted()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.Block("u");
        var (status, body) = await party.CreateAsync(new { workflow_id = Kyc, vendor_data = "u" });
        Assert.Equal(400, status);
        Assert.Equal("""{"vendor_data":"This user or business has been blocked and cannot create new verification sessions."}""", body!.ToJsonString());

        party.Emulator.Block("u", blocked: false);
        await party.CreatedAsync(new { workflow_id = Kyc, vendor_data = "u" });
    }

    [Fact]
    public async Task A_live_application_refuses_scenarios()
    {
        await using var party = await RelyingParty.StartAsync(options => options.Environment = ProviderEnvironment.Live);
        var (status, body) = await party.CreateAsync(new { workflow_id = Kyc, sandbox_scenario = "approve" });
        Assert.Equal(400, status);
        Assert.NotNull(body!["sandbox_scenario"]![0]);
        var session = await party.CreatedKycAsync();
        Assert.Equal("live", (string?)(await party.DecisionAsync(session.Id))["environment"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData(RelyingParty.ApiKey + "x")]
    public async Task A_missing_or_wrong_key_is_403_and_never_401(string? key)
    {
        await using var party = await RelyingParty.StartAsync();
        party.Http.DefaultRequestHeaders.Remove("x-api-key");
        if (key is not null)
        {
            party.Http.DefaultRequestHeaders.TryAddWithoutValidation("x-api-key", key);
        }

        var (status, body) = await party.CreateAsync(new { workflow_id = Kyc });
        Assert.Equal(403, status);
        Assert.Equal("""{"detail":"You do not have permission to perform this action."}""", body!.ToJsonString());
    }

    [Fact]
    public async Task Without_its_trailing_slash_the_address_redirects()
    {
        await using var party = await RelyingParty.StartAsync();
        using var post = await party.PostAsync("/v3/session", new { workflow_id = Kyc });
        Assert.Equal(301, (int)post.StatusCode);
        Assert.Equal("/v3/session/", post.Headers.Location!.OriginalString);
        Assert.Empty(party.Emulator.Sessions);

        using var get = await party.Http.GetAsync("/v3/sessions?limit=1");
        Assert.Equal(301, (int)get.StatusCode);
        Assert.Equal("/v3/sessions/?limit=1", get.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("GET", "/v3/session/", 405)]
    [InlineData("POST", "/v3/nothing/", 404)]
    [InlineData("POST", "/V3/session/", 404)]
    public async Task What_the_router_does_not_know_never_reaches_the_api(string method, string path, int expected)
    {
        await using var party = await RelyingParty.StartAsync();
        var (status, _) = await party.SendAsync(new HttpMethod(method), path);
        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task A_body_that_is_not_json_by_its_type_is_415()
    {
        await using var party = await RelyingParty.StartAsync();
        var (status, body) = await party.SendAsync(HttpMethod.Post, "/v3/session/", "{}", "text/plain");
        Assert.Equal(415, status);
        Assert.NotNull(JsonNode.Parse(body)!["detail"]);
    }

    [Fact]
    public async Task Sessions_created_at_once_for_one_user_are_one_session()
    {
        await using var party = await RelyingParty.StartAsync();
        var created = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => party.CreatedKycAsync()));
        Assert.Single(created.Select(session => session.Id).Distinct());
    }
}

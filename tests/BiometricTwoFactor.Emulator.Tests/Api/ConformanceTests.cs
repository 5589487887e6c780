using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests.Api;

/// <summary>
/// Every answer that the emulator can give is as the provider's document has it: status, media type, schema, members, and
/// for errors the shape and the text of the example. Nothing that the document shows is left out, but for what is listed
/// here as out of reach.
/// </summary>
public sealed partial class ConformanceTests
{
    private const string Kyc = EmulatedWorkflow.KycEnrolmentId;

    private static readonly string[] OutOfReach =
    [
        // A valid key without a right: the emulator has one key, which may do everything.
        "GET /v3/session/{sessionId}/decision/ 403 'Insufficient permissions'",
        "DELETE /v3/session/{sessionId}/delete/ 403 'Insufficient permission'",
        "GET /v3/session/{sessionId}/generate-pdf/ 403 'Insufficient permissions'",
        "PATCH /v3/session/{sessionId}/update-status/ 403 'Missing Privilege'",
        // A session that vanishes between two looks of the provider's: here it is one look.
        "GET /v3/session/{sessionId}/decision/ 404 'Session not retrievable'",
        "GET /v3/session/{sessionId}/generate-pdf/ 404 'Recently deleted session'",
        // Businesses are not verified here.
        "GET /v3/session/{sessionId}/generate-pdf/ 403 'KYB session not finished'",
    ];

    private static readonly string[] Editions = [SandboxScenario.Approve, .. SandboxScenario.All, "decline_document_expired"];

    [ProviderDocumentFact]
    public async Task Every_answer_is_as_the_providers_document_has_it()
    {
        var answers = new Answers();
        await CreatingAsync(answers);
        await DecidingAsync(answers, ProviderEnvironment.Sandbox);
        await DecidingAsync(answers, ProviderEnvironment.Live);
        await AdministeringAsync(answers);
        await ArmingAsync(answers);
        await ListingAsync(answers);
        await ComparingAsync(answers, ProviderEnvironment.Sandbox);
        await ComparingAsync(answers, ProviderEnvironment.Live);
        await RunningOutAsync(answers);
        await DestinationsAsync(answers);

        Assert.True(answers.Problems.Count == 0, string.Join('\n', answers.Problems.Take(40)));
        Assert.Equal([], answers.NotSeen.Except(OutOfReach));
        Assert.Equal([], OutOfReach.Except(answers.NotSeen)); // what turns out to be within reach has to be covered
        Assert.InRange(answers.Count, 250, int.MaxValue);
    }

    [ProviderDocumentFact]
    public async Task The_check_itself_can_fail()
    {
        var answers = new Answers();
        await using var guide = await StartAsync(configure: options => options.CreateEdition = options.DecisionEdition = ApiEdition.Guide);
        var (_, made) = await guide.CreateAsync(new { workflow_id = Kyc, metadata = new { a = 1 } });
        await answers.CheckAsync(guide.Http.GetAsync($"/v3/session/{made!["session_id"]}/decision/"), 200);
        await answers.CheckAsync(Create(guide, new { workflow_id = Kyc }), 201);
        await answers.CheckAsync(Create(guide, new { }), 400, "Invalid workflow_id", exact: false);
        await answers.CheckAsync(Create(guide, new { }), 403);
        await answers.CheckAsync(guide.Http.GetAsync("/v3/face-search/"), 404);
        Assert.Equal(5, answers.Problems.Select(problem => problem.Split(": ")[0]).Distinct().Count());
    }

    private static Task<RelyingParty> StartAsync(ProviderEnvironment world = ProviderEnvironment.Sandbox, Action<BiometricEmulatorOptions>? configure = null) =>
        RelyingParty.StartAsync(options =>
        {
            options.Environment = world;
            options.RateLimits = EmulatorRateLimits.None;
            options.TimeProvider = new ManualTimeProvider(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
            configure?.Invoke(options);
        });

    private static Task<HttpResponseMessage> Create(RelyingParty party, object request) => party.PostAsync("/v3/session/", request);

    private static async Task<HttpResponseMessage> WithoutKey(RelyingParty party, HttpMethod method, string path, HttpContent? content = null)
    {
        using var http = new HttpClient { BaseAddress = party.Emulator.BaseAddress };
        using var request = new HttpRequestMessage(method, path) { Content = content };
        return await http.SendAsync(request);
    }

    private static async Task CreatingAsync(Answers answers)
    {
        await using var party = await StartAsync();
        party.Emulator.Block("blocked");
        var big = Convert.ToBase64String(Pictures.Jpeg((2 * 1024 * 1024) + 1));
        const string Face = EmulatedWorkflow.BiometricAuthenticationId;

        await answers.CheckAsync(Create(party, new { workflow_id = Kyc }), 201);
        await answers.CheckAsync(Create(party, new { workflow_id = Kyc, vendor_data = "a", callback = "https://example.com/back", metadata = new { a = 1 }, language = "de" }), 201);
        await answers.CheckAsync(Create(party, new { workflow_id = Kyc, vendor_data = "a", callback = "myapp://back", metadata = new[] { 1, 2 } }), 201);
        await answers.CheckAsync(Create(party, new { workflow_id = Face, vendor_data = "b", portrait_image = Convert.ToBase64String(Pictures.Jpeg()) }), 201);
        await answers.CheckAsync(Create(party, new { }), 400, "Missing workflow_id");
        await answers.CheckAsync(Create(party, new { workflow_id = "b1000000-0000-4000-8000-00000000ffff" }), 400, "Invalid workflow_id");
        await answers.CheckAsync(Create(party, new { workflow_id = Kyc, vendor_data = "blocked" }), 400, "Blocklisted vendor_data");
        await answers.CheckAsync(Create(party, new { workflow_id = Face, vendor_data = "c", portrait_image = big }), 400, "Portrait image too large");
        await answers.CheckAsync(Create(party, new { workflow_id = Face, vendor_data = "nobody" }), 400, "No stored face for vendor_data");
        await answers.CheckAsync(Create(party, new { workflow_id = Face }), 400, "Portrait image required without vendor_data");
        await answers.CheckAsync(WithoutKey(party, HttpMethod.Post, "/v3/session/", JsonContent.Create(new { workflow_id = Kyc })), 403, "Missing or invalid API key");
        await answers.CheckAsync(WithoutKey(party, HttpMethod.Post, "/v3/session/"), 403, "No permission");
        party.Emulator.IsOutOfCredits = true;
        await answers.CheckAsync(Create(party, new { workflow_id = Kyc, vendor_data = "d" }), 400, "Insufficient credits");
    }

    /// <summary>Sessions of every workflow, ended by every scenario, read in between and afterwards, alone and in the list.</summary>
    private static async Task DecidingAsync(Answers answers, ProviderEnvironment world)
    {
        await using var party = await StartAsync(world);
        foreach (var workflow in party.Emulator.Workflows)
        {
            foreach (var (scenario, i) in Editions.Select((scenario, i) => (scenario, i)))
            {
                var user = $"{workflow.Id} {i}";
                party.Emulator.StoreFace(user);
                var request = new JsonObject
                {
                    ["workflow_id"] = workflow.Id,
                    ["vendor_data"] = user,
                    ["metadata"] = new JsonObject { ["n"] = i },
                    ["callback"] = "https://example.com/back",
                    ["expected_details"] = new JsonObject { ["first_name"] = "Ana", ["gender"] = null, ["ip_address"] = "192.0.2.1", ["expected_document_types"] = new JsonArray("p", "ID", "P"), ["unheard"] = "of" },
                    ["contact_details"] = new JsonObject { ["email"] = "ana@example.com", ["phone"] = "+34600600600", ["email_lang"] = "es" },
                };
                if (world == ProviderEnvironment.Sandbox && scenario == "decline_document_expired")
                {
                    request["sandbox_scenario"] = scenario;
                }

                var made = await answers.CheckAsync(Create(party, request), 201);
                var id = SessionId.Parse((string)made!["session_id"]!);
                await ReadAsync();
                await party.Emulator.OpenAsync(id);
                await ReadAsync();
                await party.Emulator.CompleteAsync(id, SandboxScenario.All.Contains(scenario) ? scenario : null);
                await ReadAsync();
                if (party.Emulator.FindSession(id)!.Status == SessionStatus.Approved && i == 0)
                {
                    await party.Emulator.AgeAsync(id);
                    await ReadAsync();
                    await party.Emulator.ReviewAsync(id, approved: false);
                    await ReadAsync();
                }
                else if (scenario == SandboxScenario.DeclineLivenessAttack)
                {
                    await answers.CheckAsync(party.Http.PatchAsJsonAsync($"/v3/session/{id}/update-status/", new { new_status = "Resubmitted" }), 200);
                    await ReadAsync();
                }

                async Task ReadAsync()
                {
                    await answers.CheckAsync(party.Http.GetAsync($"/v3/session/{id}/decision/"), 200);
                    using var response = await party.Http.GetAsync($"/v3/session/{id}/decision/?include=events");
                    Assert.Equal("", await EventsProblemAsync(response));
                }
            }
        }

        // A picture that cannot be used, one that nobody compared, and, where there are any, faces.
        List<byte[]> pictures = [Pictures.Png()];
        if (Faces.AreThere)
        {
            pictures.AddRange([Faces.Read(Faces.SamePerson), Faces.Read(Faces.Stranger)]);
        }

        foreach (var picture in pictures)
        {
            var user = $"picture {picture.Length}";
            party.Emulator.StoreFace(user, Faces.AreThere ? Faces.Read(Faces.Person) : Pictures.Png());
            var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.ScaWithIpAnalysisId, vendor_data = user });
            await party.Emulator.CompleteAsync(session.Id, picture);
            await answers.CheckAsync(party.Http.GetAsync($"/v3/session/{session.Id}/decision/"), 200);
        }

        await answers.CheckAsync(party.Http.GetAsync("/v3/sessions/?limit=1000"), 200);
        var statuses = party.Emulator.Sessions.Select(session => session.Status).ToHashSet();
        Assert.Superset(
            new HashSet<SessionStatus> { SessionStatus.Approved, SessionStatus.Declined, SessionStatus.InReview, SessionStatus.Abandoned, SessionStatus.Expired, SessionStatus.Resubmitted },
            statuses);
    }

    /// <summary>The document shows no schema for this: it says in words what is added and changed.</summary>
    private static async Task<string> EventsProblemAsync(HttpResponseMessage response)
    {
        var decision = (await response.Content.ReadFromJsonAsync<JsonNode>())!.AsObject();
        string[] added =
        [
            "events", "activity_reviews", "blocklisted", "cost_breakdown", "workflow_type", "workflow_version",
            "workflow_version_id", "api_service", "session_type", "has_device_nfc_support",
        ];
        if (added.FirstOrDefault(name => !decision.ContainsKey(name)) is { } missing)
        {
            return $"{missing} is missing";
        }

        if (decision.ContainsKey("session_kind"))
        {
            return "session_kind stayed";
        }

        var steps = decision["features"]!.AsArray();
        return steps.Count > 0 && steps.All(step => step is JsonObject { Count: 2 } && step["feature"] is not null && step["node_id"] is not null)
            ? ""
            : "features are no objects";
    }

    private static async Task AdministeringAsync(Answers answers)
    {
        await using var party = await StartAsync();
        var unknown = "/v3/session/11111111-2222-3333-4444-555555555555";
        var open = await party.CreatedKycAsync("open");
        var reviewed = await party.CreatedKycAsync("reviewed");
        await party.Emulator.CompleteAsync(reviewed.Id, SandboxScenario.ReviewFaceMatchBorderline);
        await party.Emulator.OpenAsync(open.Id);
        var path = $"/v3/session/{reviewed.Id}";
        Task<HttpResponseMessage> Update(object request) => party.Http.PatchAsJsonAsync($"{path}/update-status/", request);
        object Resubmit(string feature) => new { new_status = "Resubmitted", nodes_to_resubmit = new[] { new { node_id = "n", feature } } };

        await answers.CheckAsync(party.Http.PatchAsJsonAsync($"/v3/session/{open.Id}/update-status/", new { }), 400, "Wrong Current Status");
        await answers.CheckAsync(Update(new { new_status = "Expired" }), 400, "Invalid Status Value");
        await answers.CheckAsync(Update(new { new_status = "Bogus" }), 400, "Invalid Status Value (not a status at all)");
        await answers.CheckAsync(Update(new { }), 400, "Missing new_status");
        await answers.CheckAsync(Update(new { new_status = "Approved", send_email = true }), 400, "Email Address Required");
        await answers.CheckAsync(Update(Resubmit("KYB_REGISTRY")), 400, "Non-resubmittable Feature");
        await answers.CheckAsync(Update(Resubmit("BOGUS")), 400, "Invalid Feature Choice");
        await answers.CheckAsync(Update(new { new_status = "Approved", comment = "Seen", send_email = true, email_address = "a@example.com", email_language = "xx" }), 200);
        await answers.CheckAsync(Update(new { new_status = "Approved" }), 400, "Same Status");
        await answers.CheckAsync(Update(new { new_status = "Resubmitted" }), 400, "Nothing To Resubmit");
        await answers.CheckAsync(Update(Resubmit("ID_VERIFICATION")), 200);
        await answers.CheckAsync(party.Http.GetAsync($"{path}/decision/"), 200);
        await answers.CheckAsync(Update(new { new_status = "Declined" }), 200);
        await answers.CheckAsync(party.Http.GetAsync($"{path}/decision/"), 200);
        await answers.CheckAsync(WithoutKey(party, HttpMethod.Patch, $"{path}/update-status/"), 403, "Invalid Credentials");
        await answers.CheckAsync(party.Http.PatchAsJsonAsync($"{unknown}/update-status/", new { }), 404, "Not Found");

        await answers.CheckAsync(WithoutKey(party, HttpMethod.Get, $"{path}/decision/"), 403, "Missing or invalid credentials");
        await answers.CheckAsync(party.Http.GetAsync($"{unknown}/decision/"), 404, "Unknown session id");

        await answers.CheckAsync(party.Http.GetAsync($"{path}/generate-pdf/"), 200);
        await answers.CheckAsync(party.Http.GetAsync($"/v3/session/{open.Id}/generate-pdf/"), 403, "KYC session not finished");
        await answers.CheckAsync(WithoutKey(party, HttpMethod.Get, $"{path}/generate-pdf/"), 403, "Missing or invalid credentials");
        await answers.CheckAsync(party.Http.GetAsync($"{unknown}/generate-pdf/"), 404, "Unknown session");

        await answers.CheckAsync(WithoutKey(party, HttpMethod.Delete, $"{path}/delete/"), 403, "Missing or invalid API key");
        await answers.CheckAsync(party.Http.DeleteAsync($"{path}/delete/"), 204);
        await answers.CheckAsync(party.Http.DeleteAsync($"{path}/delete/"), 404, "Not Found");
    }

    private static async Task ArmingAsync(Answers answers)
    {
        await using var party = await StartAsync();
        var session = await party.CreatedKycAsync();
        Task<HttpResponseMessage> Arm(RelyingParty at, RelyingParty.Created armed, string scenario) =>
            at.Http.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/v3/session/{armed.Id}/sandbox/arm/")
            {
                Headers = { { "Session-Token", armed.Token } },
                Content = JsonContent.Create(new { scenario }),
            });

        await answers.CheckAsync(Arm(party, session, "not-a-real-scenario"), 400, "Unknown Scenario");
        await answers.CheckAsync(Arm(party, session, "decline_aml_hit"), 200);
        await answers.CheckAsync(party.PostAsync($"/v3/session/{session.Id}/sandbox/arm/", new { scenario = "approve" }), 404, "Not Found");
        await party.Emulator.OpenAsync(session.Id);
        await answers.CheckAsync(Arm(party, session, "approve"), 400, "Already Started");

        await using var live = await StartAsync(ProviderEnvironment.Live);
        await answers.CheckAsync(Arm(live, await live.CreatedKycAsync(), "approve"), 404, "Not Found");
    }

    private static async Task ListingAsync(Answers answers)
    {
        await using var party = await StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await party.CreatedKycAsync($"user-{i}");
        }

        await answers.CheckAsync(party.Http.GetAsync("/v3/sessions/?limit=1&offset=1&session_kind=ALL"), 200);
        await answers.CheckAsync(party.Http.GetAsync("/v3/sessions/?session_kind=business"), 200);
        await answers.CheckAsync(party.Http.GetAsync("/v3/sessions?limit=1"), 301);
        await answers.CheckAsync(party.Http.GetAsync("/v3/sessions/?session_kind=robot"), 400, "Invalid session_kind");
        await answers.CheckAsync(party.Http.GetAsync("/v3/sessions/?date_from=yesterday"), 400, "Invalid date");
        await answers.CheckAsync(party.Http.GetAsync("/v3/sessions/?didit_internal_id=7"), 400, "Invalid didit_internal_id");
        await answers.CheckAsync(party.Http.GetAsync("/v3/sessions/?api_service=FOO"), 400, "Invalid api_service");
        await answers.CheckAsync(WithoutKey(party, HttpMethod.Get, "/v3/sessions/"), 403, "Forbidden");
    }

    private static async Task ComparingAsync(Answers answers, ProviderEnvironment world)
    {
        await using var party = await StartAsync(world);
        await using var scripted = await StartAsync(world, options => (options.FaceMatchScore, options.LivenessScore) = (42m, 42m));
        List<byte[]> pictures = [Pictures.Png()];
        if (Faces.AreThere)
        {
            pictures.AddRange([Faces.Read(Faces.Person), Faces.Read(Faces.SamePerson), Faces.Read(Faces.Stranger)]);
        }

        foreach (var at in (RelyingParty[])[party, scripted])
        {
            foreach (var picture in pictures)
            {
                foreach (var (name, value) in ((string, string)[])[("save_api_request", "true"), ("save_api_request", "false"), ("rotate_image", "true"), ("vendor_data", "user-1"), ("metadata", """{"flow":"login"}""")])
                {
                    var match = await answers.CheckAsync(at.Http.PostAsync("/v3/face-match/", Form(picture, pictures[^1]).With(name, value)), 200);
                    var live = await answers.CheckAsync(at.Http.PostAsync("/v3/passive-liveness/", Form(picture).With(name, value)), 200);
                    foreach (var call in (JsonNode?[])[match, live])
                    {
                        var isSaved = world == ProviderEnvironment.Live && value != "false";
                        await answers.CheckAsync(at.Http.GetAsync($"/v3/session/{call!["request_id"]}/decision/"), isSaved ? 200 : 404);
                    }
                }
            }

            await answers.CheckAsync(at.Http.GetAsync("/v3/sessions/?limit=1000"), 200);
        }

        var face = Pictures.Jpeg();
        var tooLarge = Pictures.Jpeg((5 * 1024 * 1024) + 1);
        await answers.CheckAsync(party.Http.PostAsync("/v3/face-match/", new MultipartFormDataContent { { Uploads.File(face), "user_image", "a.jpg" } }), 400, "Missing required image");
        await answers.CheckAsync(party.Http.PostAsync("/v3/face-match/", Form(face, face, "a.txt")), 400, "Unsupported file extension");
        await answers.CheckAsync(party.Http.PostAsync("/v3/face-match/", Form(tooLarge, face)), 400, "File too large");
        await answers.CheckAsync(party.Http.PostAsync("/v3/face-match/", Form(face, face).With("face_match_score_decline_threshold", "101")), 400, "Threshold out of range");
        await answers.CheckAsync(WithoutKey(party, HttpMethod.Post, "/v3/face-match/", Form(face, face)), 403, "Missing or invalid API key");

        await answers.CheckAsync(party.Http.PostAsync("/v3/passive-liveness/", new MultipartFormDataContent { { new StringContent("x"), "vendor_data" } }), 400, "Missing image");
        await answers.CheckAsync(party.Http.PostAsync("/v3/passive-liveness/", Form("hello"u8.ToArray())), 400, "Invalid image format");
        await answers.CheckAsync(party.Http.PostAsync("/v3/passive-liveness/", Form(face, name: "a.txt")), 400, "Unsupported file extension");
        await answers.CheckAsync(party.Http.PostAsync("/v3/passive-liveness/", Form(tooLarge)), 400, "File too large");
        await answers.CheckAsync(WithoutKey(party, HttpMethod.Post, "/v3/passive-liveness/", Form(face)), 403, "Missing or invalid API key");

        party.Emulator.IsOutOfCredits = true;
        await answers.CheckAsync(party.Http.PostAsync("/v3/face-match/", Form(face, face)), 403, "Not enough credits");
        await answers.CheckAsync(party.Http.PostAsync("/v3/passive-liveness/", Form(face)), 403, "Not enough credits");
    }

    /// <summary>Nothing is left of any limit: the texts name the limit, so that only their shape is the example's.</summary>
    private static async Task RunningOutAsync(Answers answers)
    {
        var limits = new EmulatorRateLimits { CreatePerMinute = 1, WritesPerMinute = 0, ReadsPerMinute = 0, ReportsPerMinute = 0 };
        await using var party = await StartAsync(configure: options => options.RateLimits = limits);
        var session = await party.CreatedKycAsync();
        await answers.CheckAsync(Create(party, new { workflow_id = Kyc }), 429, "Session-create limit", exact: false);
        await answers.CheckAsync(party.Http.GetAsync($"/v3/session/{session.Id}/decision/"), 429, "Throttled", exact: false);
        await answers.CheckAsync(party.Http.DeleteAsync($"/v3/session/{session.Id}/delete/"), 429, "Rate limited", exact: false);
        await answers.CheckAsync(party.Http.PostAsync("/v3/face-match/", Form(Pictures.Jpeg(), Pictures.Jpeg())), 429, "Write rate limit exceeded", exact: false);
        await answers.CheckAsync(party.Http.PostAsync("/v3/passive-liveness/", Form(Pictures.Jpeg())), 429, "Write rate limit exceeded", exact: false);

        await using var reports = await StartAsync(configure: options => options.RateLimits = limits with { ReadsPerMinute = null });
        var finished = await reports.CreatedKycAsync();
        await answers.CheckAsync(reports.Http.GetAsync($"/v3/session/{finished.Id}/generate-pdf/"), 429, "Throttled", exact: false);

        await using var quota = await StartAsync(configure: options => options.RateLimits = new EmulatorRateLimits { SandboxSessionsPerDay = 0 });
        await answers.CheckAsync(Create(quota, new { workflow_id = Kyc }), 429, "Sandbox session quota", exact: false);
    }

    private static MultipartFormDataContent Form(byte[] user, byte[]? reference = null, string name = "a.jpg")
    {
        var form = new MultipartFormDataContent { { Uploads.File(user), "user_image", name } };
        if (reference is not null)
        {
            form.Add(Uploads.File(reference), "ref_image", "b.jpg");
        }

        return form;
    }
}

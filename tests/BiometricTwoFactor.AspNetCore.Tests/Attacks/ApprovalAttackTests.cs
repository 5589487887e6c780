using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Attacks on the step-up and its approvals: another's verdict, another's facts, the same approval again.</summary>
public sealed partial class ApprovalAttackTests
{
    [Fact]
    public async Task Attack_15_A_verdict_that_names_another_person_approves_nobody()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var attacker = await bank.SignedInAsync("mallory");
        var id = await attacker.AskAsync();
        await attacker.StartedAsync(id);
        using var answer = await DeliverAsync(bank, body => Set(body, "vendor_data", "alice"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);
        using var again = await attacker.TransferAsync();
        Assert.NotEqual(id, Browser.IdOf(again));
        Assert.Empty(bank.Executed);
    }

    [Theory]
    [InlineData("a\u00ADlice")]
    [InlineData("a\u200Blice")]
    [InlineData("alice\0")]
    [InlineData("\u212Aate", "Kate")]
    [InlineData("al\u0131ce")]
    [InlineData("e\u0301lise", "\u00E9lise")]
    [InlineData("ALICE")]
    public async Task Attack_16_Twins_of_a_user_id_are_other_people(string twin, string owner = "alice")
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.VendorData = subject => subject == "proprietor" ? owner : subject);
        bank.Provider.StoreFace(owner);
        using var browser = await bank.SignedInAsync("proprietor");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        using var answer = await DeliverAsync(bank, body => Set(body, "vendor_data", twin));
        Assert.NotEqual(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
        using var again = await browser.TransferAsync();
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Attack_17_A_face_for_one_action_approves_no_other()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await HandlerParty.OpenAccountAsync(bank, browser); // a face for access to the account
        using var transfer = await browser.TransferAsync();
        using var setting = await browser.GetAsync("/secret");
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (transfer.StatusCode, setting.StatusCode));
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Attack_18_A_face_for_one_transfer_approves_no_second_one()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await Payments.ApprovedAsync(bank, browser);
        using var first = await browser.TransferAsync();
        using var second = await browser.TransferAsync();
        using var other = await browser.TransferAsync("251.00");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (first.StatusCode, second.StatusCode, other.StatusCode));
        Assert.Single(bank.Executed);
    }

    [Theory]
    [InlineData("2500.00", "EUR", "DE89370400440532013000")]
    [InlineData("250.00", "USD", "DE89370400440532013000")]
    [InlineData("250.00", "EUR", "FR1420041010050500013M02606")]
    public async Task Attack_19_What_is_carried_out_is_what_was_approved_or_nothing_is(string amount, string currency, string account)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var changed = await Payments.ApiAsync(browser, new { amount, currency, account, name = "Ada Lovelace" }, challenge: id);
        Assert.Equal(HttpStatusCode.Conflict, changed.StatusCode);
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);
        Assert.Empty(bank.Executed);
    }

    [Theory]
    [InlineData("?amount=1.00&account=FR1420041010050500013M02606", null)]
    [InlineData("", "Amount")]
    public async Task Attack_20_A_query_or_a_header_shadows_nothing(string query, string? header)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/transfers" + query) { Content = JsonContent.Create(Payments.Payment) };
        if (header is not null)
        {
            request.Headers.Add(header, "1.00");
        }

        using var asked = await browser.SendAsync(request);
        var id = (await asked.Content.ReadFromJsonAsync<JsonObject>())!["challengeId"]!.GetValue<string>();
        var transaction = (await bank.ChallengeAsync(id)).Transaction!;
        Assert.Equal((250.00m, "DE89370400440532013000"), (transaction.Amount, transaction.PayeeAccount));
    }

    [Fact]
    public async Task Attack_20_A_field_that_comes_twice_approves_nothing_but_what_is_carried_out()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await Payments.ApprovedAsync(bank, browser);
        using var doubled = await browser.PostAsync(
            "/transfers", ("Amount", "250.00"), ("Amount", "2500.00"), ("Currency", "EUR"), ("Account", "DE89370400440532013000"), ("Name", "Ada Lovelace"), await browser.TokenAsync());
        Assert.DoesNotContain(bank.Executed, executed => executed.Contains("2500", StringComparison.Ordinal));
    }

    /// <summary>Fifty times: of two hundred requests at once, one gets the approval.</summary>
    [Fact]
    public async Task Attack_21_Of_two_hundred_requests_at_once_one_gets_the_approval()
    {
        const int Rounds = 50;
        const int Requests = 200;
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.MaxChallengesPerUser = options.MaxChallengesPerDevice = 10 * Rounds);
        using var browser = await bank.SignedInAsync("alice");
        for (var round = 1; round <= Rounds; round++)
        {
            var amount = FormattableString.Invariant($"{1000 + round}.00");
            await Payments.CompleteAsync(bank, browser, await browser.AskAsync(amount));
            var payment = new { amount, currency = "EUR", account = "DE89370400440532013000", name = "Ada Lovelace" };
            var statuses = await Task.WhenAll(Enumerable.Range(0, Requests).Select(async _ =>
            {
                using var answer = await Payments.ApiAsync(browser, payment);
                return answer.StatusCode;
            }));
            Assert.Single(statuses, HttpStatusCode.OK);
            Assert.Equal(round, bank.Executed.Count);
        }
    }

    [Fact]
    public async Task Attack_22_After_a_crash_between_use_and_action_the_same_request_neither_runs_nor_asks_again()
    {
        var crashes = true;
        await using var bank = await RelyingParty.StartAsync(setup => setup.InsideEndpoint = () =>
        {
            if (crashes)
            {
                throw new InvalidOperationException("crash");
            }
        });
        using var browser = await bank.SignedInAsync("alice");
        await Payments.ApprovedAsync(bank, browser);
        using var crashed = await Payments.ApiAsync(browser, Payments.Payment, operation: "op-22");
        crashes = false;
        using var same = await Payments.ApiAsync(browser, Payments.Payment, operation: "op-22");
        using var another = await Payments.ApiAsync(browser, Payments.Payment, operation: "op-23");
        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.Conflict, HttpStatusCode.Unauthorized), (crashed.StatusCode, same.StatusCode, another.StatusCode));
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Attack_23_An_old_approval_is_none_and_a_clock_that_goes_back_makes_it_no_younger()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => setup.Time = time);
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        time.Advance(TimeSpan.FromMinutes(10));
        using var late = await browser.TransferAsync();
        Assert.Equal(HttpStatusCode.SeeOther, late.StatusCode);
        await bank.SweepAsync();
        Assert.Equal(ChallengeState.Expired, (await bank.ChallengeAsync(id)).State);
        time.Advance(TimeSpan.FromMinutes(-20)); // what has ended stays so
        using var back = await browser.TransferAsync();
        Assert.NotEqual(HttpStatusCode.OK, back.StatusCode);
        Assert.Empty(bank.Executed);
    }

    [Theory]
    [InlineData("face_matches")]
    [InlineData("liveness_checks")]
    public async Task Attack_24_A_check_that_is_missing_is_no_check_that_passed(string missing)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        using var answer = await DeliverAsync(bank, body => body["decision"]!.AsObject().Remove(missing));
        Assert.NotEqual(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
        Assert.Empty(bank.Executed);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-0")]
    [InlineData("100.1")]
    [InlineData("\"95\"")]
    [InlineData("0.95")]
    [InlineData("95000")]
    [InlineData("null")]
    [InlineData("true")]
    public async Task Attack_25_A_score_off_its_scale_is_none(string score)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        using var answer = await DeliverAsync(bank, score: score);
        Assert.NotEqual(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
        using var again = await browser.TransferAsync();
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Attack_26_A_demand_that_would_be_skipped_stops_the_start()
    {
        var starting = new Starting { Map = app => app.MapGet("/", () => "").RequireBiometric(StepUpReason.SettingsChange).AllowAnonymous() };
        Assert.Contains("allows anonymous callers", await starting.ProblemAsync(), StringComparison.Ordinal); // the rest: StartupEndpointTests, StartupHostTests
    }

    [Theory]
    [InlineData("POST", "/settings/limit/")]
    [InlineData("POST", "/SETTINGS/limit")]
    [InlineData("POST", "/settings/%6Cimit")]
    [InlineData("HEAD", "/secret")]
    [InlineData("GET", "/SECRET/")]
    public async Task Attack_27_Another_spelling_of_a_route_is_the_same_endpoint(string method, string url)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        request.Headers.Add("X-HTTP-Method-Override", "GET");
        var token = await browser.TokenAsync();
        request.Content = method == "POST" ? new FormUrlEncodedContent([KeyValuePair.Create(token.Name, token.Value)]) : null;
        using var answer = await browser.SendAsync(request);
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Attack_28_The_applications_own_result_handler_is_kept_and_the_face_is_asked_all_the_same()
    {
        var own = new OwnResults();
        await using var bank = await RelyingParty.StartAsync(setup => setup.ConfigureServices = services => services.AddSingleton<IAuthorizationMiddlewareResultHandler>(own));
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.GetAsync("/secret");
        Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
        Assert.Equal(0, own.Calls);
        using var stranger = bank.NewBrowser();
        using var refused = await stranger.GetAsync("/secret");
        Assert.Equal(1, own.Calls);
    }

    [Theory]
    [InlineData("unavailable")]
    [InlineData("hangs up")]
    [InlineData("nonsense")]
    public async Task Attack_29_Without_a_provider_nobody_is_let_in(string trouble)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        (bank.Provider.Faults.Unavailable, bank.Provider.Faults.HangUp, bank.Provider.Faults.AnswerNonsense) = (trouble == "unavailable", trouble == "hangs up", trouble == "nonsense");
        using var start = await browser.StartAsync(id);
        using var transfer = await browser.TransferAsync();
        Assert.NotEqual(HttpStatusCode.SeeOther, start.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, transfer.StatusCode);
        Assert.Empty(bank.Executed);
        Assert.DoesNotContain(typeof(BiometricStepUpOptions).GetProperties(), option => option.Name.Contains("FailOpen", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Attack_30_A_verdict_that_flips_later_opens_nothing_again()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var declined = await browser.AskAsync("31.00");
        await Payments.CompleteAsync(bank, browser, declined, SandboxScenario.DeclineFaceMatchLowSimilarity);
        using var flipped = await DeliverAsync(bank, status: "Approved");
        Assert.Equal(HttpStatusCode.OK, flipped.StatusCode);
        Assert.Equal(ChallengeState.Declined, (await bank.ChallengeAsync(declined)).State);
        var used = await Payments.ApprovedAsync(bank, browser);
        using var done = await browser.TransferAsync();
        using var reversed = await DeliverAsync(bank, status: "Declined");
        Assert.Equal(ChallengeState.Consumed, (await bank.ChallengeAsync(used)).State);
        Assert.Contains(StepUpEventKind.ReversedAfterUse, bank.Events.Kinds);
        Assert.Single(bank.Executed);
    }

    [Fact]
    public async Task Attack_31_Somebody_elses_challenge_and_one_that_never_was_are_the_same_404()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var owner = await bank.SignedInAsync("alice");
        using var stranger = await bank.SignedInAsync("mallory");
        var id = await owner.AskAsync();
        foreach (var url in new[] { "confirm", "challenges", "resume" })
        {
            using var foreign = await stranger.GetAsync($"/biometric/{url}/{id}");
            using var unknown = await stranger.GetAsync($"/biometric/{url}/{new string('A', id.Length)}");
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
            Assert.Equal(
                await unknown.Content.ReadAsStringAsync(), await foreign.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Attack_32_Who_is_asked_again_and_again_is_asked_no_more()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.MaxChallengesPerUser = 5);
        using var attacker = await bank.SignedInAsync("alice");
        for (var amount = 1; amount <= 5; amount++)
        {
            await attacker.AskAsync(FormattableString.Invariant($"{amount}.00"));
        }

        using var refused = await attacker.TransferAsync("6.00");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task Attack_33_An_approval_is_in_no_cookie_that_could_be_copied()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await Payments.ApprovedAsync(bank, browser);
        using var thief = bank.NewBrowser();
        foreach (Cookie cookie in browser.Cookies.GetAllCookies())
        {
            thief.Cookies.Add(new Cookie(cookie.Name, cookie.Value, cookie.Path, cookie.Domain));
        }

        using var done = await browser.TransferAsync();
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        using var stolen = await thief.TransferAsync(); // everything of the session, but the approval was used
        Assert.NotEqual(HttpStatusCode.OK, stolen.StatusCode);
        Assert.Single(bank.Executed);
    }

    /// <summary>A signed delivery of the last session's approval, with whatever the attacker could make the provider say.</summary>
    private static async Task<HttpResponseMessage> DeliverAsync(RelyingParty bank, Action<JsonObject>? change = null, string? score = null, string? status = null)
    {
        JsonObject? verdict = null;
        var session = bank.LastSession();
        if (session.Status is SessionStatus.NotStarted)
        {
            bank.Provider.Faults.NextWebhookBody = body =>
            {
                verdict = body.DeepClone().AsObject();
                return body;
            };
            bank.Provider.Faults.HoldWebhooks = true;
            await bank.Provider.CompleteAsync(session.Id);
        }
        else
        {
            verdict = JsonNode.Parse(bank.Provider.Deliveries.Last(delivery => delivery.SessionId == session.Id).Body)!.AsObject();
            verdict["event_id"] = Guid.NewGuid().ToString();
        }

        verdict!["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        change?.Invoke(verdict);
        if (score is not null)
        {
            verdict["decision"]!["face_matches"]![0]!["score"] = "PLACEHOLDER";
        }

        if (status is not null)
        {
            Set(verdict, "status", status);
        }

        var text = verdict.ToJsonString();
        return await Deliveries.SendAsync(bank, score is null ? text : text.Replace("\"PLACEHOLDER\"", score, StringComparison.Ordinal));
    }

    /// <summary>In the delivery and in the decision within it.</summary>
    private static void Set(JsonObject body, string member, string value)
    {
        body[member] = value;
        body["decision"]![member] = value;
    }

    private sealed class OwnResults : IAuthorizationMiddlewareResultHandler
    {
        private readonly AuthorizationMiddlewareResultHandler _inner = new();

        public int Calls { get; private set; }

        public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
        {
            Calls += authorizeResult.Succeeded ? 0 : 1;
            return _inner.HandleAsync(next, context, policy, authorizeResult);
        }
    }
}

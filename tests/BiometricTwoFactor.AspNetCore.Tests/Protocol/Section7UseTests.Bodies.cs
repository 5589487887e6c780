using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 7.2: the digest is of what the endpoint really receives, whatever its kind; and 7.1 for applications that keep it themselves.</summary>
public sealed partial class Section7UseTests
{
    [Theory]
    [InlineData("""{"text":"pay  attention","n":79.999999999999995}""", "application/json; charset=utf-8")]
    [InlineData("""{"text":"pay attention","n":79.999999999999994}""", "application/json; charset=utf-8")]
    [InlineData(Bodies.Note, "application/json")]
    public async Task Rule_7_2_One_changed_byte_is_another_action(string body, string type)
    {
        await using var bank = await RelyingParty.StartAsync(Bodies.Map);
        using var browser = await bank.SignedInAsync("alice");
        var id = await Bodies.AskedAsync(Bodies.SendAsync(browser, Bodies.Json("/notes", Bodies.Note)));
        await Payments.CompleteAsync(bank, browser, id);

        Assert.NotEqual(id, await Bodies.AskedAsync(Bodies.SendAsync(browser, Bodies.Json("/notes", body, type: type))));
        using var named = await Bodies.SendAsync(browser, Bodies.Json("/notes", body, challenge: id, type: type));
        Assert.Equal(HttpStatusCode.Conflict, named.StatusCode);
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Rule_7_2_What_was_read_before_us_and_is_read_again_after_us_counts_as_well()
    {
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.ConfigureServices = services => services.AddSingleton<IStartupFilter, BodyLog>();
            setup.Map = app => app.MapPost("/logged", async (HttpRequest request) =>
            {
                request.Body.Position = 0;
                using var reader = new StreamReader(request.Body);
                setup.Executed.Enqueue(await reader.ReadToEndAsync());
            }).RequireBiometric(StepUpReason.SettingsChange);
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await Bodies.AskedAsync(Bodies.SendAsync(browser, Bodies.Json("/logged", "{\"limit\":1}")));
        await Payments.CompleteAsync(bank, browser, id);
        using var other = await Bodies.SendAsync(browser, Bodies.Json("/logged", "{\"limit\":9999}"));
        Assert.Empty(bank.Executed);
        using var same = await Bodies.SendAsync(browser, Bodies.Json("/logged", "{\"limit\":1}"));
        Assert.Equal(["{\"limit\":1}"], bank.Executed);
    }

    [Fact]
    public async Task Rule_7_2_A_header_that_the_endpoint_takes_as_a_parameter_is_approved_as_well()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Map = app =>
            app.MapPost("/limit", ([FromHeader(Name = "X-Limit")] string limit) => setup.Executed.Enqueue(limit)).RequireBiometric(StepUpReason.SettingsChange));
        using var app = bank.NewBrowser();
        using var asked = await LimitAsync("1");
        var id = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("challengeId").GetString()!;
        await CompleteWithTokenAsync(bank, app, id);
        using var other = await LimitAsync("9999");
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
        using var same = await LimitAsync("1");
        Assert.Equal(["1"], bank.Executed);

        Task<HttpResponseMessage> LimitAsync(string limit)
        {
            var request = Bodies.Json("/limit", "{}", token: "alice.one");
            request.Headers.Add("X-Limit", limit);
            return Bodies.SendAsync(app, request);
        }
    }

    [Fact]
    public async Task Rule_7_2_Bytes_that_say_to_be_a_form_reach_nobody_who_reads_them_as_anything_else()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Map = app => app.MapPost("/raw", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            setup.Executed.Enqueue(await reader.ReadToEndAsync());
        }).RequireBiometric(StepUpReason.SettingsChange));
        using var browser = await bank.SignedInAsync("alice");
        var id = await Bodies.AskedAsync(RawAsync("{\"x\":\"&__RequestVerificationToken=\",\"limit\":1}"));
        await Payments.CompleteAsync(bank, browser, id);
        using var other = await RawAsync("{\"x\":\"&__RequestVerificationToken=\",\"limit\":9999}");
        Assert.DoesNotContain(bank.Executed, text => text.Contains("9999", StringComparison.Ordinal));

        async Task<HttpResponseMessage> RawAsync(string text)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/raw") { Content = new StringContent(text, Encoding.UTF8, "application/x-www-form-urlencoded") };
            request.Headers.Add("RequestVerificationToken", (await browser.TokenAsync()).Value);
            return await browser.SendAsync(request);
        }
    }

    [Fact]
    public async Task Rule_7_2_An_api_caller_repeats_the_same_bytes_and_the_endpoint_reads_all_of_them()
    {
        await using var bank = await RelyingParty.StartAsync(Bodies.Map);
        using var app = bank.NewBrowser();
        var body = "\"" + new string('x', 100_000) + "\""; // more than is buffered in memory
        using var asked = await Bodies.SendAsync(app, Bodies.Json("/notes", body, token: "alice.one"));
        var id = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("challengeId").GetString()!;
        await CompleteWithTokenAsync(bank, app, id);
        using var changed = await Bodies.SendAsync(app, Bodies.Json("/notes", body.Replace("xx\"", "xy\"", StringComparison.Ordinal), token: "alice.one"));
        Assert.Equal(HttpStatusCode.Unauthorized, changed.StatusCode);
        using var done = await Bodies.SendAsync(app, Bodies.Json("/notes", body, challenge: id, token: "alice.one"));
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal(["POST application/json; charset=utf-8 " + body], bank.Executed);
    }

    [Theory]
    [InlineData("the content", "a \u00e9.txt", "two")]
    [InlineData("another content", "a \u00e9.txt", "one")]
    [InlineData("the content", "another.txt", "one")]
    public async Task Rule_7_2_Fields_file_names_and_contents_of_a_multipart_form_are_approved(string content, string name, string title)
    {
        await using var bank = await RelyingParty.StartAsync(Bodies.Map);
        using var browser = await bank.SignedInAsync("alice");
        var id = await Bodies.AskedAsync(Bodies.UploadAsync(browser));
        await Payments.CompleteAsync(bank, browser, id);
        Assert.NotEqual(id, await Bodies.AskedAsync(Bodies.UploadAsync(browser, content, name, title)));
        Assert.Empty(bank.Executed);
        using var honest = await Bodies.UploadAsync(browser); // with a boundary of its own each time
        Assert.Equal("kept", await honest.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rule_7_2_What_is_larger_than_a_face_approves_is_413_and_no_challenge(bool chunked)
    {
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            Bodies.Map(setup);
            setup.Options = options => options.MaxApprovedBodyBytes = 2048;
        });
        using var browser = await bank.SignedInAsync("alice");
        foreach (var (size, status) in new[] { (2049, HttpStatusCode.RequestEntityTooLarge), (2048, HttpStatusCode.SeeOther) })
        {
            var request = Bodies.Json("/notes", "\"" + new string('x', size - 2) + "\"");
            request.Headers.TransferEncodingChunked = chunked;
            using var answer = await Bodies.SendAsync(browser, request);
            Assert.Equal(status, answer.StatusCode);
            Assert.Equal(status == HttpStatusCode.SeeOther ? 1 : 0, (await bank.Store.ListOpenAsync("", "alice")).Count);
        }
    }

    [Fact]
    public async Task Rule_7_2_A_form_that_is_none_is_400_and_no_challenge()
    {
        await using var bank = await RelyingParty.StartAsync(Bodies.Map);
        using var browser = await bank.SignedInAsync("alice");
        foreach (var token in new[] { null, "alice.one" })
        {
            using var answer = await Bodies.SendAsync(browser, Bodies.Json("/documents", "no parts at all", type: "multipart/form-data; boundary=x", token: token));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.Empty(await bank.Store.ListOpenAsync("", "alice"));
    }

    [Theory]
    [InlineData("""{"amount":"0","currency":"EUR","account":"DE89370400440532013000","name":"A"}""")]
    [InlineData("""{"amount":"-0.01","currency":"EUR","account":"DE89370400440532013000","name":"A"}""")]
    [InlineData("""{"amount":"1.001","currency":"EUR","account":"DE89370400440532013000","name":"A"}""")]
    [InlineData("""{"amount":"1.5","currency":"JPY","account":"DE89370400440532013000","name":"A"}""")]
    [InlineData("""{"amount":"1","currency":"XXZ","account":"DE89370400440532013000","name":"A"}""")]
    [InlineData("""{"amount":"1","currency":"EUR","account":"DE89370400440532013000"}""")]
    [InlineData("""{"amount":"1","account":"DE89370400440532013000","name":"A"}""")]
    [InlineData("""{"amount":1,"currency":"EUR","account":"DE89370400440532013000","name":"A"}""")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public async Task Rule_7_2_What_is_no_payment_is_a_400_for_an_api_too_and_no_challenge(string body)
    {
        await using var bank = await RelyingParty.StartAsync(Bodies.Map);
        using var browser = await bank.SignedInAsync("alice");
        foreach (var url in new[] { "/api/transfers", "/pay" })
        {
            using var answer = await Bodies.SendAsync(browser, Bodies.Json(url, body));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.Empty(await bank.Store.ListOpenAsync("", "alice"));
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Rule_7_1_An_application_that_keeps_its_draft_uses_the_approval_with_the_stored_facts_once()
    {
        await using var bank = await RelyingParty.StartAsync(MapDrafts);
        using var browser = await bank.SignedInAsync("alice");
        var id = await Bodies.AskedAsync(DraftAsync(browser));
        Assert.Equal("NotUsable", await UseAsync(browser, id)); // not yet
        await Payments.CompleteAsync(bank, browser, id);
        using var back = await browser.GetAsync($"/biometric/resume/{id}");
        Assert.Equal("/drafts/7", back.Headers.Location!.ToString());

        using var elsewhere = await bank.SignedInAsync("alice");
        using var mallory = await bank.SignedInAsync("mallory");
        Assert.Equal("NotUsable", await UseAsync(elsewhere, id));
        Assert.Equal("NotUsable", await UseAsync(mallory, id));
        Assert.Equal("NotUsable", await UseAsync(browser, id, reason: StepUpReason.SettingsChange));
        Assert.Equal("NotUsable", await UseAsync(browser, "AAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        Assert.Equal("NotUsable", await UseAsync(browser, id, forged: true));
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);

        Assert.Equal($"Consumed 99.50 CHF CH9300762011623852957 {id}", await UseAsync(browser, id, operation: "draft-7"));
        Assert.Equal("AlreadyYours 99.50 CHF CH9300762011623852957 ", await UseAsync(browser, id, operation: "draft-7"));
        Assert.Equal("AlreadyUsed 99.50 CHF CH9300762011623852957 ", await UseAsync(browser, id, operation: "draft-8"));
        Assert.Equal("AlreadyUsed 99.50 CHF CH9300762011623852957 ", await UseAsync(browser, id));
        Assert.Single(bank.Events.Kinds, StepUpEventKind.Consumed);
    }

    [Fact]
    public async Task Rule_7_1_Twenty_attempts_at_once_use_it_once()
    {
        await using var bank = await RelyingParty.StartAsync(MapDrafts);
        using var browser = await bank.SignedInAsync("alice");
        var id = await Bodies.AskedAsync(DraftAsync(browser));
        await Payments.CompleteAsync(bank, browser, id);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => UseAsync(browser, id, operation: number % 2 == 0 ? "one" : null)));
        Assert.Single(answers, answer => answer.StartsWith("Consumed", StringComparison.Ordinal));
        Assert.DoesNotContain("NotUsable", answers);
    }

    internal static void MapDrafts(RelyingPartySetup setup) => setup.Map = app =>
    {
        app.MapPost("/drafts", async (HttpContext context, StepUpService service) =>
        {
            var payment = Transaction.Create(99.5m, "CHF", "CH9300762011623852957", "Ada Lovelace");
            var outcome = await service.ChallengeAsync(context, StepUpReason.HighValueTransaction, payment, "/drafts/7");
            if (outcome.Challenge is not { } challenge)
            {
                await context.Response.WriteAsync(outcome.Refusal.ToString());
                return;
            }

            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = $"/biometric/confirm/{challenge.Id}";
        });
        app.MapPost("/drafts/run", async (HttpContext context, StepUpService service, [FromForm] string id, [FromForm] string reason, [FromForm] string? operation) =>
        {
            var used = await service.UseAsync(context, reason, id, string.IsNullOrEmpty(operation) ? null : operation);
            var payment = used.Challenge?.Transaction;
            var admitted = context.Features.Get<IBiometricApprovalFeature>()?.Challenge.Id;
            return payment is null ? used.Outcome.ToString() : $"{used.Outcome} {payment.AmountText} {payment.Currency} {payment.PayeeAccount} {admitted}";
        }).DisableAntiforgery(); // so that only our own guard stands there
    };

    private static async Task<HttpResponseMessage> DraftAsync(Browser browser) => await browser.PostAsync("/drafts", await browser.TokenAsync());

    private static async Task<string> UseAsync(Browser browser, string id, string reason = StepUpReason.HighValueTransaction, string? operation = null, bool forged = false)
    {
        using var answer = await browser.PostAsync(
            "/drafts/run", ("id", id), ("reason", reason), ("operation", operation ?? ""), forged ? ("x", "y") : await browser.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.OK, answer);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task CompleteWithTokenAsync(RelyingParty bank, Browser app, string id)
    {
        using var started = await Bodies.SendAsync(app, Bodies.Json($"/biometric/start/{id}", "", token: "alice.one", type: "application/x-www-form-urlencoded"));
        await Browser.ExpectAsync(HttpStatusCode.OK, started);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        using var claimed = await Bodies.SendAsync(app, Bodies.Json("/biometric/claim", $"code={callback!.Segments[^1]}", token: "alice.one", type: "application/x-www-form-urlencoded"));
        await Browser.ExpectAsync(HttpStatusCode.OK, claimed);
    }

    /// <summary>A log of bodies that leaves them read to their end.</summary>
    private sealed class BodyLog : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, following) =>
            {
                if (context.Request.HasJsonContentType())
                {
                    context.Request.EnableBuffering();
                    await context.Request.Body.CopyToAsync(Stream.Null);
                }

                await following(context);
            });
            next(app);
        };
    }
}

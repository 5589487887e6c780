using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BiometricTwoFactor.AspNetCore.Tests;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>
/// The whole way of a person and of a program to an endpoint that uses the approval in its own transaction (protocol 7.3), with
/// real captures: the work, the use and the evidence of the use are there together, or none of them is.
/// </summary>
public sealed class JoinedOverHttpTests
{
    public static TheoryData<Engine, string> Forms => new()
    {
        { Engine.Sqlite, LimitEndpoints.Form }, { Engine.Sqlite, LimitEndpoints.Mvc }, { Engine.Sqlite, LimitEndpoints.OwnTransaction },
        { Engine.PostgreSql, LimitEndpoints.Form }, { Engine.PostgreSql, LimitEndpoints.Mvc }, { Engine.PostgreSql, LimitEndpoints.OwnTransaction },
    };

    public static TheoryData<Engine, string> Apis => new()
    {
        { Engine.Sqlite, LimitEndpoints.Api }, { Engine.Sqlite, LimitEndpoints.ApiMvc }, { Engine.PostgreSql, LimitEndpoints.Api }, { Engine.PostgreSql, LimitEndpoints.ApiMvc },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_comes_back_by_the_resume_page_and_acts_once(Engine engine, string url)
    {
        await using var database = await BankDatabase.CreateAsync(engine);
        await using var bank = await database.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await AskedAsync(browser, url);
        await Payments.CompleteAsync(bank, browser, id);
        using var done = await browser.ResumeAsync(id);
        await Browser.ExpectAsync(HttpStatusCode.OK, done);
        await UsedOnceAsync(bank, database, id);

        using var again = await browser.ResumeAsync(id);
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, again);
        await UsedOnceAsync(bank, database, id);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task What_is_rolled_back_leaves_the_approval_and_no_evidence_of_a_use(Engine engine, string url)
    {
        await using var database = await BankDatabase.CreateAsync(engine);
        await using var bank = await database.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await AskedAsync(browser, url);
        await Payments.CompleteAsync(bank, browser, id);
        bank.Setup.InsideEndpoint = () => throw new InvalidOperationException("The bank's own failure.");
        using var failed = await browser.ResumeAsync(id);
        await Browser.ExpectAsync(HttpStatusCode.InternalServerError, failed);
        await NotUsedAsync(bank, database, id);

        bank.Setup.InsideEndpoint = null;
        using var done = await browser.ResumeAsync(id);
        await Browser.ExpectAsync(HttpStatusCode.OK, done);
        await UsedOnceAsync(bank, database, id);
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public async Task A_program_repeats_its_request_with_the_challenge_and_it_acts_once(Engine engine, string url)
    {
        await using var database = await BankDatabase.CreateAsync(engine);
        await using var bank = await database.StartAsync();
        using var program = bank.NewBrowser();
        using var asked = await SendAsync(program, url);
        await Browser.ExpectAsync(HttpStatusCode.Unauthorized, asked);
        var problem = await asked.Content.ReadFromJsonAsync<JsonElement>();
        var id = problem.GetProperty("challengeId").GetString()!;
        await ShownAsync(bank, program, id, problem.GetProperty("startUrl").GetString()!);

        bank.Setup.InsideEndpoint = () => throw new InvalidOperationException("The bank's own failure.");
        using var failed = await SendAsync(program, url, id);
        await Browser.ExpectAsync(HttpStatusCode.InternalServerError, failed);
        await NotUsedAsync(bank, database, id);

        bank.Setup.InsideEndpoint = null;
        using var other = await SendAsync(program, url, id, account: "GB29NWBK60161331926819", key: "another");
        Assert.Equal("urn:biometric-step-up:changed", await Payments.TypeOfAsync(other));
        Assert.Equal(0, await database.TransfersAsync());
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public async Task A_program_that_repeats_one_operation_is_told_and_nothing_acts_twice(Engine engine, string url)
    {
        await using var database = await BankDatabase.CreateAsync(engine);
        await using var bank = await database.StartAsync();
        using var program = bank.NewBrowser();
        using var asked = await SendAsync(program, url);
        var problem = await asked.Content.ReadFromJsonAsync<JsonElement>();
        var id = problem.GetProperty("challengeId").GetString()!;
        await ShownAsync(bank, program, id, problem.GetProperty("startUrl").GetString()!);

        using var done = await SendAsync(program, url, id, key: "operation-1");
        await Browser.ExpectAsync(HttpStatusCode.OK, done);
        using var again = await SendAsync(program, url, id, key: "operation-1");
        Assert.Equal("urn:biometric-step-up:already-used", await Payments.TypeOfAsync(again));
        await UsedOnceAsync(bank, database, id, scheme: "Token");
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task A_draft_of_the_application_is_carried_out_in_its_own_transaction_once(Engine engine)
    {
        await using var database = await BankDatabase.CreateAsync(engine);
        await using var bank = await database.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        bank.Setup.InsideEndpoint = () => throw new InvalidOperationException("The bank's own failure.");
        using var failed = await browser.PostAsync($"/drafts/{id}", await browser.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.InternalServerError, failed);
        await NotUsedAsync(bank, database, id);

        bank.Setup.InsideEndpoint = null;
        using var stranger = await bank.SignedInAsync("mallory");
        using var refused = await stranger.PostAsync($"/drafts/{id}", await stranger.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.Conflict, refused);
        await NotUsedAsync(bank, database, id);

        using var done = await browser.PostAsync($"/drafts/{id}", await browser.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.OK, done);
        using var again = await browser.PostAsync($"/drafts/{id}", await browser.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.Conflict, again);
        await UsedOnceAsync(bank, database, id);
    }

    private static async Task<string> AskedAsync(Browser browser, string url)
    {
        using var answer = await browser.PostAsync(url, ("account", "DE89370400440532013000"), await browser.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, answer);
        return Browser.IdOf(answer);
    }

    private static async Task<HttpResponseMessage> SendAsync(Browser program, string url, string? challenge = null, string account = "DE89370400440532013000", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(new LimitRequest(account)) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "alice.1");
        foreach (var (name, value) in new[] { ("Biometric-Challenge", challenge), ("Idempotency-Key", key) })
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }

        return await program.SendAsync(request);
    }

    /// <summary>The program opens the capture, the person shows the face, and the program claims with its token.</summary>
    private static async Task ShownAsync(RelyingParty bank, Browser program, string id, string startUrl)
    {
        using var started = await Payments.PostWithTokenAsync(program, startUrl, "alice.1");
        Assert.True(started.IsSuccessStatusCode || started.StatusCode == HttpStatusCode.SeeOther);
        var session = (await bank.ChallengeAsync(id)).SessionId!.Value;
        var callback = await bank.Provider.CompleteAsync(session, SandboxScenario.Approve);
        await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved);
        using var claimed = await Payments.PostWithTokenAsync(program, "/biometric/claim", "alice.1", ("code", callback!.AbsolutePath.Split('/')[^1]));
        await Browser.ExpectAsync(HttpStatusCode.OK, claimed);
    }

    private static async Task NotUsedAsync(RelyingParty bank, BankDatabase database, string id)
    {
        Assert.Equal(0, await database.TransfersAsync());
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
        Assert.DoesNotContain(await bank.EntriesAsync(id), entry => entry["kind"]!.GetValue<string>() == nameof(EvidenceKind.Used));
        Assert.DoesNotContain(StepUpEventKind.Consumed, bank.Events.Kinds);
    }

    /// <summary>Once in the bank's table, once in the ledger, and there with who used it, when, and by which operation.</summary>
    private static async Task UsedOnceAsync(RelyingParty bank, BankDatabase database, string id, string scheme = "Cookies")
    {
        Assert.Equal(1, await database.TransfersAsync());
        var used = await bank.ChallengeAsync(id);
        Assert.Equal(ChallengeState.Consumed, used.State);
        Assert.Single(bank.Events.Kinds, kind => kind == StepUpEventKind.Consumed);
        var entry = Assert.Single(await bank.EntriesAsync(id), entry => entry["kind"]!.GetValue<string>() == nameof(EvidenceKind.Used));
        Assert.Equal("Consumed", entry["outcome"]!.GetValue<string>());
        var use = entry["content"]!["use"]!;
        Assert.Equal(used.OperationId, use["operation"]!.GetValue<string>());
        Assert.Equal(used.ConsumedAt, use["at"]!.GetValue<DateTimeOffset>());
        Assert.Equal(used.Digest, use["digest"]!.GetValue<string>());
        Assert.Equal((scheme, "alice", used.Binding.SessionHash), (use["by"]!["scheme"]!.GetValue<string>(), use["by"]!["subject"]!.GetValue<string>(), use["by"]!["sessionHash"]!.GetValue<string>()));
    }
}

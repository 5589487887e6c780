namespace BiometricTwoFactor.Emulator.Tests;

public sealed class CallbackMethodTests
{
    private const string Callback = "https://bank.example/back";

    [Theory]
    [InlineData("https://bank.example/zurück?von=Zoë", "https://bank.example/zur%C3%BCck?von=Zo%C3%AB&")]
    [InlineData("bank-app:öffnen#später", "bank-app:%C3%B6ffnen?")]
    [InlineData("https://bank.example/\u007f\u0001", "https://bank.example/%7F%01?")]
    public async Task A_callback_that_no_header_can_carry_is_escaped_for_every_browser(string callback, string begins)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, callback, callback_method = "both" });
        Assert.Equal(callback, (string?)session.Answer["callback"]);
        using var laptop = new Browser(party.Emulator);
        using var phone = new Browser(party.Emulator);
        var page = session.Url.AbsolutePath;
        var end = await phone.FinishAsync(page, await phone.GetAsync(page));
        var elsewhere = await laptop.GetAsync(page + "/handoff");
        Assert.Equal((303, 303), (end.Status, elsewhere.Status));
        Assert.StartsWith(begins + "verificationSessionId=", end.Location, StringComparison.Ordinal);
        Assert.Equal(end.Location, elsewhere.Location);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("initiator")]
    [InlineData("completer")]
    [InlineData("both")]
    public async Task One_device_that_starts_and_finishes_is_sent_back(string? method)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await CreateAsync(party, method);
        using var laptop = new Browser(party.Emulator);
        var page = session.Url.AbsolutePath;
        var end = await laptop.FinishAsync(page, await laptop.GetAsync(page));
        Assert.Equal((303, Expected(session)), (end.Status, end.Location));
    }

    [Theory]
    [InlineData(null, true, false)]
    [InlineData("initiator", true, false)]
    [InlineData("completer", false, true)]
    [InlineData("both", true, true)]
    public async Task The_devices_that_the_method_names_are_sent_back(string? method, bool initiator, bool completer)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await CreateAsync(party, method);
        using var laptop = new Browser(party.Emulator);
        using var phone = new Browser(party.Emulator);
        var page = session.Url.AbsolutePath;
        await laptop.GetAsync(page);
        var waiting = await laptop.GetAsync(page + "/handoff");

        var taken = await phone.PostAsync("/handoff", ("code", waiting.Code));
        Assert.Equal((303, page), (taken.Status, taken.Location));
        var onPhone = await phone.FinishAsync(page, await phone.GetAsync(page));
        var onLaptop = await laptop.GetAsync(page + "/handoff");

        Assert.Equal(completer ? (303, Expected(session)) : (200, null), (onPhone.Status, onPhone.Location));
        Assert.Equal(initiator ? (303, Expected(session)) : (200, null), (onLaptop.Status, onLaptop.Location));
        Assert.Equal(!completer, onPhone.Html.Contains("Go back to your other device", StringComparison.Ordinal));
        Assert.Equal(!initiator, onLaptop.Html.Contains("You can close this page", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("initiator")]
    [InlineData("completer")]
    [InlineData("both")]
    public async Task Who_takes_the_session_back_finishes_as_the_initiator(string method)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await CreateAsync(party, method);
        using var laptop = new Browser(party.Emulator);
        using var phone = new Browser(party.Emulator);
        var page = session.Url.AbsolutePath;
        await laptop.GetAsync(page);
        await phone.PostAsync("/handoff", ("code", (await laptop.GetAsync(page + "/handoff")).Code));
        await phone.GetAsync(page);

        var end = await laptop.FinishAsync(page, await laptop.GetAsync(page));

        Assert.Equal((303, Expected(session)), (end.Status, end.Location));
    }

    [Fact]
    public async Task A_second_browser_with_the_same_address_is_no_initiator()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await CreateAsync(party, "initiator");
        using var first = new Browser(party.Emulator);
        using var second = new Browser(party.Emulator);
        var page = session.Url.AbsolutePath;
        await first.GetAsync(page);
        var end = await second.FinishAsync(page, await second.GetAsync(page));
        Assert.Equal((200, null), (end.Status, end.Location));
        Assert.Contains("Go back to your other device", end.Html, StringComparison.Ordinal);
        Assert.Equal(303, (await first.GetAsync(page + "/handoff")).Status);
    }

    [Fact]
    public async Task A_browser_that_keeps_no_cookie_is_known_by_what_its_page_carries()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await CreateAsync(party, "initiator");
        using var frame = new Browser(party.Emulator, keepsCookies: false);
        using var phone = new Browser(party.Emulator, keepsCookies: false);
        var page = session.Url.AbsolutePath;
        var first = await frame.GetAsync(page);
        var device = first.Hidden.Single(field => field.Name == "device").Value;
        Assert.Contains($"href=\"{page}/handoff?device={device}\"", first.Html, StringComparison.Ordinal);
        var waiting = await frame.GetAsync($"{page}/handoff?device={device}");
        await phone.PostAsync("/handoff", ("code", waiting.Code));

        var onPhone = await phone.FinishAsync(page, await phone.GetAsync(page));
        var onFrame = await frame.GetAsync($"{page}/handoff?device={device}");

        Assert.Equal((200, 303), (onPhone.Status, onFrame.Status));
    }

    [Fact]
    public async Task A_browser_that_says_nothing_of_itself_is_the_only_one_until_a_session_is_handed_off()
    {
        await using var party = await RelyingParty.StartAsync();
        var alone = await CreateAsync(party, "initiator");
        using var browser = new Browser(party.Emulator, keepsCookies: false);
        await browser.GetAsync(alone.Url.AbsolutePath);
        Assert.Equal(303, (await browser.PostAsync(alone.Url.AbsolutePath, ("scenario", SandboxScenario.Approve))).Status);

        var handed = await CreateAsync(party, "initiator");
        await browser.PostAsync("/handoff", ("code", (await browser.GetAsync(handed.Url.AbsolutePath + "/handoff")).Code));
        Assert.Equal(200, (await browser.PostAsync(handed.Url.AbsolutePath, ("scenario", SandboxScenario.Approve))).Status);
    }

    [Fact]
    public async Task The_cookie_names_the_browser_and_nothing_else()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await CreateAsync(party, null);
        using var browser = new Browser(party.Emulator);
        var first = await browser.GetAsync(session.Url.AbsolutePath);
        var cookie = Assert.Single(first.Answer.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^emulator_device=[A-Za-z0-9_-]{22}; path=/; samesite=lax; httponly$", cookie);
        Assert.DoesNotContain(session.Token, cookie, StringComparison.Ordinal);
        Assert.False((await browser.GetAsync(session.Url.AbsolutePath)).Answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("\"><script>alert(1)")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaa<")]
    public async Task A_device_that_is_no_name_is_given_one(string device)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await CreateAsync(party, null);
        using var browser = new Browser(party.Emulator, keepsCookies: false);
        var page = await browser.GetAsync($"{session.Url.AbsolutePath}?device={Uri.EscapeDataString(device)}");
        Assert.Matches("^[A-Za-z0-9_-]{22}$", page.Hidden.Single(field => field.Name == "device").Value);
    }

    private static Task<RelyingParty.Created> CreateAsync(RelyingParty party, string? method) => method is null
        ? party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, callback = Callback })
        : party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, callback = Callback, callback_method = method });

    private static string Expected(RelyingParty.Created session) => $"{Callback}?verificationSessionId={session.Id}&status=Approved";
}

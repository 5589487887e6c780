using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using BiometricTwoFactor.AspNetCore;
using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.Testing.Tests;

/// <summary>An application under WebApplicationFactory has the emulated provider behind it.</summary>
public sealed class HostingTests
{
    [Fact]
    public async Task Five_lines_test_an_endpoint_that_needs_a_face()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider);
        using var ada = await app.SignedInAsync(provider);
        using var answer = await ada.SendWithFaceAsync(provider.Emulator, () => Customer.Call("250.00"));
        Assert.Equal("paid 250.00", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_application_that_starts_an_emulator_of_its_own_first_is_the_one_that_is_tested()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().WithWebHostBuilder(web => web.UseSetting(Program.OwnProvider, "true")).UseBiometricEmulator(provider);
        using var client = app.CreateClient();
        Assert.Equal("open to all", await client.GetStringAsync("/open"));
    }

    [Fact]
    public async Task A_browsers_form_goes_on_after_the_face()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider);
        using var ada = await app.SignedInAsync(provider);
        using var form = await ada.FormAsync("99.00");

        using var answer = await ada.SendWithFaceAsync(provider.Emulator, () => form);

        Assert.Equal("paid 99.00", await answer.Content.ReadAsStringAsync());
        Assert.Equal(["99.00"], app.Executed());
    }

    [Fact]
    public async Task A_page_that_was_asked_for_is_shown_after_the_face()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider);
        using var ada = await app.SignedInAsync(provider);

        using var answer = await ada.SendWithFaceAsync(provider.Emulator, () => new HttpRequestMessage(HttpMethod.Get, "/secret"));

        Assert.Equal("the secret", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Another_face_pays_nothing()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider);
        using var ada = await app.SignedInAsync(provider);
        using var form = await ada.FormAsync();

        using var call = await ada.SendWithFaceAsync(provider.Emulator, () => Customer.Call(), SandboxScenario.DeclineFaceMatchLowSimilarity);
        using var page = await ada.SendWithFaceAsync(provider.Emulator, () => form, SandboxScenario.DeclineFaceMatchLowSimilarity);

        Assert.Equal(HttpStatusCode.Unauthorized, call.StatusCode);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.StartsWith("/biometric/confirm/", page.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        Assert.Empty(app.Executed());
    }

    [Fact]
    public async Task An_endpoint_that_asks_for_no_face_is_noticed()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider);
        using var ada = await app.SignedInAsync(provider);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ada.SendWithFaceAsync(provider.Emulator, () => new HttpRequestMessage(HttpMethod.Get, "/open")));

        Assert.Contains("GET /open was answered 200", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a program")]
    [InlineData("a browser")]
    public async Task That_the_application_has_not_enrolled_the_user_is_said(string caller)
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider)
            .WithWebHostBuilder(web => web.ConfigureTestServices(services => services.RemoveAll<IEnrolmentVoucher>()));
        using var ada = await app.SignedInAsync(provider);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => ada.SendWithFaceAsync(provider.Emulator, Request));

        Assert.Contains("IEnrolmentVoucher", failure.Message, StringComparison.Ordinal);

        HttpRequestMessage Request() => string.Equals(caller, "a program", StringComparison.Ordinal)
            ? Customer.Call()
            : new HttpRequestMessage(HttpMethod.Get, "/secret") { Headers = { { "Accept", "text/html" } } };
    }

    [Fact]
    public async Task A_client_that_follows_redirects_is_told_so_without_the_pages_token()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider);
        provider.Emulator.StoreFace(Customer.Ada);
        using var following = app.CreateClient();
        using var signedIn = await following.PostAsync("/login/ada", content: null);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => following.SendWithFaceAsync(provider.Emulator, () => Customer.Call()));

        Assert.Contains("follows redirects", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(provider.Emulator.Sessions.Single().Token.Reveal(), failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhooks_reach_the_test_server_and_are_accepted()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider);
        using var ada = await app.SignedInAsync(provider);
        await ada.StartedAsync();

        var finished = await provider.Emulator.ApproveNextAsync();

        Assert.Equal(SessionStatus.Approved, finished.Session.Status);
        var delivery = provider.Emulator.Deliveries.Single(one => one.Status == SessionStatus.Approved);
        Assert.Equal(WebhookDeliveryOutcome.Accepted, delivery.Outcome);
        Assert.Equal(new Uri("http://localhost/biometric/webhook"), provider.Emulator.WebhookUrl);
    }

    [Fact]
    public async Task Webhooks_reach_an_application_on_kestrel()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider);
        app.UseKestrel(0);
        app.StartServer();
        using var ada = await app.SignedInAsync(provider);

        using var answer = await ada.SendWithFaceAsync(provider.Emulator, () => Customer.Call());

        Assert.Equal("paid 250.00", await answer.Content.ReadAsStringAsync());
        Assert.Equal(ada.BaseAddress!.Authority, provider.Emulator.WebhookUrl!.Authority);
        Assert.All(provider.Emulator.Deliveries, delivery => Assert.Equal(WebhookDeliveryOutcome.Accepted, delivery.Outcome));
        Assert.NotEmpty(provider.Emulator.Deliveries);
    }

    [Fact]
    public async Task Webhooks_find_the_routes_under_another_prefix()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider).WithWebHostBuilder(web => web.UseSetting("Prefix", "/face"));
        using var ada = await app.SignedInAsync(provider);

        using var answer = await ada.SendWithFaceAsync(provider.Emulator, () => Customer.Call());

        Assert.Equal("paid 250.00", await answer.Content.ReadAsStringAsync());
        Assert.Equal("/face/webhook", provider.Emulator.WebhookUrl!.AbsolutePath);
    }

    [Fact]
    public async Task Webhooks_go_where_the_test_says()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider, webhookPath: "/hooks/face");
        using var client = app.CreateClient();

        Assert.Equal(new Uri("http://localhost/hooks/face"), provider.Emulator.WebhookUrl);
    }

    [Fact]
    public async Task Webhooks_to_another_address_leave_the_test_server_alone()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider);
        using var ada = await app.SignedInAsync(provider);
        await ada.StartedAsync();
        provider.Emulator.WebhookUrl = new Uri("http://127.0.0.1:1/biometric/webhook"); // where nobody listens

        await provider.Emulator.ApproveNextAsync();

        Assert.Equal(WebhookDeliveryOutcome.NoAnswer, provider.Emulator.Deliveries.Single().Outcome);
        await app.DisposeAsync();
        Assert.Equal(1, provider.Emulator.WebhookUrl.Port); // the test's own word stays
    }

    [Fact]
    public async Task An_application_that_throws_on_a_webhook_has_failed_it()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider, webhookPath: "/throws");
        using var ada = await app.SignedInAsync(provider);
        await ada.StartedAsync();

        await provider.Emulator.ApproveNextAsync();

        Assert.Equal(500, provider.Emulator.Deliveries.Single().ResponseStatus);
    }

    [Fact]
    public async Task No_webhook_is_sent_after_the_application_has_gone()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using (var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider))
        {
            using var ada = await app.SignedInAsync(provider);
            await ada.StartedAsync();
            await provider.Emulator.WebhooksIdleAsync();
        }

        await provider.Emulator.ApproveNextAsync();

        Assert.Null(provider.Emulator.WebhookUrl);
        Assert.Empty(provider.Emulator.Deliveries);
    }

    [Fact]
    public async Task The_application_started_last_gets_the_webhooks()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var first = new WebApplicationFactory<Program>().UseBiometricEmulator(provider);
        using (await first.SignedInAsync(provider))
        {
        }

        await using (var second = new WebApplicationFactory<Program>().UseBiometricEmulator(provider))
        {
            using var ada = await second.SignedInAsync(provider);
            await first.DisposeAsync();
            using var answer = await ada.SendWithFaceAsync(provider.Emulator, () => Customer.Call());
            Assert.Equal(["250.00"], second.Executed());
            Assert.All(provider.Emulator.Deliveries, delivery => Assert.Equal(WebhookDeliveryOutcome.Accepted, delivery.Outcome));
        }

        Assert.Null(provider.Emulator.WebhookUrl);
    }

    [Fact]
    public async Task A_second_provider_takes_the_first_ones_place()
    {
        await using var first = await BiometricTestProvider.StartAsync();
        await using var second = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(first).UseBiometricEmulator(second);
        using var ada = await app.SignedInAsync(second);

        using var answer = await ada.SendWithFaceAsync(second.Emulator, () => Customer.Call());

        Assert.Equal("paid 250.00", await answer.Content.ReadAsStringAsync());
        Assert.Same(second.Clock, app.Services.GetRequiredService<TimeProvider>());
        Assert.Null(first.Emulator.WebhookUrl);
        Assert.All(second.Emulator.Deliveries, delivery => Assert.Equal(WebhookDeliveryOutcome.Accepted, delivery.Outcome));
    }

    [Theory]
    [InlineData(SandboxScenario.Approve, HttpStatusCode.OK)]
    [InlineData(SandboxScenario.DeclineLivenessAttack, HttpStatusCode.Unauthorized)]
    public async Task A_program_with_a_token_goes_the_same_way(string scenario, HttpStatusCode expected)
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider);
        provider.Emulator.StoreFace("robot");
        using var robot = app.CreateStepUpClient();
        robot.DefaultRequestHeaders.Authorization = new("Bearer", "robot");

        using var answer = await robot.SendWithFaceAsync(provider.Emulator, () => Customer.Call(), scenario);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, app.Executed().Count);
    }

    [Fact]
    public async Task The_applications_own_key_and_secrets_never_count()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider);
        using var client = app.CreateClient();

        Assert.Equal(provider.Emulator.ApiKey, await client.GetStringAsync("/key")); // read while the application was still being built
        var reached = app.Services.GetRequiredService<IOptions<BiometricClientOptions>>().Value;
        Assert.Equal(provider.Emulator.BaseAddress, reached.BaseAddress);
        Assert.Equal(provider.Emulator.ApiKey, reached.ApiKey);
        Assert.Single(app.Services.GetRequiredService<IOptions<BiometricStepUpOptions>>().Value.WebhookSecrets);
    }

    [Fact]
    public async Task An_application_that_is_configured_in_code_reaches_the_emulator_too()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider, section: "Elsewhere")
            .WithWebHostBuilder(web => web.ConfigureServices(services => services.Configure<BiometricClientOptions>(client => client.ApiKey = "set in code")));
        using var ada = await app.SignedInAsync(provider);

        using var answer = await ada.SendWithFaceAsync(provider.Emulator, () => Customer.Call());

        Assert.Equal("paid 250.00", await answer.Content.ReadAsStringAsync());
        Assert.Equal("the-real-key", await ada.GetStringAsync("/key"));
    }

    [Fact]
    public async Task A_workflow_that_the_emulator_has_stays_and_an_unknown_one_gives_way()
    {
        const string own = "33333333-3333-4333-8333-333333333333";
        await using var provider = await BiometricTestProvider.StartAsync(options => options.Workflows =
        [
            new() { Id = own, Kind = EmulatedWorkflowKind.LivenessOnly },
            new() { Id = "passive", Kind = EmulatedWorkflowKind.BiometricAuthentication },
            new() { Id = "active", Kind = EmulatedWorkflowKind.BiometricAuthentication, LivenessMethod = LivenessMethod.Active3D },
            new() { Id = "payment", Kind = EmulatedWorkflowKind.ScaWithIpAnalysis },
        ]);
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider).WithWebHostBuilder(web => web
            .UseSetting("Biometric:Workflows:StepUp:LivenessMethod", "Active3D")
            .UseSetting("Biometric:Workflows:FaceEnrolment:Id", own));

        var workflows = app.Services.GetRequiredService<IOptions<BiometricStepUpOptions>>().Value.Workflows;

        Assert.Equal("active", workflows.StepUp.Id);
        Assert.Equal("payment", workflows.Payment.Id);
        Assert.True(workflows.Payment.RequireIpAnalysis);
        Assert.Equal("", workflows.Enrolment.Id); // the application has none: it keeps having none
        Assert.Equal(own, workflows.FaceEnrolment.Id);
    }

    [Fact]
    public async Task An_application_without_workflows_gets_those_that_it_can_start_with()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider).WithWebHostBuilder(web => web
            .UseSetting("Biometric:Workflows:StepUp:Id", "")
            .UseSetting("Biometric:Workflows:Payment:Id", ""));

        var workflows = app.Services.GetRequiredService<IOptions<BiometricStepUpOptions>>().Value.Workflows;

        Assert.Equal(
            // None for identity proofing: nobody says whose passport it is, and the application would not start.
            [EmulatedWorkflow.BiometricAuthenticationId, EmulatedWorkflow.ScaWithIpAnalysisId, "", EmulatedWorkflow.FaceEnrolmentId],
            new[] { workflows.StepUp.Id, workflows.Payment.Id, workflows.Enrolment.Id, workflows.FaceEnrolment.Id });
    }

    [Fact]
    public async Task Outside_of_development_an_origin_is_supplied()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider).WithWebHostBuilder(web => web.UseEnvironment("Testing"));
        using var ada = await app.SignedInAsync(provider);

        using var answer = await ada.SendWithFaceAsync(provider.Emulator, () => Customer.Call());

        Assert.Equal("Testing", await ada.GetStringAsync("/environment"));
        Assert.Equal("paid 250.00", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_origin_of_the_applications_own_stays()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider)
            .WithWebHostBuilder(web => web.UseSetting("Biometric:PublicOrigin", "https://bank.example"));
        using var ada = await app.SignedInAsync(provider);
        await ada.StartedAsync();

        var finished = await provider.Emulator.ApproveNextAsync();
        var claimed = await ada.ClaimStepUpAsync(finished.Callback!);

        Assert.Equal("bank.example", finished.Callback!.Host);
        Assert.True(claimed.IsApproved);
    }

    [Fact]
    public async Task An_application_in_production_does_not_start_against_the_emulator()
    {
        await using var provider = await BiometricTestProvider.StartAsync();
        await using var app = new WebApplicationFactory<Program>().UseBiometricEmulator(provider).WithWebHostBuilder(web => web.UseEnvironment("Production"));

        var refusal = Assert.Throws<OptionsValidationException>(() => app.CreateClient());

        Assert.Contains("does not start in Production", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_handler_of_the_tests_own_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => BiometricTestProvider.StartAsync(options => options.WebhookMessageHandler = () => new HttpClientHandler()));

    [Fact]
    public async Task Refused_options_are_the_emulators_to_name()
    {
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => BiometricTestProvider.StartAsync(options => options.FaceMatchScore = 101m));
        Assert.Contains(nameof(BiometricEmulatorOptions.FaceMatchScore), refusal.Message, StringComparison.Ordinal);
    }
}

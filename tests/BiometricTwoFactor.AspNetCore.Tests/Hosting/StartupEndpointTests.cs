using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Where a demand for a face would be ignored, skipped or impossible, the application does not start (attack 26).</summary>
public sealed class StartupEndpointTests
{
    [Fact]
    public Task An_application_that_demands_faces_as_it_should_starts() =>
        StartsAsync(app =>
        {
            app.MapGet("/plain", () => "").AllowAnonymous();
            app.MapPost("/settings", () => "").RequireBiometric(StepUpReason.SettingsChange, "Change a setting");
            app.MapPost("/attribute", [RequireBiometric(StepUpReason.SettingsChange)] () => "");
            app.MapPost("/transfers", (Order order, int number) => order.Amount + number)
                .AddEndpointFilter(async (context, next) => await next(context))
                .RequireBiometric<Order>(StepUpReason.HighValueTransaction, order => order.ToTransaction());
        });

    [Fact]
    public Task Anonymous_callers_would_skip_the_face()
        => StopsAsync("allows anonymous callers", app => app.MapGet("/", () => "").RequireBiometric(StepUpReason.SettingsChange).AllowAnonymous());

    [Fact]
    public Task Anonymous_callers_of_a_group_would_skip_it_too()
        => StopsAsync("allows anonymous callers", app => app.MapGroup("/open").AllowAnonymous().MapGet("/", () => "").RequireBiometric(StepUpReason.SettingsChange));

    [Fact]
    public Task Anonymous_callers_would_skip_the_face_of_a_payment()
        => StopsAsync("allows anonymous callers", app => app.MapPost("/", (Order order) => order.Amount)
            .RequireBiometric<Order>(StepUpReason.HighValueTransaction, order => order.ToTransaction()).AllowAnonymous());

    [Fact]
    public Task A_hub_cannot_wait_for_a_face()
        => StopsAsync("is a hub", app => app.MapHub<PlainHub>("/hub").RequireBiometric(StepUpReason.SettingsChange), services => services.AddSignalR());

    [Fact]
    public Task A_hub_with_the_attribute_cannot_either()
        => StopsAsync("is a hub", app => app.MapHub<DemandingHub>("/hub"), services => services.AddSignalR());

    [Theory]
    [InlineData("made_up", "Biometric:Reasons")]
    [InlineData("Settings_Change", "Biometric:Reasons")]
    [InlineData("enrolment", "Biometric:Reasons")]
    [InlineData(StepUpReason.AccountRecovery, "sign-in flow")]
    public async Task A_reason_that_no_endpoint_may_name_stops_the_start(string reason, string says)
    {
        await StopsAsync(says, app => app.MapGet("/", () => "").RequireBiometric(reason));
        await StopsAsync(says, app => app.MapPost("/", (Order order) => order.Amount).RequireBiometric<Order>(reason, order => order.ToTransaction()));
    }

    [Fact]
    public async Task A_reason_of_the_applications_own_must_be_named_in_the_options()
    {
        var starting = new Starting { Map = app => app.MapGet("/", () => "").RequireBiometric("trusted_payee") };
        Assert.Contains("'trusted_payee'", await starting.ProblemAsync(), StringComparison.Ordinal);
        starting.Settings["Biometric:Reasons:trusted_payee:FaceMatchFloorPercent"] = "90";
        Assert.Null(await starting.ProblemAsync());
    }

    [Fact]
    public async Task One_face_approves_one_thing()
    {
        await StopsAsync("more than once", app => app.MapGet("/", () => "").RequireBiometric(StepUpReason.SettingsChange).RequireBiometric(StepUpReason.SettingsChange));
        await StopsAsync("more than once", app => app.MapGroup("/group").RequireBiometric(StepUpReason.SettingsChange).MapGet("/", () => "").RequireBiometric(StepUpReason.SettingsChange));
        await StopsAsync("more than once", app => app.MapPost("/", (Order order) => order.Amount)
            .RequireBiometric(StepUpReason.SettingsChange)
            .RequireBiometric<Order>(StepUpReason.HighValueTransaction, order => order.ToTransaction()));
    }

    [Fact]
    public async Task What_an_endpoint_does_otherwise_than_its_reason_must_be_possible()
    {
        await PaymentStopsAsync("Workflow: there is no workflow 'Mine'", own => own.Workflow = "Mine");
        await PaymentStopsAsync("StrongWorkflow: there is no workflow 'Mine'", own => own.StrongWorkflow = "Mine");
        await PaymentStopsAsync("StrongWorkflow: there is no workflow 'Strong'", own => own.StrongThresholds = Amounts(("EUR", 30m)));
        await PaymentStopsAsync("StrongWorkflow: it is the workflow that is asked with ordinarily", own => own.StrongWorkflow = "StepUp");
        await PaymentStopsAsync("StrongThresholds:EUR: the second threshold", own => (own.Thresholds, own.StrongThresholds) = (Amounts(("EUR", 30m)), Amounts(("EUR", 29m))));
        await PaymentStopsAsync("Thresholds:euro: a currency of ISO 4217", own => own.Thresholds = Amounts(("euro", 1m)));
        await PaymentStopsAsync("FaceMatchFloorPercent: 0 to 100", own => own.FaceMatchFloorPercent = 100.1m);
        await StopsAsync("Thresholds are amounts", app => app.MapGet("/here", () => "").RequireBiometric(StepUpReason.SettingsChange, configure: own => own.Thresholds = Amounts(("EUR", 1m))));
        await StopsAsync("HTTP: GET /here: Workflow", app => app.MapGet("/here", [RequireBiometric(StepUpReason.SettingsChange, Workflow = "Mine")] () => ""));
        await StopsAsync("LivenessFloorPercent", app => app.MapGet("/here", [RequireBiometric(StepUpReason.SettingsChange, LivenessFloorPercent = 101)] () => ""));
        await StartsAsync(app => app.MapGet("/here", [RequireBiometric(StepUpReason.SettingsChange, Workflow = "StepUp", FaceMatchFloorPercent = 90)] () => ""));

        static Dictionary<string, decimal> Amounts((string Currency, decimal Amount) one) => new(StringComparer.Ordinal) { [one.Currency] = one.Amount };

        static Task PaymentStopsAsync(string says, Action<StepUpEndpointOptions> own) => StopsAsync(
            "HTTP: POST /pay => PaymentStopsAsync: " + says,
            app => app.MapPost("/pay", (Order order) => order.Amount)
                .WithDisplayName("HTTP: POST /pay => PaymentStopsAsync")
                .RequireBiometric<Order>(StepUpReason.HighValueTransaction, order => order.ToTransaction(), own));
    }

    [Fact]
    public async Task Without_our_routes_nobody_could_show_a_face()
    {
        var starting = new Starting { MapBiometric = false, Map = app => app.MapGet("/", () => "").RequireBiometric(StepUpReason.SettingsChange) };
        Assert.Contains("app.MapBiometric()", await starting.ProblemAsync(), StringComparison.Ordinal);

        starting.Map = app => app.MapGet("/", () => "");
        Assert.Null(await starting.ProblemAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("biometric")]
    [InlineData("/biometric/")]
    [InlineData("//biometric")]
    [InlineData("/{tenant}/biometric")]
    [InlineData("https://bank.example")]
    public async Task A_prefix_that_is_no_path_is_refused(string prefix)
    {
        var starting = new Starting { MapBiometric = false, Map = app => app.MapBiometric(prefix) };
        Assert.Contains("The prefix is a path", await starting.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public Task Our_routes_are_mapped_once() => StopsAsync("MapBiometric was called twice", app => app.MapBiometric("/other"));

    [Fact]
    public async Task Our_routes_need_our_services()
    {
        var builder = WebApplication.CreateSlimBuilder();
        await using var app = builder.Build();
        Assert.Contains("AddBiometricStepUp", Assert.Throws<InvalidOperationException>(() => app.MapBiometric()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_filter_after_ours_could_change_the_payment()
        => StopsAsync("a filter was added after RequireBiometric", app => app.MapPost("/", (Order order) => order.Amount)
            .RequireBiometric<Order>(StepUpReason.HighValueTransaction, order => order.ToTransaction())
            .AddEndpointFilter(async (context, next) => await next(context)));

    [Fact]
    public async Task A_payment_has_exactly_one_parameter()
    {
        await StopsAsync("it has 0", app => app.MapPost("/", (string order) => order)
            .RequireBiometric<Order>(StepUpReason.HighValueTransaction, order => order.ToTransaction()));
        await StopsAsync("it has 2", app => app.MapPost("/", ([FromBody] Order order, [FromServices] Order other) => order.Amount + other.Amount)
            .RequireBiometric<Order>(StepUpReason.HighValueTransaction, order => order.ToTransaction()));
    }

    [Fact]
    public Task An_attribute_on_a_page_handler_would_be_ignored() =>
        StopsAsync(
            "on a handler method of a Razor Page",
            app => app.MapGet("/page", () => "").WithMetadata(PageWith(typeof(DemandingPage))),
            services => services.AddRazorPages());

    [Fact]
    public Task A_page_whose_handlers_demand_nothing_starts() =>
        StartsAsync(
            app => app.MapGet("/page", () => "").WithMetadata(PageWith(typeof(PlainPage))),
            services => services.AddRazorPages());

    [Fact]
    public async Task What_hides_ours_stops_the_start()
    {
        await HiddenAsync("IAuthenticationService", services => services.AddScoped(_ => Substitute.For<IAuthenticationService>()));
        await HiddenAsync("IAuthorizationPolicyProvider", services => services.AddSingleton(Substitute.For<IAuthorizationPolicyProvider>()));
        await HiddenAsync("IAuthorizationMiddlewareResultHandler", services => services.AddSingleton(Substitute.For<IAuthorizationMiddlewareResultHandler>()));

        static async Task HiddenAsync(string service, Action<IServiceCollection> after)
        {
            var problem = await new Starting { After = after }.ProblemAsync();
            Assert.Contains($"{service} was registered after AddBiometricStepUp", problem, StringComparison.Ordinal);
            Assert.Null(await new Starting { Before = after }.ProblemAsync());
        }
    }

    [Fact]
    public async Task Ours_is_put_around_the_applications_own_once()
    {
        var own = Substitute.For<IAuthorizationPolicyProvider>();
        await using var app = await new Starting
        {
            Before = services => services.AddSingleton(own),
            After = services => services.AddBiometricStepUp(_ => { }, _ => { }),
        }.StartAsync();

        await app.Services.GetRequiredService<IAuthorizationPolicyProvider>().GetPolicyAsync("the-applications-own");

        await own.Received(1).GetPolicyAsync("the-applications-own");
    }

    [Fact]
    public async Task Enrolment_by_proofing_needs_the_applications_account_holder_check()
    {
        var starting = new Starting();
        starting.Settings["Biometric:Workflows:Enrolment:Id"] = "workflow-kyc";
        Assert.Contains("AddAccountHolderCheck", await starting.ProblemAsync(), StringComparison.Ordinal);

        starting.StepUp = stepUp => stepUp.AddAccountHolderCheck<AnyHolder>();
        Assert.Null(await starting.ProblemAsync());
    }

    private static async Task StopsAsync(string says, Action<WebApplication> map, Action<IServiceCollection>? services = null)
    {
        var problem = await new Starting { Map = map, Before = services }.ProblemAsync();
        Assert.NotNull(problem);
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    private static async Task StartsAsync(Action<WebApplication> map, Action<IServiceCollection>? services = null) =>
        Assert.Null(await new Starting { Map = map, Before = services }.ProblemAsync());

    /// <summary>What the framework's compiler leaves of a page; compiling one takes the Razor SDK.</summary>
    private static CompiledPageActionDescriptor PageWith(Type model) => new()
    {
        HandlerMethods = [.. model.GetMethods().Where(method => method.Name.StartsWith("On", StringComparison.Ordinal)).Select(method => new HandlerMethodDescriptor { MethodInfo = method })],
    };

    private sealed record Order(string Amount, string Currency, string Account, string Name)
    {
        public Transaction ToTransaction() => Transaction.Create(Amount, Currency, Account, Name);
    }

    private sealed class PlainHub : Hub;

    [RequireBiometric(StepUpReason.SettingsChange)]
    private sealed class DemandingHub : Hub;

    private sealed class PlainPage : PageModel
    {
        public void OnPost() => Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private sealed class DemandingPage : PageModel
    {
        [RequireBiometric(StepUpReason.SettingsChange)]
        public void OnPost() => Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private sealed class AnyHolder : IAccountHolderCheck
    {
        public ValueTask<bool> IsAccountHolderAsync(string subject, IdVerification document, CancellationToken cancellationToken = default) => new(true);
    }
}

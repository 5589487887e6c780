using System.Reflection;
using System.Threading.Channels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ViewComponents;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>What a host would pass over in silence, or could not keep, stops the start (attack 26).</summary>
public sealed class StartupHostTests
{
    [Fact]
    public async Task A_hub_whose_methods_demand_faces_starts() => Assert.Null(await HubProblemAsync<GoodHub>());

    [Fact]
    public async Task Anonymous_callers_of_a_hubs_method_contradict_the_face()
    {
        Assert.Contains("AnonymousMethodHub.Pay demands a face and allows anonymous callers", await HubProblemAsync<AnonymousMethodHub>(), StringComparison.Ordinal);
        Assert.Contains("AnonymousHub.Pay demands a face and allows anonymous callers", await HubProblemAsync<AnonymousHub>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_client_streams_is_covered_by_no_face()
    {
        Assert.Contains("'payments'", await HubProblemAsync<ChannelHub>(), StringComparison.Ordinal);
        Assert.Contains("'payments'", await HubProblemAsync<EnumerableHub>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hubs_method_that_nobody_can_call_is_asked_for_nothing() =>
        Assert.Contains("UnreachableHub.Pay demands a face and is no method that a client can call", await HubProblemAsync<UnreachableHub>(), StringComparison.Ordinal);

    [Fact]
    public async Task A_hubs_method_names_a_reason_and_rules_that_exist()
    {
        Assert.Contains("'made_up' is unknown", await HubProblemAsync<UnknownReasonHub>(), StringComparison.Ordinal);
        Assert.Contains("there is no workflow 'Mine'", await HubProblemAsync<UnknownWorkflowHub>(), StringComparison.Ordinal);
        Assert.Contains("UseInTransaction", await HubProblemAsync<JoinedHub>(), StringComparison.Ordinal);
        Assert.Contains("AddBiometric()", await HubProblemAsync<AccessHub>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_demands_faces_needs_our_routes()
    {
        var starting = new Starting { MapBiometric = false, Before = services => services.AddSignalR(), Map = app => app.MapHub<GoodHub>("/hub") };
        Assert.Contains("app.MapBiometric()", await starting.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_controllers_method_that_no_route_reaches_is_asked_for_nothing()
    {
        Assert.Null(await ControllerProblemAsync<GoodController>());
        Assert.Contains("HelperController.Carry demands a face and is no action", await ControllerProblemAsync<HelperController>(), StringComparison.Ordinal);
        Assert.Contains("allows anonymous callers", await ControllerProblemAsync<AnonymousController>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_component_is_asked_for_nothing() =>
        Assert.Contains("[RequireBiometric] on a view component is ignored", await PartProblemAsync(typeof(GoodController), typeof(BalanceViewComponent)), StringComparison.Ordinal);

    [Fact]
    public async Task A_component_that_is_no_page_and_a_method_of_one_are_asked_for_nothing()
    {
        Assert.Contains("on a component that is no page is ignored", await ComponentProblemAsync(typeof(PartComponent)), StringComparison.Ordinal);
        Assert.Contains("on a method of a component is ignored", await ComponentProblemAsync(typeof(HandlerComponent)), StringComparison.Ordinal);
        Assert.Null(await ComponentProblemAsync(typeof(PlainComponent)));
    }

    private static Task<string?> HubProblemAsync<THub>()
        where THub : Hub => new Starting { Before = services => services.AddSignalR(), Map = app => app.MapHub<THub>("/hub") }.ProblemAsync();

    private static Task<string?> ControllerProblemAsync<TController>() => PartProblemAsync(typeof(TController));

    private static Task<string?> PartProblemAsync(params Type[] types) => new Starting
    {
        Before = services => services.AddControllersWithViews().ConfigureApplicationPartManager(parts =>
        {
            parts.ApplicationParts.Clear();
            parts.FeatureProviders.Add(new Types(types));
        }),
        Map = app => app.MapControllers(),
    }.ProblemAsync();

    /// <summary>An assembly that holds these components alone beside a page: what is looked through is the page's assembly.</summary>
    private static Task<string?> ComponentProblemAsync(Type component) => new Starting
    {
        Map = app => app.MapGet("/page", () => "").WithMetadata(new ComponentTypeMetadata(new PageOf(new AssemblyOf(component)))),
    }.ProblemAsync();

    /// <summary>What MVC would find if it were public.</summary>
    private sealed class Types(Type[] types) : IApplicationFeatureProvider<ControllerFeature>, IApplicationFeatureProvider<ViewComponentFeature>
    {
        public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature) => Add<ControllerBase>(feature.Controllers);

        public void PopulateFeature(IEnumerable<ApplicationPart> parts, ViewComponentFeature feature) => Add<ViewComponent>(feature.ViewComponents);

        private void Add<T>(IList<TypeInfo> found)
        {
            foreach (var type in types.Where(typeof(T).IsAssignableFrom))
            {
                found.Add(type.GetTypeInfo());
            }
        }
    }

    private sealed class AssemblyOf(Type component) : Assembly
    {
        public override Type[] GetTypes() => [component];
    }

    private sealed class PageOf(Assembly assembly) : TypeDelegator(typeof(PlainComponent))
    {
        public override Assembly Assembly => assembly;
    }

    private sealed class GoodHub : Hub
    {
        [RequireBiometric(StepUpReason.SettingsChange)]
        public string Pay(string amount, CancellationToken cancellationToken) => amount + cancellationToken.IsCancellationRequested;

        public string Look(ChannelReader<string> plain) => plain.ToString()!;
    }

    private sealed class AnonymousMethodHub : Hub
    {
        [AllowAnonymous]
        [RequireBiometric(StepUpReason.SettingsChange)]
        public string Pay() => Context.ConnectionId;
    }

    [AllowAnonymous]
    private sealed class AnonymousHub : Hub
    {
        [RequireBiometric(StepUpReason.SettingsChange)]
        public string Pay() => Context.ConnectionId;
    }

    private sealed class ChannelHub : Hub
    {
        [RequireBiometric(StepUpReason.SettingsChange)]
        public string Pay(ChannelReader<string> payments) => Context.ConnectionId + payments;
    }

    private sealed class EnumerableHub : Hub
    {
        [RequireBiometric(StepUpReason.SettingsChange)]
        public string Pay(IAsyncEnumerable<string> payments) => Context.ConnectionId + payments;
    }

    private sealed class UnreachableHub : Hub
    {
        [RequireBiometric(StepUpReason.SettingsChange)]
        internal string Pay() => Context.ConnectionId;
    }

    private sealed class UnknownReasonHub : Hub
    {
        [RequireBiometric("made_up")]
        public string Pay() => Context.ConnectionId;
    }

    private sealed class UnknownWorkflowHub : Hub
    {
        [RequireBiometric(StepUpReason.SettingsChange, Workflow = "Mine")]
        public string Pay() => Context.ConnectionId;
    }

    private sealed class JoinedHub : Hub
    {
        [RequireBiometric(StepUpReason.SettingsChange, UseInTransaction = true)]
        public string Pay() => Context.ConnectionId;
    }

    private sealed class AccessHub : Hub
    {
        [RequireBiometric(StepUpReason.LoginNewDevice)]
        public string Pay() => Context.ConnectionId;
    }

    private sealed class GoodController : ControllerBase
    {
        [HttpPost("/pay")]
        [RequireBiometric(StepUpReason.SettingsChange)]
        public string Pay() => Carry();

        [NonAction]
        public string Carry() => ControllerContext.ActionDescriptor.DisplayName!;
    }

    private sealed class HelperController : ControllerBase
    {
        [HttpPost("/pay")]
        public string Pay() => Carry();

        [NonAction]
        [RequireBiometric(StepUpReason.SettingsChange)]
        public string Carry() => ControllerContext.ActionDescriptor.DisplayName!;
    }

#pragma warning disable ASP0026 // The framework's own analyzer warns of it, too; who does not heed it must not start.
    [AllowAnonymous]
    private sealed class AnonymousController : ControllerBase
    {
        [HttpPost("/pay")]
        [RequireBiometric(StepUpReason.SettingsChange)]
        public string Pay() => ControllerContext.ActionDescriptor.DisplayName!;
    }
#pragma warning restore ASP0026

    [RequireBiometric(StepUpReason.SettingsChange)]
    private sealed class BalanceViewComponent : ViewComponent
    {
        public string Invoke() => ViewComponentContext.ViewComponentDescriptor.ShortName;
    }

    private class PlainComponent : ComponentBase;

    [RequireBiometric(StepUpReason.SettingsChange)]
    private sealed class PartComponent : PlainComponent;

    private sealed class HandlerComponent : PlainComponent
    {
        [RequireBiometric(StepUpReason.SettingsChange)]
        public void Pay() => StateHasChanged();
    }
}

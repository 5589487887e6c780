using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BiometricTwoFactor.Emulator;

/// <summary>The console, and the API to control the emulator from outside its process.</summary>
internal static class ConsoleRoutes
{
    private const string Api = "/emulator/api/";

    public static void Map(IEndpointRouteBuilder app, EmulatorCore core)
    {
        var access = new ConsoleAccess(core.Settings);
        var deliveries = new ConsoleDeliveries(core);

        app.MapGet("/", context =>
        {
            context.Response.Redirect("/emulator/");
            return Task.CompletedTask;
        });
        app.MapGet("/emulator/", context => ConsolePage.ShowAsync(context, access));
        app.MapGet("/emulator/assets/{file}", context => ConsolePage.FileAsync(context, access));

        // The page asks for these before it may use the rest.
        Map(HttpMethods.Get, "access", access.IsOwnPageOrHasKey, context => SignInControl.ShowAsync(context, access));
        Map(HttpMethods.Post, "sign-in", access.IsOwnPage, context => SignInControl.SignInAsync(context, access));
        Map(HttpMethods.Post, "sign-out", access.IsOwnPage, context => SignInControl.SignOutAsync(context, access));

        Get("events", context => EventStream.HandleAsync(context, core));
        Get("settings", context => SetupControl.SettingsAsync(context, core, access));
        Get("secrets", context => SetupControl.SecretsAsync(context, core, deliveries));
        Get("workflows", context => SetupControl.WorkflowsAsync(context, core));
        Get("destinations", context => SetupControl.DestinationsAsync(context, deliveries));

        Get("sessions", context => SessionListing.HandleAsync(context, core, deliveries));
        Get("sessions/{id}", context => SessionControl.ShowAsync(context, core, deliveries));
        Get("sessions/{id}/pictures/{number}", context => SessionControl.PictureAsync(context, core));
        Post("sessions/{id}/open", context => SessionControl.OpenAsync(context, core));
        Post("sessions/{id}/complete", context => SessionControl.CompleteAsync(context, core));
        Post("sessions/{id}/review", context => SessionControl.ReviewAsync(context, core));
        Post("sessions/{id}/age", context => SessionControl.AgeAsync(context, core));
        Delete("sessions/{id}", context => SessionControl.DeleteAsync(context, core));

        Get("deliveries", context => DeliveryControl.ListAsync(context, deliveries));
        Get("deliveries/{id}", context => DeliveryControl.ShowAsync(context, deliveries));
        Post("deliveries/{id}/replay", context => DeliveryControl.ReplayAsync(context, deliveries));

        Get("faults", context => FaultControl.ListAsync(context, core));
        Get("faults/kinds", FaultControl.KindsAsync);
        Post("faults", context => FaultControl.PlanAsync(context, core));
        Delete("faults/{number}", context => FaultControl.RemoveAsync(context, core));
        Delete("faults", context => FaultControl.ClearAsync(context, core));
        Map(HttpMethods.Patch, "faults/switches", access.Allows, context => FaultControl.SwitchAsync(context, core));
        Post("faults/release", context => FaultControl.ReleaseAsync(context, core));

        Get("users", context => UserControl.ListAsync(context, core));
        Map(HttpMethods.Put, "users/face", access.Allows, context => UserControl.StoreFaceAsync(context, core));
        Delete("users/face", context => UserControl.ForgetFaceAsync(context, core));
        Map(HttpMethods.Put, "users/block", access.Allows, context => UserControl.BlockAsync(context, core, blocked: true));
        Delete("users/block", context => UserControl.BlockAsync(context, core, blocked: false));

        // Whatever else: nobody who may not call learns what there is.
        app.Map(Api + "{**rest}", context => GuardAsync(context, access.Allows, other =>
            ApiErrors.DetailAsync(other, StatusCodes.Status404NotFound, "Not found.")));

        void Get(string path, RequestDelegate handler) => Map(HttpMethods.Get, path, access.Allows, handler);

        void Post(string path, RequestDelegate handler) => Map(HttpMethods.Post, path, access.Allows, handler);

        void Delete(string path, RequestDelegate handler) => Map(HttpMethods.Delete, path, access.Allows, handler);

        void Map(string method, string path, Func<HttpContext, bool> mayCall, RequestDelegate handler) =>
            app.MapMethods(Api + path, [method], context => GuardAsync(context, mayCall, handler));
    }

    private static Task GuardAsync(HttpContext context, Func<HttpContext, bool> mayCall, RequestDelegate handler)
    {
        ConsoleHeaders.Protect(context);
        return mayCall(context)
            ? handler(context)
            : ApiErrors.DetailAsync(context, StatusCodes.Status403Forbidden, ApiErrors.NoPermission);
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace BiometricTwoFactor.Emulator;

/// <summary>The provider's API for webhook destinations (contract 4.1).</summary>
internal static class WebhookRoutes
{
    public static void Map(IEndpointRouteBuilder app, EmulatorCore core)
    {
        const string All = "/v3/webhook/destinations/";
        const string One = All + "{id}/";
        const string Deliveries = One + "deliveries/";
        const string Delivery = Deliveries + "{delivery:guid}/";

        app.MapGet("/v3/webhook/", context => ApplicationWebhookEndpoint.GetAsync(context, core));
        app.MapPatch("/v3/webhook/", context => ApplicationWebhookEndpoint.UpdateAsync(context, core));
        app.MapGet(All, context => DestinationEndpoints.ListAsync(context, core));
        app.MapPost(All, context => DestinationEndpoints.CreateAsync(context, core));
        app.MapGet(One, context => DestinationEndpoints.GetAsync(context, core));
        app.MapPatch(One, context => DestinationEndpoints.UpdateAsync(context, core));
        app.MapDelete(One, context => DestinationEndpoints.DeleteAsync(context, core));
        app.MapPost(One + "test/", context => DestinationEndpoints.TestAsync(context, core));
        app.MapGet(Deliveries, context => DeliveryEndpoints.ListAsync(context, core));
        app.MapGet(Delivery, context => DeliveryEndpoints.GetAsync(context, core));
        app.MapPost(Delivery + "resend/", context => DeliveryEndpoints.ResendAsync(context, core));
        app.MapPost(Delivery + "replay/", context => DeliveryEndpoints.ReplayAsync(context, core));
    }
}

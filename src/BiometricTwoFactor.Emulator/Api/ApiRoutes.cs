using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace BiometricTwoFactor.Emulator;

/// <summary>The provider's API, but for webhook destinations.</summary>
internal static class ApiRoutes
{
    public static void Map(IEndpointRouteBuilder app, EmulatorCore core)
    {
        app.MapPost("/v3/session/", context => CreateSessionEndpoint.HandleAsync(context, core));
        app.MapGet("/v3/sessions/", context => SessionListEndpoint.HandleAsync(context, core));
        app.MapGet("/v3/session/{id}/decision/", context => SessionEndpoints.DecisionAsync(context, core));
        app.MapDelete("/v3/session/{id}/delete/", context => SessionEndpoints.DeleteAsync(context, core));
        app.MapPatch("/v3/session/{id}/update-status/", context => UpdateStatusEndpoint.HandleAsync(context, core));
        app.MapGet("/v3/session/{id}/generate-pdf/", context => SessionEndpoints.ReportAsync(context, core));
        app.MapPost("/v3/session/{id}/sandbox/arm/", context => SandboxEndpoints.ArmAsync(context, core));
        app.MapGet("/v1/sandbox/scenarios/", context => SandboxEndpoints.CatalogueAsync(context, core));
        app.MapGet("/v3/sessions/{id}/reviews/", context => ReviewsEndpoint.ListAsync(context, core));
        app.MapPost("/v3/sessions/{id}/reviews/", context => ReviewsEndpoint.AddAsync(context, core));
        app.MapPost("/v3/sessions/delete/", context => BatchDeletion.SessionsAsync(context, core));
        app.MapPost("/v3/users/delete/", context => BatchDeletion.UsersAsync(context, core));
        app.MapPost("/v3/face-match/", context => StandaloneEndpoints.FaceMatchAsync(context, core));
        app.MapPost("/v3/passive-liveness/", context => StandaloneEndpoints.PassiveLivenessAsync(context, core));
    }
}

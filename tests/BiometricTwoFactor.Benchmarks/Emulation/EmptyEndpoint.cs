using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>What the emulator is held against: an endpoint that reads the same JSON and writes an answer of the same shape, and does nothing else.</summary>
internal static class EmptyEndpoint
{
    public static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, EmptyEndpointJson.Default));
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/v3/session/", (Request request) => Results.Json(
            new Answer(
                "11111111-2222-3333-4444-555555555555", 1, "3FaJ9wLqX2Mz", "http://127.0.0.1:40123/session/3FaJ9wLqX2Mz",
                request.VendorData, request.Metadata, "Not Started", request.WorkflowId, 1, request.Callback),
            EmptyEndpointJson.Default.Answer,
            statusCode: StatusCodes.Status201Created));
        return app;
    }

    internal sealed record Request(string WorkflowId, string? VendorData, string? Callback, JsonNode? Metadata);

    internal sealed record Answer(
        string SessionId, int SessionNumber, string SessionToken, string Url, string? VendorData, JsonNode? Metadata, string Status, string WorkflowId, int WorkflowVersion, string? Callback);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EmptyEndpoint.Request))]
[JsonSerializable(typeof(EmptyEndpoint.Answer))]
internal sealed partial class EmptyEndpointJson : JsonSerializerContext;

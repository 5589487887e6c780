using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

/// <summary>An emulator and a plain HTTP client of it that follows no redirects.</summary>
internal sealed class RelyingParty : IAsyncDisposable
{
    public const string ApiKey = "test-key-of-the-emulator";
    public const string Secret = "test-webhook-secret-0123456789";

    private RelyingParty(BiometricEmulator emulator, Receiver receiver)
    {
        Emulator = emulator;
        Receiver = receiver;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = emulator.BaseAddress };
        Http.DefaultRequestHeaders.Add("x-api-key", ApiKey);
    }

    public BiometricEmulator Emulator { get; }

    public Receiver Receiver { get; }

    public HttpClient Http { get; }

    public static async Task<RelyingParty> StartAsync(Action<BiometricEmulatorOptions>? configure = null)
    {
        var receiver = await Receiver.StartAsync();
        var options = new BiometricEmulatorOptions { ApiKey = ApiKey, WebhookSecret = Secret, WebhookUrl = receiver.Url };
        configure?.Invoke(options);
        return new RelyingParty(await BiometricEmulator.StartAsync(options), receiver);
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body) => Http.PostAsJsonAsync(path, body);

    public async Task<(int Status, JsonNode? Body)> CreateAsync(object request)
    {
        using var response = await PostAsync("/v3/session/", request);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonNode>());
    }

    /// <summary>A session that must be created.</summary>
    public async Task<Created> CreatedAsync(object request)
    {
        var (status, body) = await CreateAsync(request);
        Assert.Equal(201, status);
        var id = body!["session_id"]!.GetValue<string>();
        return new Created(SessionId.Parse(id), body["session_token"]!.GetValue<string>(), new Uri(body["url"]!.GetValue<string>()), body);
    }

    /// <summary>A session of the KYC workflow, which needs no stored face.</summary>
    public Task<Created> CreatedKycAsync(string user = "user-42") =>
        CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, vendor_data = user });

    public async Task<JsonNode> DecisionAsync(SessionId id)
    {
        using var response = await Http.GetAsync($"/v3/session/{id}/decision/");
        Assert.Equal(200, (int)response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    public async Task<(int Status, string Body)> SendAsync(HttpMethod method, string path, string? json = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, contentType);
        }

        using var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Emulator.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    internal sealed record Created(SessionId Id, string Token, Uri Url, JsonNode Answer);
}

using System.Net;
using System.Net.Http.Headers;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A mobile app: gRPC over HTTP/2 with a token, and the same token where it shows the face.</summary>
internal sealed class GrpcCaller : Caller
{
    private readonly HttpClient _http = new(new SocketsHttpHandler());
    private readonly string _token;

    public GrpcCaller(RelyingParty bank, string user)
        : base(bank, bank.NewBrowser())
    {
        _token = $"{user}.{Guid.NewGuid():N}";
        _http.BaseAddress = AddressOf(bank);
    }

    public string Token => _token;

    /// <summary>An address of its own for HTTP/2 that is spoken from the first byte.</summary>
    public static IPAddress Http2 { get; } = IPAddress.Parse("127.0.0.2");

    /// <summary>Where it is spoken.</summary>
    public static Uri AddressOf(RelyingParty bank) =>
        new(bank.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(address => address.Contains($"//{Http2}:", StringComparison.Ordinal)));

    public override Task<Outcome> ChangeAsync(string value) => CallAsync(GrpcCalls.Change, value);

    protected override Task<Outcome> PayToAsync(string amount, string account) => CallAsync(GrpcCalls.Pay, $"{amount}|{account}");

    public override async Task ShowFaceAsync(string challenge, string scenario = SandboxScenario.Approve)
    {
        await StartAsync(challenge);
        var callback = await Bank.Provider.CompleteAsync(Bank.LastSession().Id, scenario);
        HttpStatusCode status;
        do
        {
            using var claimed = await Payments.PostWithTokenAsync(Browser, "/biometric/claim", _token, ("code", callback!.Segments[^1]));
            status = claimed.StatusCode;
        }
        while (status == HttpStatusCode.Accepted);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    public override async Task ShowFaceOnlyAsync(string challenge)
    {
        await StartAsync(challenge);
        await Bank.Provider.CompleteAsync(Bank.LastSession().Id, SandboxScenario.Approve);
    }

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return base.DisposeAsync();
    }

    private async Task StartAsync(string challenge)
    {
        using var started = await Payments.PostWithTokenAsync(Browser, $"/biometric/start/{challenge}", _token);
        await Browser.ExpectAsync(HttpStatusCode.OK, started);
    }

    private async Task<Outcome> CallAsync(string method, string message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, method)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(GrpcCalls.Frame(message)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        using var answer = await _http.SendAsync(request);
        await Browser.ExpectAsync(HttpStatusCode.OK, answer);
        Assert.Equal("application/grpc", answer.Content.Headers.ContentType?.MediaType);
        if (answer.TrailingHeaders.TryGetValues("grpc-status", out var ended))
        {
            Assert.Equal(["0"], ended);
            return Outcome.Done;
        }

        return answer.Headers.TryGetValues("biometric-challenge", out var challenge)
            ? new Outcome(Ran: false, challenge.Single())
            : Outcome.Refused(answer.Headers.GetValues("biometric-type").Single());
    }
}

using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A connection to the hub with the cookies of a browser.</summary>
internal sealed class HubCaller : Caller
{
    private readonly HubConnection _connection;
    private readonly Channel<StepUpSignal> _signals = Channel.CreateUnbounded<StepUpSignal>();

    public Task<Outcome> LookAsync() => CallAsync("Look");

    private HubCaller(RelyingParty bank, Browser browser, Action<ClientWebSocketOptions>? configure)
        : base(bank, browser)
    {
        var address = new UriBuilder(new Uri(bank.Address, "/money")) { Scheme = "ws" }.Uri;
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new WebSockets(options =>
        {
            options.Cookies = browser.Cookies;
            configure?.Invoke(options);
        }));
        builder.Services.AddSingleton<System.Net.EndPoint>(new UriEndPoint(address));
        _connection = builder.Build();
        _connection.On<StepUpSignal>("BiometricStepUp", signal => _signals.Writer.TryWrite(signal));
    }

    public static async Task<HubCaller> ConnectAsync(RelyingParty bank, string user, Action<ClientWebSocketOptions>? configure = null) =>
        await ConnectAsync(bank, await bank.SignedInAsync(user), configure);

    public static async Task<HubCaller> ConnectAsync(RelyingParty bank, Browser browser, Action<ClientWebSocketOptions>? configure = null)
    {
        var caller = new HubCaller(bank, browser, configure);
        await caller._connection.StartAsync();
        return caller;
    }

    public override Task<Outcome> ChangeAsync(string value) => CallAsync("Change", value);

    public override async Task ReconnectAsync()
    {
        await _connection.StopAsync();
        await _connection.StartAsync();
    }

    protected override Task<Outcome> PayToAsync(string amount, string account) => CallAsync("Pay", new TransferRequest(amount, "EUR", account, "Ada Lovelace"));

    public override async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await base.DisposeAsync();
    }

    public Task<Outcome> MoveAsync(string from, string to, int steps) =>
        CallAsync("Move", new { Item1 = from, Item2 = to }, Enumerable.Range(0, steps).ToDictionary(step => $"step {step}"));

    private async Task<Outcome> CallAsync(string method, params object[] arguments)
    {
        try
        {
            await _connection.InvokeCoreAsync<string>(method, arguments);
            return Outcome.Done;
        }
        catch (HubException)
        {
            // Sent before the refusal; the client hands both on, each in its own time.
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            var signal = await _signals.Reader.ReadAsync(patience.Token);
            return signal.IsFaceRequired ? new Outcome(Ran: false, signal.ChallengeId) : Outcome.Refused(signal.Type);
        }
    }
}

using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The relying party of the model's runs: its endpoint writes down what it did, for whom, and by which approval.</summary>
internal sealed class ModelBank : IAsyncDisposable
{
    private ModelBank(RelyingParty party, ManualTime time, ConcurrentQueue<Execution> executions)
    {
        Party = party;
        Time = time;
        Executions = executions;
    }

    public RelyingParty Party { get; }

    public ManualTime Time { get; }

    public ConcurrentQueue<Execution> Executions { get; }

    public static async Task<ModelBank> StartAsync()
    {
        var time = new ManualTime();
        var executions = new ConcurrentQueue<Execution>();

        // Browsers throw cookies away by the real clock: the model's must not be behind it.
        time.Advance(DateTimeOffset.UtcNow.AddDays(1) - time.GetUtcNow());
        var party = await RelyingParty.StartAsync(setup =>
        {
            setup.Time = time;
            setup.CookieLifetime = TimeSpan.FromDays(3650); // who idles out does so by a step of its own
            setup.ConfigureServicesLast = services => services.Configure<LoggerFilterOptions>(filter => filter.MinLevel = LogLevel.Error);
            setup.Map = app =>
            {
                app.MapPost("/pay", ([FromForm] TransferRequest transfer, HttpContext context) => Execute(transfer, context))
                    .RequireBiometric(StepUpReason.HighValueTransaction, (TransferRequest transfer) => transfer.ToTransaction());
                app.MapPost("/api/pay", (TransferRequest transfer, HttpContext context) => Execute(transfer, context))
                    .RequireBiometric(StepUpReason.HighValueTransaction, (TransferRequest transfer) => transfer.ToTransaction());
            };
        });
        return new ModelBank(party, time, executions);

        string Execute(TransferRequest transfer, HttpContext context)
        {
            executions.Enqueue(new Execution(
                context.Features.Get<IBiometricApprovalFeature>()?.Challenge.Id,
                context.User.FindFirstValue(ClaimTypes.NameIdentifier),
                new Facts(transfer.Amount, transfer.Account)));
            return "executed";
        }
    }

    /// <summary>Moves the clock; longer times in pieces, so that what happens by itself happens on its way.</summary>
    public async Task WaitAsync(TimeSpan time)
    {
        var pieces = time > TimeSpan.FromMinutes(1) ? 4 : 1;
        for (var piece = 0; piece < pieces; piece++)
        {
            Time.Advance(time / pieces);
            await Party.SweepAsync();
            await Party.Provider.WebhooksIdleAsync();
        }
    }

    public ValueTask DisposeAsync() => Party.DisposeAsync();
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>A bank on a real socket whose transfers and step-ups are in one database.</summary>
internal sealed class Bank : IAsyncDisposable
{
    public const string Secret = "whsec-0123456789abcdef0123456789abcdef";
    private readonly WebApplication _app;

    private Bank(WebApplication app, ConcurrentQueue<StepUpEvent> events, LogCapture logs)
    {
        _app = app;
        Events = events;
        Logs = logs;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "alice.1");
    }

    public HttpClient Client { get; }

    public ConcurrentQueue<StepUpEvent> Events { get; }

    public LogCapture Logs { get; }

    public IStepUpStore Store => _app.Services.GetRequiredService<IStepUpStore>();

    public static async Task<Bank> StartAsync(Action<DbContextOptionsBuilder> database, string environment = "Development", bool create = true)
    {
        var events = new ConcurrentQueue<StepUpEvent>();
        var logs = new LogCapture();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.Services.AddAuthentication("Token").AddScheme<AuthenticationSchemeOptions, TokenHandler>("Token", null);
        builder.Services.AddAuthorization();
        builder.Services.AddSingleton(events);
        builder.Services.AddDbContext<BankContext>(database);
        builder.Services
            .AddBiometricStepUp(
                options =>
                {
                    options.WebhookSecrets.Add(new WebhookSecret(Secret));
                    options.Evidence.MasterKey = Samples.MasterKey;
                    options.Environment = ProviderEnvironment.Sandbox;
                    options.PublicOrigin = "https://bank.example";
                    options.Workflows.StepUp.Id = "step-up";
                    options.Workflows.Payment.Id = "payment";
                    options.MaxChallengesPerUser = 1_000;
                },
                client =>
                {
                    client.ApiKey = "key";
                    client.BaseAddress = new Uri("http://127.0.0.1:9");
                })
            .AddEntityFrameworkStore<BankContext>()
            .AddEnrolmentVoucher<Everybody>()
            .AddObserver<Listener>();
        var app = builder.Build();
        if (create)
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<BankContext>().Database.EnsureCreatedAsync();
        }

        app.MapBiometric();
        Map(app);
        await app.StartAsync();
        return new Bank(app, events, logs);
    }

    public async Task<HttpResponseMessage> PayAsync(string url, string? challenge = null, string? mode = null, string account = "DE89370400440532013000", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(new Payment("250.00", account)) };
        foreach (var (name, value) in new[] { ("Biometric-Challenge", challenge), ("X-Mode", mode), ("Idempotency-Key", key) })
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }

        return await Client.SendAsync(request);
    }

    /// <summary>Asks, and approves what was asked as the judge and the claim would.</summary>
    public async Task<string> ApprovedAsync(string url)
    {
        using var asked = await PayAsync(url);
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        var id = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("challengeId").GetString()!;
        var pending = (await Store.FindAsync(id))!;
        var now = TimeProvider.System.GetUtcNow();
        var approved = pending with { State = ChallengeState.Approved, ApprovedAt = now, ClaimedAt = now, ExecuteBy = now.AddMinutes(10), Version = pending.Version + 1 };
        Assert.Equal(ReplaceResult.Replaced, await Store.TryReplaceAsync(approved));
        return id;
    }

    public async Task<int> TransfersAsync()
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BankContext>().Transfers.CountAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static void Map(WebApplication app)
    {
        app.MapPost("/transfers", async (Payment payment, BankContext bank, HttpContext request) =>
            {
                var used = await bank.RunApprovedAsync(request, async cancellationToken =>
                {
                    bank.Transfers.Add(new TransferRow { Account = payment.Account });
                    if (ModeOf(request) == "fail")
                    {
                        await bank.SaveChangesAsync(cancellationToken);
                        throw new InvalidOperationException("The bank's own failure.");
                    }
                });
                return used.Outcome == ConsumeOutcome.Consumed ? Results.Ok() : Results.Conflict(used.Outcome.ToString());
            })
            .RequireBiometric(StepUpReason.HighValueTransaction, (Payment payment) => payment.ToTransaction(), endpoint => endpoint.UseInTransaction = true);
        app.MapPost("/own-transaction", async (Payment payment, BankContext bank, HttpContext request) =>
            {
                if (ModeOf(request) == "none")
                {
                    await bank.TryUseApprovalAsync(request);
                }

                return await bank.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
                {
                    await using var transaction = await bank.Database.BeginTransactionAsync();
                    var used = await bank.TryUseApprovalAsync(request);
                    if (used.Outcome != ConsumeOutcome.Consumed)
                    {
                        return Results.Conflict();
                    }

                    bank.Transfers.Add(new TransferRow { Account = payment.Account });
                    await bank.SaveChangesAsync();
                    if (ModeOf(request) == "rollback")
                    {
                        await transaction.RollbackAsync();
                        return Results.StatusCode(StatusCodes.Status422UnprocessableEntity);
                    }

                    await transaction.CommitAsync();
                    return Results.Ok();
                });
            })
            .RequireBiometric(StepUpReason.HighValueTransaction, (Payment payment) => payment.ToTransaction(), endpoint => endpoint.UseInTransaction = true);
        app.MapPost("/forgetful", (Payment payment) => Results.Ok(payment.Amount))
            .RequireBiometric(StepUpReason.HighValueTransaction, (Payment payment) => payment.ToTransaction(), endpoint => endpoint.UseInTransaction = true);
        app.MapPost("/plain", (Payment payment) => Results.Ok(payment.Amount))
            .RequireBiometric(StepUpReason.HighValueTransaction, (Payment payment) => payment.ToTransaction());
        app.MapPost("/kept/{id}", async (string id, StepUpService stepUps, BankContext bank, HttpContext request) =>
        {
            // A payment that the bank keeps itself, by the name of its challenge.
            var found = await stepUps.PrepareUseAsync(request, StepUpReason.HighValueTransaction, id, operationId: "draft-1");
            if (found.Outcome != ConsumeOutcome.Consumed)
            {
                return found.Outcome.ToString();
            }

            return (await bank.RunApprovedAsync(request, _ =>
            {
                bank.Transfers.Add(new TransferRow());
                return Task.CompletedTask;
            })).Outcome.ToString();
        }).RequireAuthorization();
        app.MapPost("/settings", async (BankContext bank, HttpContext request) =>
                (await bank.RunApprovedAsync(request, _ => Task.CompletedTask)).Outcome.ToString())
            .RequireBiometric(StepUpReason.SettingsChange, "Change", endpoint => endpoint.UseInTransaction = true);
    }

    private static string ModeOf(HttpContext request) => request.Request.Headers["X-Mode"].ToString();

    private sealed class Everybody : IEnrolmentVoucher
    {
        public ValueTask<bool> IsEnrolledAsync(string subject, CancellationToken cancellationToken = default) => new(true);
    }

    private sealed class Listener(ConcurrentQueue<StepUpEvent> events) : IStepUpObserver
    {
        public ValueTask OnEventAsync(StepUpEvent stepUpEvent, CancellationToken cancellationToken = default)
        {
            events.Enqueue(stepUpEvent);
            return ValueTask.CompletedTask;
        }
    }
}

using System.Collections;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Attacks on the webhook receiver: order of work, load, failures, and the pipeline around it.</summary>
public sealed partial class WebhookAttackTests
{
    [Fact]
    public async Task Attack_54_The_work_is_the_same_whichever_secret_signed_and_nothing_is_looked_up_before_that_is_known()
    {
        var calls = new ConcurrentQueue<string>();
        await using var held = await HeldApproval.StartAsync(setup =>
        {
            var (store, proxy) = StoreProxy.Create(setup.Time);
            proxy.Before = method => { calls.Enqueue(method); return Task.CompletedTask; };
            setup.ConfigureServices = services => services.AddSingleton(store);
        });
        calls.Clear();
        foreach (var session in (string[])[held.Delivery.SessionId.ToString(), "11111111-2222-4333-8444-555555555555"])
        {
            using var forged = await held.SendAsync(Text(held.Body.Replace(held.Delivery.SessionId.ToString(), session, StringComparison.Ordinal)), (WebhookHeaders.SignatureV2Name, new string('0', 64)));
            Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
        }

        Assert.DoesNotContain(calls, call => call is nameof(IStepUpStore.FindBySessionAsync) or nameof(IStepUpStore.FindForDeliveryAsync)
            or nameof(IStepUpStore.IsKnownSessionAsync) or nameof(IStepUpStore.IsStartInFlightAsync) or nameof(IStepUpStore.RecordEventAsync) or nameof(IStepUpStore.ParkAsync));
        await held.TheTrueOneCountsAsync();
        Assert.Contains(nameof(IStepUpStore.FindForDeliveryAsync), calls);

        // Every secret is tried, also after the one that fits, so that the time names none of them.
        var counts = new HashSet<int>();
        foreach (var signer in (int[])[0, 3, 7, -1])
        {
            var secrets = new CountingSecrets([.. Enumerable.Range(0, 8).Select(number => new WebhookSecret($"one-of-eight-secrets-in-a-row-{number}"))]);
            var signature = WebhookSigner.SignRaw(held.Bytes, signer < 0 ? new WebhookSecret("a-secret-that-nobody-here-knows") : secrets.All[signer]);
            var outcome = new WebhookVerifier(new WebhookVerifierOptions { Secrets = secrets }, held.Time).VerifySignature(held.Bytes, new WebhookHeaders { SignatureV2 = signature });
            Assert.Equal(signer < 0 ? WebhookOutcome.SignatureMismatch : WebhookOutcome.Valid, outcome);
            counts.Add(signer < 0 ? secrets.Reads / 2 : secrets.Reads); // one that fits nowhere is tried over the canonical form, too
        }

        Assert.Equal([8], counts);
    }

    [Fact]
    public async Task Attack_57_Two_hundred_deliveries_at_once_are_told_apart()
    {
        var handled = new Handled();
        await using var bank = await RelyingParty.StartAsync(setup => setup.ConfigureServices = services => services.AddSingleton<IWebhookEventHandler>(handled));
        var secret = new WebhookSecret(bank.Provider.WebhookSecret);
        var bodies = Enumerable.Range(0, 200).Select(number => Text($$"""{"event_id":"e-{{number}}","webhook_type":"user.updated","note":"{{new string('x', number * 20)}}"}""")).ToArray();

        // Every other one carries the signature of its neighbour, which is right for the neighbour at the very same moment.
        var statuses = await AllAtOnceAsync(200, number => PostAsync(bank, bodies[number], WebhookSigner.SignCanonical(bodies[number & ~1], secret)));
        for (var number = 0; number < 200; number++)
        {
            Assert.Equal(number % 2 == 0 ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, statuses[number]);
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"e-{number * 2}").Order(StringComparer.Ordinal), handled.Events.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Attack_58_What_was_not_finished_is_sent_again_and_counts_then()
    {
        var handled = new Handled();
        StoreProxy? proxy = null;
        await using var held = await HeldApproval.StartAsync(setup =>
        {
            var (store, around) = StoreProxy.Create(setup.Time);
            proxy = around;
            setup.EnvironmentName = "Staging"; // without the page that explains exceptions to developers
            setup.Options = options => options.PublicOrigin = "http://localhost";
            setup.ConfigureServices = services => services.AddSingleton(store).AddSingleton<IWebhookEventHandler>(handled);
        });

        // The store fails before the approval is written.
        proxy!.Before = method => method == nameof(IStepUpStore.TryReplaceAsync) ? throw new StepUpStoreException("The disk is full.") : Task.CompletedTask;
        using var failed = await held.SendTrueAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        proxy.Before = _ => Task.CompletedTask;
        await held.NothingHappenedAsync();

        // The application's own handler throws; the same event is handed to it again.
        var other = """{"event_id":"e-1","webhook_type":"user.updated"}"""u8.ToArray();
        handled.Work = _ => throw new IOException("The disk is full.");
        using var thrown = await held.SendSignedAsync(other);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, thrown.StatusCode);

        // It hangs, and the provider hangs up.
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        handled.Work = async cancellation =>
        {
            begun.SetResult();
            await using var registration = cancellation.Register(ended.SetResult);
            await ended.Task;
            cancellation.ThrowIfCancellationRequested();
        };
        using (var raw = await RawHttp.ConnectAsync(held.Bank.Address))
        {
            await raw.WriteAsync(
                RawHttp.Head(held.Bank.Address, $"{WebhookHeaders.SignatureV2Name}: {held.SignRaw(other)}", "Content-Type: application/json", $"Content-Length: {other.Length}"), other);
            await begun.Task;
        }

        await ended.Task;
        Assert.Empty(handled.Events);
        handled.Work = _ => Task.CompletedTask;
        using var again = await held.SendSignedAsync(other);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(["e-1"], handled.Events);
        await held.TheTrueOneCountsAsync();

        await held.Bank.Services.GetRequiredService<IHost>().StopAsync(); // every request is over then
        Assert.Equal([], held.Bank.Logs.All.Split('\n').Where(line => line.StartsWith("Error ", StringComparison.Ordinal) || line.StartsWith("Critical ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("signed-in callers only", true)]
    [InlineData("antiforgery for everything", true)]
    [InlineData("body read and rewound", true)]
    [InlineData("body read and left at its end", true)]
    [InlineData("body swallowed", false)]
    [InlineData("body half swallowed", false)]
    public async Task Attack_59_The_pipeline_around_the_endpoint_cannot_make_it_deaf_in_silence(string accident, bool counts)
    {
        await using var held = await HeldApproval.StartAsync(setup =>
        {
            setup.ConfigureServices = services =>
            {
                if (accident == "signed-in callers only")
                {
                    services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder()
                        .RequireAssertion(caller => caller.User.Identity?.IsAuthenticated == true || caller.Resource is not HttpContext http || !http.Request.Path.StartsWithSegments("/biometric", StringComparison.Ordinal)).Build());
                }
                else if (accident == "antiforgery for everything")
                {
                    services.AddControllersWithViews(options => options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute()));
                }
            };
            setup.Map = app => app.Use(async (context, next) =>
            {
                if (accident.StartsWith("body", StringComparison.Ordinal) && context.Request.Path.StartsWithSegments("/biometric/webhook", StringComparison.Ordinal))
                {
                    await SpoilAsync(context.Request, accident);
                }

                await next(context);
            });
        });
        if (counts)
        {
            await held.TheTrueOneCountsAsync();
            return;
        }

        // Nothing is left to verify: that is no forgery of the sender's, who is to send again while somebody reads the warning.
        using var lost = await held.SendTrueAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, lost.StatusCode);
        Assert.Contains("read before", held.Bank.Logs.All, StringComparison.Ordinal);
        await held.NothingHappenedAndNothingWasReadAsync();
    }

    private static async Task SpoilAsync(HttpRequest request, string accident)
    {
        if (accident is "body read and rewound" or "body read and left at its end")
        {
            request.EnableBuffering();
        }

        if (accident == "body half swallowed")
        {
            await request.Body.ReadExactlyAsync(new byte[10]);
            return;
        }

        await request.Body.CopyToAsync(Stream.Null);
        if (accident == "body read and rewound")
        {
            request.Body.Position = 0;
        }
    }

    /// <summary>The application's part of a delivery: does what the test wants, and notes what it finished.</summary>
    private sealed class Handled : IWebhookEventHandler
    {
        public ConcurrentQueue<string> Events { get; } = new();

        public Func<CancellationToken, Task> Work { get; set; } = _ => Task.CompletedTask;

        public async ValueTask HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken = default)
        {
            await Work(cancellationToken);
            Events.Enqueue(webhookEvent.EventId!);
        }
    }

    /// <summary>Secrets that count how often one of them is taken.</summary>
    private sealed class CountingSecrets(WebhookSecret[] all) : IList<WebhookSecret>
    {
        public WebhookSecret[] All { get; } = all;

        public int Reads { get; private set; }

        public int Count => All.Length;

        public bool IsReadOnly => true;

        public WebhookSecret this[int index]
        {
            get
            {
                Reads++;
                return All[index];
            }

            set => throw new NotSupportedException();
        }

        public int IndexOf(WebhookSecret item) => throw new NotSupportedException();

        public void Insert(int index, WebhookSecret item) => throw new NotSupportedException();

        public void RemoveAt(int index) => throw new NotSupportedException();

        public void Add(WebhookSecret item) => throw new NotSupportedException();

        public void Clear() => throw new NotSupportedException();

        public bool Contains(WebhookSecret item) => throw new NotSupportedException();

        public void CopyTo(WebhookSecret[] array, int arrayIndex) => throw new NotSupportedException();

        public bool Remove(WebhookSecret item) => throw new NotSupportedException();

        public IEnumerator<WebhookSecret> GetEnumerator() => throw new NotSupportedException();

        IEnumerator IEnumerable.GetEnumerator() => throw new NotSupportedException();
    }
}

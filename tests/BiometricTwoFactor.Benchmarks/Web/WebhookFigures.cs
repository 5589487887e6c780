using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// Webhooks over loopback: how many a second beside the least that any receiver does, and how soon a waiting client is
/// released. <c>-- webhooks [rounds] [deliveries a round] [connections] [memory|sqlite|release]</c>.
/// </summary>
internal static class WebhookFigures
{
    public const string Command = "webhooks";

    private const int Waiting = 100;

    /// <summary>So many rounds until the code that is measured is the code that stays.</summary>
    private const int WarmUps = 4;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (rounds, count, connections) = (Number(0, 9), Number(1, 2000), Number(2, 8));
        Machine.Introduce(string.Create(CultureInfo.InvariantCulture, $"{connections} connections, {rounds} rounds of {count} deliveries each, in turns"));
        Console.WriteLine("| deliveries a second | ours | least receiver | ratio |");
        if (arguments is not [.., "release" or "sqlite"])
        {
            await using var application = await WebhookApplication.StartAsync(sqlite: null);
            await CompareAsync("in memory", application, rounds, count, connections);
        }

        if (arguments is not [.., "release" or "memory"])
        {
            await CompareOnSqliteAsync(rounds, count, connections);
        }

        if (arguments is not [.., "sqlite" or "memory"])
        {
            await using var application = await WebhookApplication.StartAsync(sqlite: null);
            await ReleaseAsync(application, rounds);
        }

        return 0;

        int Number(int place, int otherwise) => arguments.Length > place && int.TryParse(arguments[place], CultureInfo.InvariantCulture, out var number) ? number : otherwise;
    }

    private static async Task CompareOnSqliteAsync(int rounds, int count, int connections)
    {
        var file = Path.Combine(Path.GetTempPath(), $"webhooks-{Environment.ProcessId}.db");
        try
        {
            await using var application = await WebhookApplication.StartAsync(file);
            await CompareAsync("SQLite, waiting for the disk", application, rounds, count, connections);
        }
        finally
        {
            foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*"))
            {
                File.Delete(left);
            }
        }
    }

    private static async Task CompareAsync(string what, WebhookApplication application, int rounds, int count, int connections)
    {
        using var http = Client(application, connections);
        do
        {
            var first = await application.WaitingAsync();
            await SendAsync(http, "/biometric/webhook", application.Delivery(first));
            if (await application.Store.FindAsync(first.Id) is not { State: ChallengeState.Approved })
            {
                throw new InvalidOperationException("The delivery approved nothing: there would be nothing to compare.");
            }
        }
        while (!await application.TryLearnDraftAsync()); // unless it has been chained meanwhile

        List<double> ours = [], theirs = [];
        for (var round = -WarmUps; round < rounds; round++)
        {
            var (mine, others) = round % 2 == 0 ? (await OursAsync(), await TheirsAsync()) : Swap(await TheirsAsync(), await OursAsync());
            if (round >= 0)
            {
                ours.Add(mine);
                theirs.Add(others);
            }
        }

        var ratios = ours.Zip(theirs, (one, other) => one / other).ToArray();
        Machine.Row($"| {what} | {Machine.Median(ours):0} | {Machine.Median(theirs):0} | {Machine.Median(ratios):0.00} ({ratios.Min():0.00} to {ratios.Max():0.00}) |");

        async Task<double> OursAsync()
        {
            var deliveries = new List<(byte[], string)>();
            for (var number = 0; number < count; number++)
            {
                deliveries.Add(application.Delivery(await application.WaitingAsync()));
            }

            return await RateAsync(connections, count, number => SendAsync(http, "/biometric/webhook", deliveries[number]));
        }

        async Task<double> TheirsAsync()
        {
            var waiting = new List<StepUpChallenge>();
            for (var number = 0; number < count; number++)
            {
                waiting.Add(await application.WaitingAsync());
            }

            application.ForPeer = waiting;
            var deliveries = waiting.ConvertAll(application.Delivery);
            return await RateAsync(connections, count, number => SendAsync(http, $"{WebhookApplication.Peer}/{number.ToString(CultureInfo.InvariantCulture)}", deliveries[number]));
        }

        static (double, double) Swap(double theirs, double ours) => (ours, theirs);
    }

    /// <summary>A hundred clients wait; one verdict after the other comes, each for one of them.</summary>
    private static async Task ReleaseAsync(WebhookApplication application, int rounds)
    {
        using var provider = Client(application, 4);
        using var clients = Client(application, Waiting + 4);
        List<double> released = [], accepted = [], plain = [];
        for (var round = -WarmUps; round < rounds; round++)
        {
            var waiters = new List<(StepUpChallenge Challenge, Task<long> Released)>();
            for (var client = 0; client < Waiting; client++)
            {
                waiters.Add(await WaitingClientAsync(application, clients, $"user-{client}", round + WarmUps));
            }

            foreach (var (challenge, waiter) in waiters)
            {
                var delivery = application.Delivery(challenge);
                var sent = Stopwatch.GetTimestamp();
                await SendAsync(provider, "/biometric/webhook", delivery);
                var answered = Stopwatch.GetTimestamp();
                var end = await waiter;
                var begun = Stopwatch.GetTimestamp();
                using (var answer = await provider.GetAsync("/plain"))
                {
                    answer.EnsureSuccessStatusCode();
                }

                if (round >= 0)
                {
                    plain.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
                    released.Add(Stopwatch.GetElapsedTime(sent, end).TotalMicroseconds);
                    accepted.Add(end < answered ? 0 : Stopwatch.GetElapsedTime(answered, end).TotalMicroseconds);
                }
            }
        }

        Console.WriteLine($"| {Waiting} clients wait, microseconds | median | p99 |");
        Machine.Row($"| one plain loopback request | {Machine.Median(plain):0} | {P99(plain):0} |");
        Machine.Row($"| from the webhook's answer to the client's release | {Machine.Median(accepted):0} | {P99(accepted):0} |");
        Machine.Row($"| from sending the webhook to the client's release | {Machine.Median(released):0} | {P99(released):0} |");
        Machine.Row($"p99 of the release, from the webhook's answer: {P99(accepted) / Machine.Median(plain):0.0} times the median plain request, {P99(accepted) / P99(plain):0.0} times its p99");

        static double P99(List<double> values) => values.Order().ElementAt((int)Math.Ceiling(values.Count * 0.99) - 1);
    }

    private static async Task<(StepUpChallenge Challenge, Task<long> Released)> WaitingClientAsync(WebhookApplication application, HttpClient http, string user, int number)
    {
        using var login = await http.GetAsync($"/login?user={user}");
        var cookie = login.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        using var asked = await GetAsync(http, $"/face/{number.ToString(CultureInfo.InvariantCulture)}", cookie);
        var id = asked.Headers.Location!.ToString().Split('/')[^1];
        var challenge = await application.AttachAsync((await application.Store.FindAsync(id))!);
        var url = $"/biometric/challenges/{id}?wait=30&version={challenge.Version.ToString(CultureInfo.InvariantCulture)}";
        return (challenge, ReleasedAsync());

        async Task<long> ReleasedAsync()
        {
            using var answer = await GetAsync(http, url, cookie);
            var end = Stopwatch.GetTimestamp();
            var state = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString();
            return state == "pending" ? throw new InvalidOperationException("Released by the clock, not by the verdict.") : end;
        }
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient http, string url, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add("Cookie", cookie);
        return await http.SendAsync(request);
    }

    private static async Task SendAsync(HttpClient http, string url, (byte[] Body, string Signature) delivery)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(delivery.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookHeaders.SignatureV2Name, delivery.Signature);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<double> RateAsync(int connections, int count, Func<int, Task> send)
    {
        var next = -1;
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            for (var number = Interlocked.Increment(ref next); number < count; number = Interlocked.Increment(ref next))
            {
                await send(number);
            }
        }));
        return count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static HttpClient Client(WebhookApplication application, int connections) =>
        new(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = application.Address };
}

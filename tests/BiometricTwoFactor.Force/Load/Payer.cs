using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Bank;
using BiometricTwoFactor.Emulator;
using Microsoft.EntityFrameworkCore;

namespace BiometricTwoFactor.Force;

/// <summary>A customer at a browser, who does not give up when a machine dies: the next one is asked the same.</summary>
internal sealed class Payer : IDisposable
{
    private const string Amount = "150.00";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Fleet _fleet;
    private readonly Steps _steps;
    private readonly Customer _customer;
    private readonly Browser _browser = new(CancellationToken.None);
    private string _last = "nothing was asked";
    private int _attempts;
    private int _failures;

    private Payer(Fleet fleet, Steps steps, Customer customer, Random chance)
    {
        _fleet = fleet;
        _steps = steps;
        _customer = customer;
        Chance = chance;
    }

    public Random Chance { get; }

    /// <summary>Attempts to use an approval.</summary>
    public int Attempts => _attempts;

    /// <summary>Those that the bank had no answer to, or a failure.</summary>
    public int Failures => _failures;

    public static async Task<Payer> SignedInAsync(Fleet fleet, Steps steps, int number, int seed)
    {
        var payer = new Payer(fleet, steps, await fleet.OpenAccountAsync(number), new Random(HashCode.Combine(number) ^ seed));
        await payer.SignInAsync();
        return payer;
    }

    public Payment NewPayment(string reference) => new(_customer.Id, reference);

    /// <summary>Asks for the transfer; false when the bank does not ask for a face.</summary>
    public Task<bool> AskAsync(Payment payment) => DecideAsync(async bank =>
    {
        var answer = await CallAsync(bank, payment, challengeId: null);
        payment.ChallengeId = answer.Text("challengeId");
        return IsTrouble(answer.Status) ? null : answer.Status == HttpStatusCode.Unauthorized && payment.ChallengeId is not null;
    });

    /// <summary>From the confirm page to the provider. The session, or null when the confirmation has ended.</summary>
    public async Task<SessionId?> StartAsync(Payment payment)
    {
        var started = await DecideAsync(async bank =>
        {
            var page = Met(await _browser.OpenAsync(new Uri(bank, $"/biometric/confirm/{payment.ChallengeId}")));
            if (IsTrouble(page.Status))
            {
                return null;
            }

            if (page.Forms.FirstOrDefault(form => form.Action.AbsolutePath.StartsWith("/biometric/start/", StringComparison.Ordinal)) is not { } form)
            {
                return false;
            }

            var answer = Met(await _browser.SubmitOnlyAsync(form));
            return IsTrouble(answer.Status) ? null : answer.Status is HttpStatusCode.SeeOther or HttpStatusCode.Redirect;
        });
        return started ? await SessionOfAsync(payment.ChallengeId!) : null;
    }

    /// <summary>The look into the camera; the callback, or null when the session is over.</summary>
    public async Task<Uri?> LookAsync(SessionId session, string scenario)
    {
        try
        {
            return await _fleet.Emulator.CompleteAsync(session, scenario);
        }
        catch (Exception over) when (over is ArgumentException or InvalidOperationException)
        {
            return null; // deleted with a challenge that ended, or finished before
        }
    }

    /// <summary>Claims; true when the approval is there.</summary>
    public async Task<bool> ClaimAsync(Payment payment, Uri callback)
    {
        var state = await InsistAsync<string>(async bank =>
        {
            var answer = await _browser.ClaimAsync(new WebPage(HttpStatusCode.OK, new Uri(bank, callback.AbsolutePath), ""));
            return IsTrouble(answer.Status) || answer.Status == HttpStatusCode.Accepted ? null : answer.Text("state") ?? "";
        });
        return payment.IsClaimed = state == "approved";
    }

    /// <summary>Uses the approval from several places at once, until the bank has said what became of it.</summary>
    public async Task UseAsync(Payment payment)
    {
        for (var patience = Stopwatch.StartNew(); !payment.IsSettled;)
        {
            List<Uri> banks = [];
            for (var many = Chance.Next(1, 4); many > 0; many--)
            {
                banks.Add(await _fleet.ServingAsync(Chance));
            }

            await Task.WhenAll(banks.Select(bank => TryUseAsync(payment, bank)));
            GiveUpAfter(patience);
            await Task.Delay(payment.IsSettled ? 0 : 20);
        }
    }

    /// <summary>One attempt, at one machine.</summary>
    public async Task TryUseAsync(Payment payment, Uri bank)
    {
        Interlocked.Increment(ref _attempts);
        try
        {
            _steps.Take();
            switch ((await CallAsync(bank, payment, payment.ChallengeId)).Status)
            {
                case HttpStatusCode.OK:
                    payment.Confirm();
                    break;
                case HttpStatusCode.Conflict:
                    payment.WasUsedBefore = true;
                    break;
                case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests:
                    payment.RefusedAt ??= TimeProvider.System.GetUtcNow();
                    break;
                default:
                    Interlocked.Increment(ref _failures);
                    break;
            }
        }
        catch (Exception failure) when (IsDeath(failure))
        {
            // What became of it shows in the ledger, and when it is asked again.
            Interlocked.Increment(ref _failures);
        }
    }

    public void Dispose() => _browser.Dispose();

    private async Task SignInAsync()
    {
        var confirm = await InsistAsync<WebPage>(async bank =>
        {
            var page = await _browser.OpenAsync(new Uri(bank, "/signin"));
            return await _browser.SubmitAsync(page.FormTo("/signin"), ("email", _customer.Email), ("password", DemoCustomers.Password));
        });
        var payment = new Payment(_customer.Id, "") { ChallengeId = Person.IdOf(confirm) };
        var session = await StartAsync(payment) ?? throw new ForceException($"The sign-in of {confirm.Path} could not be started: {_last}.");
        var callback = await LookAsync(session, SandboxScenario.Approve) ?? throw new ForceException("The sign-in's session was over.");
        var page = await _browser.FollowClaimAsync(new WebPage(HttpStatusCode.OK, new Uri(await _fleet.ServingAsync(Chance), callback.AbsolutePath), ""));
        page = page.Forms.FirstOrDefault(form => form.Id == "resume") is { } resume ? await _browser.SubmitAsync(resume) : page;
        if (!page.Shows("Good to see you"))
        {
            throw new ForceException($"The sign-in ended at {page.Path} ({(int)page.Status}).");
        }
    }

    private Task<ApiAnswer> CallAsync(Uri bank, Payment payment, string? challengeId) => _browser.CallAsync(
        HttpMethod.Post, new Uri(bank, "/api/transfers"), new TransferRequest(Person.PayeeName, Person.PayeeIban, Amount, payment.Reference), challengeId);

    private WebPage Met(WebPage page)
    {
        _last = $"{page.Path} answered {(int)page.Status}";
        return page;
    }

    private async Task<SessionId?> SessionOfAsync(string challengeId)
    {
        await using var bank = _fleet.Database.Open();
        var text = await bank.Database.SqlQueryRaw<string?>("""SELECT session_id AS "Value" FROM biometric_challenges WHERE id = {0}""", challengeId).SingleAsync();
        return text is null ? null : SessionId.Parse(text);
    }

    private async Task<T> InsistAsync<T>(Func<Uri, Task<T?>> call)
        where T : class
    {
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            try
            {
                var bank = await _fleet.ServingAsync(Chance);
                _steps.Take();
                if (await call(bank) is { } answer)
                {
                    return answer;
                }
            }
            catch (Exception failure) when (IsDeath(failure))
            {
                // Its machine is gone; the next one is asked.
            }

            GiveUpAfter(patience);
        }
    }

    private async Task<bool> DecideAsync(Func<Uri, Task<bool?>> call) => (bool)await InsistAsync<object>(async bank => await call(bank));

    private static bool IsTrouble(HttpStatusCode status) => status >= HttpStatusCode.InternalServerError;

    private static bool IsDeath(Exception failure) => failure is HttpRequestException or IOException or JsonException or OperationCanceledException;

    private static void GiveUpAfter(Stopwatch patience)
    {
        if (patience.Elapsed > Patience)
        {
            throw new ForceException($"The bank gave no answer in {Patience}.");
        }
    }
}

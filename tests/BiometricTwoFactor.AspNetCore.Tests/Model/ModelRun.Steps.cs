using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The steps, each with what must follow from it whoever takes it.</summary>
internal sealed partial class ModelRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private async Task PayAsync(Facts facts, string scenario)
    {
        if (await GetApprovalAsync(facts, scenario) is { } approved)
        {
            await ResumeAsync(approved, times: 1, changed: false);
        }
    }

    private async Task<KnownChallenge?> GetApprovalAsync(Facts facts, string scenario)
    {
        if (await AskAsync(facts) is not { } asked || !await StartAsync(asked))
        {
            return null;
        }

        await CaptureAsync(asked, scenario);
        await ComeBackAsync(asked);
        return asked;
    }

    private async Task PayByReviewAsync(Facts facts, Person confirming)
    {
        if (await AskAsync(facts) is { } asked && await StartAsync(asked))
        {
            await CaptureAsync(asked, SandboxScenario.ReviewFaceMatchBorderline);
            await ComeBackAsync(asked);
            await CheckAsync(); // it is seen in review before it is seen approved
            await ReviewAsync(asked, approved: true);
            await bank.Party.Provider.WebhooksIdleAsync();
            _person = confirming;
            await ConfirmAsync(asked);
            await ResumeAsync(asked, times: 1, changed: false);
        }
    }

    private async Task IdleOutAndBackAsync(Facts facts, string account)
    {
        if (await AskAsync(facts) is { } asked && await StartAsync(asked))
        {
            IdleOut();
            await CaptureAsync(asked, SandboxScenario.Approve);
            await ComeBackAsync(asked); // is told to sign in first
            await SignInAsync(_person, account);
            await ComeBackAsync(asked);
            await ResumeAsync(asked, times: 1, changed: false);
        }
    }

    private async Task<KnownChallenge?> AskAsync(Facts facts)
    {
        if (_person.Binding is null)
        {
            using var nobody = await _person.Browser.PostAsync("/pay", await FormAsync(facts));
            ReferenceModel.Require(!nobody.IsSuccessStatusCode && bank.Executions.IsEmpty, "nobody was asked, and answered");
            return null;
        }

        using var answer = await _person.Browser.PostAsync("/pay", await FormAsync(facts));
        Account(facts);
        return answer.StatusCode == HttpStatusCode.SeeOther && answer.Headers.Location!.ToString().StartsWith("/biometric/confirm/", StringComparison.Ordinal)
            ? Learn(Browser.IdOf(answer), facts)
            : null;
    }

    private async Task AskByApiAsync(Facts facts, KnownChallenge? named)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/pay")
        {
            Content = JsonContent.Create(new { amount = facts.Amount, currency = "EUR", account = facts.Account, name = "Ada Lovelace" }),
        };
        if (named is not null)
        {
            request.Headers.Add("Biometric-Challenge", named.Id);
        }

        using var answer = await _person.Browser.SendAsync(request);
        Account(facts);
        if (named is not null && named.Owner == _person.Binding && named.Facts != facts && !named.Executed)
        {
            named.Ended ??= "named for other facts";
        }

        if (answer.StatusCode == HttpStatusCode.Unauthorized && _person.Binding is not null
            && (await answer.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("challengeId", out var id))
        {
            Learn(id.GetString()!, facts);
        }
    }

    /// <summary>The same question may get the challenge that it has already, never somebody else's.</summary>
    private KnownChallenge Learn(string id, Facts facts)
    {
        if (_model.Find(id) is not { } known)
        {
            return _model.Add(id, facts, _person.Binding!, bank.Time.GetUtcNow());
        }

        ReferenceModel.Require(known.Owner == _person.Binding && known.Facts == facts, "somebody was given another's challenge");
        return known;
    }

    private async Task<bool> StartAsync(KnownChallenge target)
    {
        var others = await StatesAsync(target);
        using var answer = await _person.Browser.StartAsync(target.Id);
        if (_person.Binding != target.Owner)
        {
            ReferenceModel.Require(answer.StatusCode == HttpStatusCode.NotFound, $"a stranger's start was answered {(int)answer.StatusCode}");
        }

        foreach (var (other, state) in others.Where(entry => entry.Key.Owner != _person.Binding))
        {
            // A session that was returned twice ends both; a start ends nobody else's by itself (protocol 2.3).
            var now = await bank.Party.ChallengeAsync(other.Id);
            ReferenceModel.Require(now.State == state || !now.ReasonCodes.Contains(JudgementReason.NewerStarted, StringComparer.Ordinal), $"{other.Id} was ended by another sign-in's start");
        }

        if (answer.StatusCode != HttpStatusCode.SeeOther || !answer.Headers.Location!.IsAbsoluteUri)
        {
            return false;
        }

        ReferenceModel.Require(answer.Headers.Location.Authority == bank.Party.Provider.BaseAddress.Authority, "start leads elsewhere than to the provider");
        _person.Started = target;
        Attach(target, await bank.Party.ChallengeAsync(target.Id));
        return true;
    }

    private async Task<Dictionary<KnownChallenge, ChallengeState>> StatesAsync(KnownChallenge but)
    {
        var states = new Dictionary<KnownChallenge, ChallengeState>();
        foreach (var known in _model.Known.Where(known => known != but && known.Ended is null && !known.Executed))
        {
            states.Add(known, (await bank.Party.ChallengeAsync(known.Id)).State);
        }

        return states;
    }

    private async Task CaptureAsync(KnownChallenge target, string scenario)
    {
        if (target.Session is not { } session || bank.Party.Provider.FindSession(session) is not { Status: SessionStatus.NotStarted or SessionStatus.InProgress })
        {
            return;
        }

        if (scenario == SandboxScenario.Approve)
        {
            _model.Approved(session); // before the webhook that tells it
        }

        await bank.Party.Provider.CompleteAsync(session, scenario);
    }

    private async Task ReviewAsync(KnownChallenge target, bool approved)
    {
        if (target.Session is not { } session || bank.Party.Provider.FindSession(session) is not { Status: SessionStatus.InReview or SessionStatus.Approved or SessionStatus.Declined } found
            || found.Status == (approved ? SessionStatus.Approved : SessionStatus.Declined))
        {
            return;
        }

        if (approved)
        {
            _model.Approved(session);
        }
        else if (found.Status == SessionStatus.Approved)
        {
            Reach("reversed");
        }

        await bank.Party.Provider.ReviewAsync(session, approved);
    }

    /// <summary>The claim, by whoever has the code.</summary>
    private async Task<HttpStatusCode?> ComeBackAsync(KnownChallenge target)
    {
        if (target.Code is not { } code)
        {
            return null;
        }

        var before = await bank.Party.ChallengeAsync(target.Id);
        var owner = _person.Binding == target.Owner;
        var inTime = bank.Time.GetUtcNow() < target.AskedAt + TimeSpan.FromMinutes(10);
        target.Claimed |= owner && inTime;
        using var answer = await ClaimAsync(code);
        if (owner)
        {
            Reach($"claim answered {(int)answer.StatusCode}");
            return answer.StatusCode;
        }

        ReferenceModel.Require(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized, $"a stranger's claim was answered {(int)answer.StatusCode}");
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            ReferenceModel.Require(_person.Binding is null && _person.Started == target, "a stranger was asked to sign in again");
        }
        else if (before.IsOpen)
        {
            target.Ended ??= "claimed elsewhere";
        }

        return answer.StatusCode;
    }

    /// <summary>A claim waits for the verdict by the model's clock: when it begins to, its time passes.</summary>
    private async Task<HttpResponseMessage> ClaimAsync(string code)
    {
        var waiting = bank.Time.TimerOfAsync(Patience);
        var claim = _person.Browser.ClaimOnceAsync(new Uri(bank.Party.Address, $"/biometric/callback/{code}"));
        while (await Task.WhenAny(claim, waiting) == waiting)
        {
            waiting = bank.Time.TimerOfAsync(Patience);
            bank.Time.Advance(Patience);
        }

        return await claim;
    }

    private async Task ResumeAsync(KnownChallenge target, int times, bool changed)
    {
        using var page = await _person.Browser.GetAsync($"/biometric/resume/{target.Id}");
        if (_person.Binding != target.Owner)
        {
            ReferenceModel.Require(page.StatusCode != HttpStatusCode.OK, "a stranger was shown another's request");
            return;
        }

        if (page.StatusCode != HttpStatusCode.OK)
        {
            return;
        }

        var (action, fields) = Browser.FormOf(await page.Content.ReadAsStringAsync());
        var sent = target.Facts;
        if (changed)
        {
            sent = Facts.All.First(other => other != target.Facts);
            fields = [.. fields.Select(field => field.Name switch { "Amount" => (field.Name, sent.Amount), "Account" => (field.Name, sent.Account), _ => field })];
        }

        for (var time = 0; time < times; time++)
        {
            using var answer = await _person.Browser.PostAsync(action, fields);
            Account(sent);
            if (answer.StatusCode == HttpStatusCode.SeeOther && answer.Headers.Location!.ToString().StartsWith("/biometric/confirm/", StringComparison.Ordinal))
            {
                Learn(Browser.IdOf(answer), sent);
            }
        }

        if (changed && !target.Executed)
        {
            target.Ended ??= "resumed for other facts";
        }
    }

    private async Task CancelAsync(KnownChallenge target)
    {
        using var answer = await _person.Browser.PostAsync($"/biometric/cancel/{target.Id}", await _person.Browser.TokenAsync());
        if (_person.Binding != target.Owner)
        {
            ReferenceModel.Require(answer.StatusCode == HttpStatusCode.NotFound, "a stranger cancelled");
        }
        else if (!target.Executed)
        {
            target.Ended ??= "cancelled";
        }
    }

    /// <summary>After a review the subject confirms, from whatever sign-in; that sign-in then has it (protocol 6.7).</summary>
    private async Task ConfirmAsync(KnownChallenge target)
    {
        var before = await bank.Party.ChallengeAsync(target.Id);
        using var answer = await _person.Browser.PostAsync($"/biometric/confirm/{target.Id}", await _person.Browser.TokenAsync());
        var after = await bank.Party.ChallengeAsync(target.Id);
        if (after.ConfirmedAt == before.ConfirmedAt)
        {
            return;
        }

        ReferenceModel.Require(before.ConfirmedAt is null && target.SeenInReview && target.Claimed && _person.Binding?.Account == target.Owner.Account, "it was confirmed by somebody who may not");
        target.Owner = _person.Binding!;
        target.ConfirmedAt = bank.Time.GetUtcNow();
        Reach("confirmed");
    }

    private async Task SignInAsync(Person person, string account)
    {
        var started = person.Started is { } target ? (target, target.Owner) : default;
        await person.Browser.SignInAsync(account);
        if (person.Started is { } old && !(await bank.Party.ChallengeAsync(old.Id)).IsOpen)
        {
            // What the store has ended meanwhile is taken over by nobody; unless this sign-in ended it, as the model says below.
            person.Started = old.Owner.Account == account ? null : old;
        }

        _model.SignedIn(person, account);
        if (started.target is not null && started.target.Owner != started.Owner)
        {
            Reach("taken over");
        }
    }

    private async Task SignOutAsync()
    {
        await _person.Browser.SignOutAsync();
        _model.SignedOut(_person);
    }

    private void IdleOut()
    {
        if (_person.Browser.Cookies.GetCookies(bank.Party.Address)[".AspNetCore.Cookies"] is { } cookie)
        {
            cookie.Expired = true;
        }

        _person.Binding = null;
    }

    private async Task<(string Name, string Value)[]> FormAsync(Facts facts) =>
        [("Amount", facts.Amount), ("Currency", "EUR"), ("Account", facts.Account), ("Name", "Ada Lovelace"), await _person.Browser.TokenAsync()];
}

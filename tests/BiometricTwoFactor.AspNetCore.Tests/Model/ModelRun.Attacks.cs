using System.Net;
using System.Net.Http.Json;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The steps that only an attacker or an ailing provider takes.</summary>
internal sealed partial class ModelRun
{
    private static readonly EmulatorFaultKind[] Spoilt =
    [
        EmulatorFaultKind.WebhookDuplicate, EmulatorFaultKind.WebhookReorder, EmulatorFaultKind.WebhookWrongSecret, EmulatorFaultKind.WebhookStaleTimestamp,
        EmulatorFaultKind.WebhookTruncated, EmulatorFaultKind.VerdictWrongEcho, EmulatorFaultKind.VerdictMissingEcho, EmulatorFaultKind.VerdictOtherUser,
        EmulatorFaultKind.VerdictOtherWorkflow, EmulatorFaultKind.VerdictOtherEnvironment, EmulatorFaultKind.VerdictStatusCase, EmulatorFaultKind.VerdictUnknownStatus,
    ];

    private void Spoil(int pick) => bank.Party.Provider.Faults.Plan(new EmulatorFault { Kind = Spoilt[pick % Spoilt.Length] });

    private async Task ReleaseAsync()
    {
        var faults = bank.Party.Provider.Faults;
        faults.HoldWebhooks = false;
        faults.DropWebhooks = false;
        await faults.ReleaseWebhooksAsync();
        await bank.Party.Provider.WebhooksIdleAsync();
    }

    /// <summary>Another site makes the browser send what it likes, with its cookies and without our token.</summary>
    private async Task ForgePostAsync(Facts facts)
    {
        using var form = await _person.Browser.PostAsync("/pay", ("Amount", facts.Amount), ("Currency", "EUR"), ("Account", facts.Account), ("Name", "Ada Lovelace"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/pay")
        {
            Content = JsonContent.Create(new { amount = facts.Amount, currency = "EUR", account = facts.Account, name = "Ada Lovelace" }),
        };
        request.Headers.Add("Origin", "https://evil.example");
        using var json = await _person.Browser.SendAsync(request);
        ReferenceModel.Require(form.StatusCode != HttpStatusCode.SeeOther || _person.Binding is null, "a forged form was taken");
        ReferenceModel.Require(json.StatusCode == HttpStatusCode.BadRequest || _person.Binding is null, "forged JSON was taken");
        if (_model.Known.Count > 0)
        {
            foreach (var verb in new[] { "start", "cancel", "confirm" })
            {
                using var forged = await _person.Browser.PostAsync($"/biometric/{verb}/{_model.Known[^1].Id}");
                ReferenceModel.Require(forged.StatusCode == HttpStatusCode.BadRequest, $"a forged {verb} was taken");
            }
        }
    }

    private async Task ForgeWebhookAsync(KnownChallenge target)
    {
        if (target.Session is not { } session)
        {
            return;
        }

        var before = await bank.Party.ChallengeAsync(target.Id);
        using var answer = await Deliveries.SendAsync(bank.Party, Deliveries.Verdict(session.ToString(), target.Id), secret: "a-secret-that-the-attacker-made-up");
        ReferenceModel.Require(answer.StatusCode == HttpStatusCode.Unauthorized, "a forged webhook was taken");
        ReferenceModel.Require((await bank.Party.ChallengeAsync(target.Id)).ClaimedAt == before.ClaimedAt, "a forged webhook changed something");
    }

    /// <summary>Whoever recorded a delivery sends it again, byte for byte; so does the provider's own console.</summary>
    private async Task ReplayWebhookAsync(KnownChallenge target, int pick)
    {
        var recorded = bank.Party.Provider.Deliveries.Where(delivery => delivery.SessionId == target.Session).ToArray();
        if (recorded.Length > 0)
        {
            await bank.Party.Provider.RedeliverAsync(recorded[pick % recorded.Length]);
        }
    }

    private async Task GuessIdsAsync()
    {
        var guess = ChallengeIds.New();
        foreach (var verb in new[] { "start", "cancel", "confirm" })
        {
            using var answer = await _person.Browser.PostAsync($"/biometric/{verb}/{guess}", await _person.Browser.TokenAsync());
            ReferenceModel.Require(answer.StatusCode == HttpStatusCode.NotFound, $"a guessed id was answered {(int)answer.StatusCode} by {verb}");
        }

        using var claim = await ClaimAsync(guess);
        ReferenceModel.Require(claim.StatusCode == HttpStatusCode.NotFound, "a guessed code was found");
    }
}

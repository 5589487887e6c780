using System.Net;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// Carries one script out over real sockets and holds what happens against the model after each step. The attackers know
/// every id, code and address; what they lack are other people's cookies, the provider's secret and its key.
/// </summary>
internal sealed partial class ModelRun(ModelBank bank, int number, IDictionary<string, int> reached) : IDisposable
{
    private readonly ReferenceModel _model = new();
    private readonly Person[] _people = People(bank, number);
    private readonly HashSet<KnownChallenge> _ended = [];
    private Person _person = null!;

    public void Dispose() => Array.ForEach(_people, person => person.Dispose());

    public async Task RunAsync(Script script)
    {
        foreach (var person in _people.Where(person => person.Account is not null))
        {
            await SignInAsync(person, person.Account!);
        }

        for (var i = 0; i < script.Steps.Count; i++)
        {
            try
            {
                await TakeAsync(script.Steps[i]);
                await CheckAsync();
            }
            catch (Exception broken)
            {
                throw new ModelException($"Step {i + 1}, {script.Steps[i]}: {broken.Message}");
            }
        }

        try
        {
            await HonestWayOnAsync();
        }
        catch (Exception broken)
        {
            throw new ModelException($"The honest person is left without a way on: {broken.Message}");
        }
    }

    private static Person[] People(ModelBank bank, int number)
    {
        var (user, mallory) = ($"user-{number}", $"mallory-{number}");
        return
        [
            new Person(bank.Party.NewBrowser(), user, mallory), new Person(bank.Party.NewBrowser(), user, mallory),
            new Person(bank.Party.NewBrowser(), mallory, user), new Person(bank.Party.NewBrowser(), null, null),
        ];
    }

    private async Task TakeAsync(Step step)
    {
        _person = _people[step.Who];
        var facts = Facts.All[step.Pick % Facts.All.Length];
        var target = _model.Known.Count == 0 ? null : _model.Known[^(1 + (step.Which % _model.Known.Count))];
        switch (step.Verb)
        {
            case Verb.Pay: await PayAsync(facts, Scenario(step.Pick)); break;
            case Verb.GetApproval: await GetApprovalAsync(facts, Scenario(step.Pick)); break;
            case Verb.PayByReview: await PayByReviewAsync(facts, step.Pick < 6 ? _people[1] : _person); break;
            case Verb.IdleOutAndBack when _person.Account is { } account: await IdleOutAndBackAsync(facts, account); break;
            case Verb.Ask: await AskAsync(facts); break;
            case Verb.AskByApi: await AskByApiAsync(facts, step.Pick < 6 ? target : null); break;
            case Verb.SignOut: await SignOutAsync(); break;
            case Verb.IdleOut: IdleOut(); break;
            case Verb.SignIn when _person.Account is { } account: await SignInAsync(_person, account); break;
            case Verb.SignInAsOther when _person.OtherAccount is { } account: await SignInAsync(_person, account); break;
            case Verb.ForgePost: await ForgePostAsync(facts); break;
            case Verb.GuessIds: await GuessIdsAsync(); break;
            case Verb.HoldWebhooks: bank.Party.Provider.Faults.HoldWebhooks = true; break;
            case Verb.ReleaseWebhooks: await ReleaseAsync(); break;
            case Verb.DropWebhooks: bank.Party.Provider.Faults.DropWebhooks = true; break;
            case Verb.SpoilWebhook: Spoil(step.Pick); break;
            case Verb.FailOnce: bank.Party.Provider.Faults.FailNextRequests(1, 400, "{}"); break;
            case Verb.Wait: await bank.WaitAsync(TimeSpan.FromSeconds(Seconds[step.Pick % Seconds.Length])); break;
            default:
                if (target is not null)
                {
                    await TakeAsync(step, target);
                }

                break;
        }
    }

    private async Task TakeAsync(Step step, KnownChallenge target)
    {
        switch (step.Verb)
        {
            case Verb.Use when step.Pick < 8: await AskByApiAsync(target.Facts, step.Pick < 4 ? target : null); break;
            case Verb.Use: await AskAsync(target.Facts); break;
            case Verb.Start: await StartAsync(target); break;
            case Verb.Capture: await CaptureAsync(target, Scenario(step.Pick)); break;
            case Verb.ComeBack: await ComeBackAsync(target); break;
            case Verb.Resume: await ResumeAsync(target, times: 1, changed: false); break;
            case Verb.ResumeTwice: await ResumeAsync(target, times: 2, changed: false); break;
            case Verb.ResumeChanged: await ResumeAsync(target, times: 1, changed: true); break;
            case Verb.Cancel: await CancelAsync(target); break;
            case Verb.Confirm: await ConfirmAsync(target); break;
            case Verb.ForgeWebhook: await ForgeWebhookAsync(target); break;
            case Verb.ReplayWebhook: await ReplayWebhookAsync(target, step.Pick); break;
            case Verb.ReviewYes: await ReviewAsync(target, approved: true); break;
            case Verb.ReviewNo: await ReviewAsync(target, approved: false); break;
            case Verb.ReturnOldSession when target.Session is { } old: bank.Party.Provider.Faults.ReturnExistingSession = old; break;
        }
    }

    /// <summary>The store against the model, and nothing executed that no step accounts for.</summary>
    private async Task CheckAsync()
    {
        ReferenceModel.Require(bank.Executions.IsEmpty, "something was executed that this step did not ask for");
        foreach (var known in _model.Known)
        {
            var stored = await bank.Party.ChallengeAsync(known.Id);
            Attach(known, stored);
            _model.CheckStored(known, stored, bank.Time.GetUtcNow());
            if (known.Ended is { } end && _ended.Add(known))
            {
                Reach(end);
            }
        }
    }

    private void Attach(KnownChallenge known, StepUpChallenge stored)
    {
        if (stored.SessionId is { } session && known.Session is null)
        {
            known.Session = session;
            _model.Opened(session, known.Id, known.Facts);
            if (bank.Party.Provider.FindSession(session) is { } made)
            {
                ReferenceModel.Require(made.VendorData == known.Owner.Account, "the session is for another person");
                ReferenceModel.Require(made.Metadata!["amount"]!.GetValue<string>() == known.Facts.Amount, "the session is for another amount");
                known.Code = new Uri(made.Callback!).Segments[^1];
            }
        }
    }

    /// <summary>With the attacker gone, and after as much time as the limits demand, a fresh payment goes through.</summary>
    private async Task HonestWayOnAsync()
    {
        var faults = bank.Party.Provider.Faults;
        faults.HoldWebhooks = false;
        await faults.ReleaseWebhooksAsync();
        faults.Clear();
        for (var quarter = 0; quarter < 4; quarter++)
        {
            await bank.WaitAsync(TimeSpan.FromMinutes(5));
        }

        _person = _people[0];
        await CheckAsync();
        await SignInAsync(_person, _person.Account!);
        var facts = new Facts("77.00", "DE89370400440532013000");
        var asked = await AskAsync(facts) ?? throw new ModelException("nothing was asked");
        ReferenceModel.Require(await StartAsync(asked), "it cannot be started");
        await CaptureAsync(asked, SandboxScenario.Approve);
        ReferenceModel.Require(await ComeBackAsync(asked) == HttpStatusCode.OK, "it cannot be claimed");
        await ResumeAsync(asked, times: 1, changed: false);
        ReferenceModel.Require(asked.Executed, "it was approved and not carried out");
        await CheckAsync();
    }

    private void Reach(string what)
    {
        lock (reached)
        {
            reached[what] = reached.TryGetValue(what, out var times) ? times + 1 : 1;
        }
    }

    private void Account(Facts sent)
    {
        while (bank.Executions.TryDequeue(out var execution))
        {
            _model.CheckExecution(execution, _person.Binding, sent, bank.Time.GetUtcNow());
            Reach("executed");
        }
    }

    private static readonly int[] Seconds = [1, 3, 10, 30, 60, 120, 200, 300, 540, 600, 660, 26 * 60 * 60];

    private static string Scenario(int pick) => pick switch
    {
        < 7 => SandboxScenario.Approve,
        7 or 8 => SandboxScenario.ReviewFaceMatchBorderline,
        9 => SandboxScenario.DeclineLivenessAttack,
        10 => SandboxScenario.Abandon,
        _ => SandboxScenario.DeclineFaceMatchLowSimilarity,
    };
}

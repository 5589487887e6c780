using FsCheck;
using FsCheck.Fluent;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>What somebody does next. Whoever it is may try it on whatever challenge there is, their own or not.</summary>
internal enum Verb
{
    /// <summary>Asks, starts, captures, comes back and resumes, as an honest person in a hurry does.</summary>
    Pay = 0,

    /// <summary>The same up to the claim: an approval that waits for its use.</summary>
    GetApproval,

    /// <summary>The same by way of a reviewer, confirmed from this sign-in or the other.</summary>
    PayByReview,

    /// <summary>Idles out during a capture and signs in again in that browser.</summary>
    IdleOutAndBack,
    Ask,
    AskByApi,

    /// <summary>Tries to use an approval for exactly its facts, by name or without one.</summary>
    Use,
    Start,
    Capture,
    ComeBack,
    Resume,
    ResumeTwice,
    ResumeChanged,
    Cancel,
    Confirm,
    SignOut,
    IdleOut,
    SignIn,
    SignInAsOther,
    ForgePost,
    ForgeWebhook,
    ReplayWebhook,
    GuessIds,
    ReviewYes,
    ReviewNo,
    HoldWebhooks,
    ReleaseWebhooks,
    DropWebhooks,
    SpoilWebhook,
    ReturnOldSession,
    FailOnce,
    Wait,
}

/// <summary>One step. The numbers choose among what there is when it is taken, so that every shorter script is one too.</summary>
/// <param name="Verb">What is done.</param>
/// <param name="Who">By whom: 0 the honest person, 1 the same account elsewhere, 2 another account, 3 nobody.</param>
/// <param name="Which">To which challenge, the newest first.</param>
/// <param name="Pick">A choice within the verb: the payment, the scenario, the time.</param>
internal sealed record Step(Verb Verb, int Who, int Which, int Pick)
{
    public override string ToString() => $"{Verb}({Who},{Which},{Pick})";
}

/// <summary>A random interleaving of user, attacker, provider and clock.</summary>
internal sealed record Script(IReadOnlyList<Step> Steps)
{
    public static Arbitrary<Script> Any(int least, int most) => Arb.From(
        from count in Gen.Choose(least, most)
        from steps in Gen.ListOf(AnyStep(), count)
        select new Script([.. steps]),
        Shorter);

    public override string ToString() => string.Join(' ', Steps);

    private static Gen<Step> AnyStep() =>
        from verb in Gen.Frequency(
            (4, Gen.Constant(Verb.Pay)), (8, Gen.Constant(Verb.GetApproval)), (8, Gen.Constant(Verb.Use)), (2, Gen.Constant(Verb.PayByReview)), (2, Gen.Constant(Verb.IdleOutAndBack)), (7, Gen.Constant(Verb.Ask)), (4, Gen.Constant(Verb.AskByApi)), (9, Gen.Constant(Verb.Start)),
            (10, Gen.Constant(Verb.Capture)), (9, Gen.Constant(Verb.ComeBack)), (7, Gen.Constant(Verb.Resume)), (2, Gen.Constant(Verb.ResumeTwice)),
            (2, Gen.Constant(Verb.ResumeChanged)), (1, Gen.Constant(Verb.Cancel)), (4, Gen.Constant(Verb.Confirm)), (1, Gen.Constant(Verb.SignOut)),
            (2, Gen.Constant(Verb.IdleOut)), (4, Gen.Constant(Verb.SignIn)), (1, Gen.Constant(Verb.SignInAsOther)), (1, Gen.Constant(Verb.ForgePost)),
            (2, Gen.Constant(Verb.ForgeWebhook)), (2, Gen.Constant(Verb.ReplayWebhook)), (1, Gen.Constant(Verb.GuessIds)), (5, Gen.Constant(Verb.ReviewYes)),
            (2, Gen.Constant(Verb.ReviewNo)), (1, Gen.Constant(Verb.HoldWebhooks)), (3, Gen.Constant(Verb.ReleaseWebhooks)), (1, Gen.Constant(Verb.DropWebhooks)),
            (3, Gen.Constant(Verb.SpoilWebhook)), (1, Gen.Constant(Verb.ReturnOldSession)), (1, Gen.Constant(Verb.FailOnce)), (4, Gen.Constant(Verb.Wait)))
        from who in Gen.Frequency((10, Gen.Constant(0)), (4, Gen.Constant(1)), (2, Gen.Constant(2)), (1, Gen.Constant(3)))
        from which in Gen.Frequency((6, Gen.Constant(0)), (3, Gen.Constant(1)), (2, Gen.Choose(2, 6)))
        from pick in Gen.Choose(0, 11)
        select new Step(verb, who, which, pick);

    /// <summary>Large pieces first, then single steps: a script that fails is cut down to what it takes.</summary>
    private static IEnumerable<Script> Shorter(Script script)
    {
        var steps = script.Steps;
        for (var size = steps.Count / 2; size >= 1; size /= 2)
        {
            for (var at = 0; at + size <= steps.Count; at += size)
            {
                yield return new Script([.. steps.Take(at), .. steps.Skip(at + size)]);
            }
        }
    }
}

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>Challenges for tests.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What a durable store demands: the key that wraps the keys of the evidence.</summary>
    public const string MasterKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    public static StepUpChallenge New(string id, string subject = "alice") => new()
    {
        Id = id,
        Binding = new StepUpBinding { Tenant = "bank", Scheme = "Cookies", Subject = subject, SessionHash = "5e55" },
        VendorData = "user-42",
        Reason = "high_value_txn",
        Action = "POST /transfers",
        Digest = "d16e57-" + id,
        WorkflowId = "workflow",
        CreatedAt = Now,
        Deadline = Now.AddMinutes(10),
        Original = new OriginalRequest("GET", "/"),
    };

    public static async Task<StepUpChallenge> AddAsync(IStepUpStore store, StepUpChallenge challenge) =>
        await store.AddOrGetAsync(challenge, 1_000, Now.AddDays(-1)) ?? throw new InvalidOperationException("A limit was reached.");
}

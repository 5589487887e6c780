namespace BiometricTwoFactor.Mutation;

/// <summary>Code whose every comparison must be missed when it is gone, and the tests that must miss it.</summary>
/// <param name="Project">The project, by name.</param>
/// <param name="File">The file within it.</param>
/// <param name="Members">The members that count; all when there are none.</param>
/// <param name="TestProject">The project of the tests.</param>
/// <param name="Filters">Filters of the tests, the quick ones first; the next is tried when nothing has failed yet.</param>
internal sealed record Target(string Project, string File, string[] Members, string TestProject, string[] Filters)
{
    private const string Core = "BiometricTwoFactor";
    private const string Web = "BiometricTwoFactor.AspNetCore";
    private const string Durable = "BiometricTwoFactor.EntityFrameworkCore";

    private static readonly string[] Deliveries =
    [
        "FullyQualifiedName~Signature|FullyQualifiedName~Freshness|FullyQualifiedName~WebhookSecret|FullyQualifiedName~WebhookEvent|FullyQualifiedName~WebhookVector",
        "FullyQualifiedName!~UnicodeNfc",
    ];

    private static readonly string[] Store = ["FullyQualifiedName~InMemoryStepUpStore", "FullyQualifiedName~.Section"];

    /// <summary>True where the conditions stand in SQL; they are changed too.</summary>
    public bool IsSql { get; init; }

    public static IReadOnlyList<Target> All(string repository) =>
    [
        new(Core, "Webhooks/WebhookVerifier.cs", [], "BiometricTwoFactor.Tests", Deliveries),
        new(Core, "Webhooks/ChosenSignature.cs", [], "BiometricTwoFactor.Tests", Deliveries),
        new(Core, "Webhooks/SignatureCheck.cs", [], "BiometricTwoFactor.Tests", Deliveries),
        new(Core, "Webhooks/Freshness.cs", [], "BiometricTwoFactor.Tests", Deliveries),
        new(Core, "DynamicLinking/EchoCheck.cs", [], "BiometricTwoFactor.Tests", ["FullyQualifiedName~EchoCheck", "FullyQualifiedName!~UnicodeNfc"]),
        .. from path in Directory.EnumerateFiles(Path.Combine(repository, "src", Web, "Judging"), "VerdictJudge*.cs").Order(StringComparer.Ordinal)
           select new Target(Web, "Judging/" + Path.GetFileName(path), [], "BiometricTwoFactor.AspNetCore.Tests", ["FullyQualifiedName~Tests.Verdict|FullyQualifiedName~Tests.Alternative", "FullyQualifiedName~.Section"]),
        new(Web, "Store/InMemoryStepUpStore.Use.cs", [], "BiometricTwoFactor.AspNetCore.Tests", Store),
        new(Web, "Challenges/StepUpChallenge.cs", ["IsUsableAt"], "BiometricTwoFactor.AspNetCore.Tests", Store),
        new(Durable, "Store/ChallengeStatements.cs", [], "BiometricTwoFactor.EntityFrameworkCore.Tests", ["FullyQualifiedName~SqliteStoreTests"]) { IsSql = true },
    ];
}

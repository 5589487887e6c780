using System.Diagnostics;

namespace Bank;

/// <summary>
/// The bank showing by itself what it promises: the same application on free ports, driven over real HTTP, story by story.
/// </summary>
internal static class Walkthrough
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>In the order in which they are told.</summary>
    public static IReadOnlyList<Story> Stories { get; } =
    [
        new ApprovedTransfer(),
        new ApprovalUsedTwice(),
        new TransferByApi(),
        new AmountChanged(),
        new EchoChanged(),
        new SignedWithAnotherSecret(),
        new StatusInTheAddress(),
        new AnotherBrowser(),
        new ForgedForm(),
        new SessionComesBack(),
        new NotEnrolledThenEnrolled(),
        new SomebodyElsesPassport(),
        new DeclinedTransfer(),
        new InReviewThenApproved(),
        new SettingsChange(),
        new SignInOnNewDevice(),
        new RecoveryByFace(),
        new ProviderAway(),
    ];

    /// <summary>Tells all stories; 0 when everything that was checked holds, else 1.</summary>
    public static async Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken = default, params string[] settings)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var started = Stopwatch.GetTimestamp();
        await using var bank = await RunningBank.StartAsync(limit.Token, settings);
        await output.WriteLineAsync($"Alder Bank at {bank.Address}, the provider emulated at {bank.Emulator.BaseAddress}");

        List<string> failures = [];
        var checks = 0;
        foreach (var (number, story) in Stories.Index())
        {
            await output.WriteLineAsync($"\n{number + 1}. {story.Title}");
            using var scene = new Scene(bank, output, limit.Token);
            await TellAsync(story, scene);
            bank.Emulator.Faults.Clear();
            checks += scene.Checks;
            failures.AddRange(scene.Failures.Select(failure => $"{story.Title}: {failure}"));
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await output.WriteLineAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\n{Stories.Count} stories, {checks} checks, {failures.Count} failed, {seconds:0.0} s"));
        foreach (var failure in failures)
        {
            await output.WriteLineAsync($"FAILED  {failure}");
        }

        return failures.Count == 0 ? 0 : 1;
    }

    private static async Task TellAsync(Story story, Scene scene)
    {
        try
        {
            await story.TellAsync(scene);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The next story may still hold.
            scene.Check($"the story comes to its end ({failure.GetType().Name}: {failure.Message})", holds: false);
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The steps of one step-up, found together by its challenge.</summary>
public sealed class TracesTests
{
    [Fact]
    public async Task The_steps_of_a_payment_are_traced_by_its_challenge_and_name_nobody()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is BiometricDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice-of-the-traces");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var done = await browser.TransferAsync();

        var steps = ended.Where(activity => (string?)activity.GetTagItem("biometric.challenge.id") == id).Select(activity => activity.OperationName).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(["biometric.challenge", "biometric.judge", "biometric.use"], steps.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(ended, activity => activity.TagObjects.Any(tag => tag.Value?.ToString()?.Contains("alice-of-the-traces", StringComparison.Ordinal) == true));
    }
}

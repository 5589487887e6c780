extern alias fuzzing;

using fuzzing::BiometricTwoFactor.ReferenceMatcher.Fuzzing;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging;

/// <summary>A short run of the fuzzer; its own project runs it for as long as wanted.</summary>
public sealed class FuzzingTests
{
    [Fact]
    public async Task Half_a_minute_of_fuzzing_finds_nothing()
    {
        // A decoding that waits for a busy machine is no hang, so that the limit is far from what one takes.
        var options = new FuzzOptions(TimeSpan.FromSeconds(30), Seed: 3, Hang: TimeSpan.FromSeconds(60), Keep: null);
        var report = await Task.Run(() => FuzzLoop.Run(options));

        Assert.Empty(report.Findings);

        // That it was guided: without counters there are no edges, and only the seeds are kept.
        Assert.True(report.Edges > 300, $"{report.Edges} edges");
        Assert.True(report.Corpus > 100, $"{report.Corpus} inputs");
        Assert.Contains("decoded", report.Outcomes.Keys);
    }
}

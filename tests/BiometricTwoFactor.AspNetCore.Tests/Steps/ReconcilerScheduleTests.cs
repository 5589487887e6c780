namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The pauses between reads that nobody asked for.</summary>
public sealed class ReconcilerScheduleTests
{
    private static readonly ReconcilerOptions Options = new() { FirstPause = TimeSpan.FromSeconds(15), LongestPause = TimeSpan.FromMinutes(2) };

    [Theory]
    [InlineData(0, false, 15)]
    [InlineData(1, false, 30)]
    [InlineData(2, false, 60)]
    [InlineData(3, false, 120)]
    [InlineData(4, false, 120)]
    [InlineData(1_000_000, false, 120)]
    [InlineData(3, true, 120)]
    [InlineData(4, true, 240)]
    [InlineData(7, true, 1200)]
    [InlineData(int.MaxValue, true, 1200)]
    public void Pauses_double_up_to_their_cap(int reads, bool isInReview, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), ReconcilerSchedule.Pause(Options, reads, isInReview, chance: 1));
        Assert.Equal(TimeSpan.FromSeconds(seconds * 0.75), ReconcilerSchedule.Pause(Options, reads, isInReview, chance: 0));
    }
}

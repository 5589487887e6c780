namespace BiometricTwoFactor.ReferenceMatcher.Tests.HeadTurns;

/// <summary>From picture files to the verdict, with a head that is drawn and turned by code.</summary>
public sealed class DrawnTurnTests
{
    private static readonly double[] Steps = [.. Enumerable.Range(0, 11).Select(i => i / 10.0)];

    [Theory]
    [InlineData(HeadTurn.Left, HeadTurn.Right, 36)]
    [InlineData(HeadTurn.Right, HeadTurn.Left, -36)]
    public void A_solid_head_that_turns_as_asked_is_live_and_the_other_way_is_not(HeadTurn asked, HeadTurn other, double degrees)
    {
        ReadOnlyMemory<byte>[] frames = [.. Steps.Select(step => Frame(new DrawnFace { YawDegrees = degrees * step }))];
        var turned = TestFaces.Plain.CheckHeadTurn(frames, asked);
        Assert.Equal(HeadTurnOutcome.Turned, turned.Outcome);
        Assert.True(turned.IsLive);
        Assert.Empty(turned.Warnings);
        Assert.InRange(degrees < 0 ? -turned.MinYawDegrees : turned.MaxYawDegrees, 15, 45);
        Assert.Equal(HeadTurnOutcome.WrongWay, TestFaces.Plain.CheckHeadTurn(frames, other).Outcome);

        // A frame that cannot be read and one with nobody are lost, and do not stop the rest.
        (frames[4], frames[6]) = ("text"u8.ToArray(), TestFaces.Png(240, 240, new byte[240 * 240 * 3]));
        Assert.Equal(HeadTurnOutcome.Turned, TestFaces.Plain.CheckHeadTurn(frames, asked).Outcome);

        // Turned from one frame to the next: two photographs.
        ReadOnlyMemory<byte>[] cut = [.. Enumerable.Repeat(frames[0], 5), .. Enumerable.Repeat(frames[^1], 5)];
        Assert.False(TestFaces.Plain.CheckHeadTurn(cut, asked).IsLive);
    }

    [Theory]
    [InlineData(0.8)]
    [InlineData(0.7)]
    [InlineData(0.6)]
    public void A_picture_that_is_tilted_is_not_live(double narrowing)
    {
        ReadOnlyMemory<byte>[] frames = [.. Steps.Select(step => Frame(new DrawnFace { Narrowing = 1 - ((1 - narrowing) * step) }))];
        Assert.False(TestFaces.Plain.CheckHeadTurn(frames, HeadTurn.Left).IsLive);
        Assert.False(TestFaces.Plain.CheckHeadTurn(frames, HeadTurn.Right).IsLive);
    }

    private static byte[] Frame(DrawnFace face) => TestFaces.Png(240, 240, face with { X = 120, Y = 120, Size = 45 });
}

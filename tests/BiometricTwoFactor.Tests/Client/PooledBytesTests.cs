namespace BiometricTwoFactor.Tests.Client;

public sealed class PooledBytesTests
{
    private static PooledBytes Filled(out ReadOnlyMemory<byte> seen)
    {
        var bytes = new PooledBytes(64);
        bytes.GetSpan(64)[..64].Fill(0xAB);
        bytes.Advance(64);
        seen = bytes.Memory;
        return bytes;
    }

    [Fact]
    public void Memory_is_wiped_when_it_is_given_back()
    {
        // Rented from the shared pool, but nobody rents it between these two lines on this thread.
        Filled(out var seen).Dispose();
        Assert.False(seen.Span.Contains((byte)0xAB));
    }

    [Fact]
    public void Growing_keeps_the_content()
    {
        using var bytes = new PooledBytes(16);
        for (var i = 0; i < 10_000; i++)
        {
            bytes.GetSpan(1)[0] = (byte)i;
            bytes.Advance(1);
        }

        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => (byte)i), bytes.Memory.ToArray());
    }

    [Fact]
    public async Task Memory_that_is_still_being_sent_is_not_given_back()
    {
        var bytes = Filled(out var seen);
        var slow = new SlowStream();
        var sending = bytes.SendToAsync(slow, CancellationToken.None);
        bytes.Dispose();
        Assert.Equal(0xAB, seen.Span[0]);
        Assert.Throws<ObjectDisposedException>(() => bytes.Memory);
        slow.Gate.SetResult();
        await sending;
        Assert.Equal(0, seen.Span[0]);
    }

    private sealed class SlowStream : MemoryStream
    {
        public TaskCompletionSource Gate { get; } = new();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => await Gate.Task;
    }
}

using System.Threading.Channels;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Tells the chainer of this process that something was written. Many before it looks are one.</summary>
internal sealed class EvidenceSignal
{
    private readonly Channel<bool> _written = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public ChannelReader<bool> Reader => _written.Reader;

    public void Written() => _written.Writer.TryWrite(true);
}

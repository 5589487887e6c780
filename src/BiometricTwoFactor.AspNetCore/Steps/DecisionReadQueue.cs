using System.Threading.Channels;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Decision reads that need not, or must not, be waited for: a webhook is answered first (contract 4.8).</summary>
internal sealed class DecisionReadQueue
{
    // Bounded: what does not fit is caught by the read at the deadline.
    private readonly Channel<string> _ids = Channel.CreateBounded<string>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest });

    public ChannelReader<string> Reader => _ids.Reader;

    public void Ask(StepUpChallenge challenge) => _ids.Writer.TryWrite(challenge.Id);
}

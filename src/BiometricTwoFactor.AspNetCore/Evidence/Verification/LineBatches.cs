using System.Runtime.CompilerServices;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The lines of a file in batches, in the order of the file: the next ones are read and checked on other cores while one is
/// held against its neighbours. So many are on their way, and no more, however long the file is.
/// </summary>
internal sealed class LineBatches(Stream input, EvidenceVerifierOptions options)
{
    private const int MostCores = 8;

    /// <summary>So many bytes are on their way, or one batch, where a single line has more.</summary>
    private const long MostBytes = 8 * 1024 * 1024;

    private readonly int _most = Math.Min(Environment.ProcessorCount, MostCores) * 2;
    private readonly LineReader _reader = new(input);
    private readonly WebhookVerifier? _webhooks = RecordOpener.VerifierOf(options);
    private readonly Queue<(LineBatch Batch, Task Checked)> _running = new();
    private readonly Stack<LineBatch> _free = new();
    private bool _ended;

    public async IAsyncEnumerable<LineBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var bytes = 0L;
        try
        {
            for (;;)
            {
                while (!_ended && _running.Count < _most && bytes < MostBytes)
                {
                    var batch = await FillAsync(cancellationToken).ConfigureAwait(false);
                    bytes += batch.Length;
                    _running.Enqueue((batch, Task.Run(batch.Check, CancellationToken.None)));
                }

                if (!_running.TryPeek(out var next))
                {
                    yield break;
                }

                await next.Checked.ConfigureAwait(false);
                _running.Dequeue();
                yield return next.Batch;
                bytes -= next.Batch.Length;
                _free.Push(next.Batch);
            }
        }
        finally
        {
            // Whoever ends early leaves nothing running behind.
            await Task.WhenAll(_running.Select(running => running.Checked)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async ValueTask<LineBatch> FillAsync(CancellationToken cancellationToken)
    {
        var batch = _free.TryPop(out var used) ? used : new LineBatch(_webhooks);
        batch.Clear();
        while (!batch.IsFull)
        {
            if (!await _reader.NextAsync(cancellationToken).ConfigureAwait(false))
            {
                _ended = true;
                break;
            }

            batch.Add(_reader);
        }

        return batch;
    }
}

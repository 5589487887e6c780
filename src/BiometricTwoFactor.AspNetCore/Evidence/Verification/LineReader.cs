namespace BiometricTwoFactor.AspNetCore;

/// <summary>Lines of a stream as bytes, in one buffer that grows to the longest of them.</summary>
internal sealed class LineReader(Stream input)
{
    /// <summary>Far more than the largest delivery makes.</summary>
    public const int LongestLine = 64 * 1024 * 1024;

    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;
    private bool _ended;
    private bool _begun;

    /// <summary>The present line, without its line feed.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>True when the present line was too long and is not there.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>False when the last line of the file has no line feed: something may have been cut.</summary>
    public bool IsWhole { get; private set; }

    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        IsTooLong = false;
        if (!_begun)
        {
            _begun = true;
            await SkipMarkAsync(cancellationToken).ConfigureAwait(false);
        }

        var searched = _start;
        for (;;)
        {
            var feed = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                Take(searched + feed, next: searched + feed + 1, whole: true);
                return true;
            }

            searched = _end;
            if (_ended)
            {
                if (_start == _end && !IsTooLong)
                {
                    return false;
                }

                Take(_end, next: _end, whole: false);
                return true;
            }

            if (_end == _buffer.Length)
            {
                searched -= MakeRoom();
            }

            var read = await input.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            _ended = read == 0;
            _end += read;
        }
    }

    /// <summary>Editors and shells put a byte order mark before what they save as UTF-8.</summary>
    private async ValueTask SkipMarkAsync(CancellationToken cancellationToken)
    {
        const int Length = 3;
        while (!_ended && _end < Length)
        {
            var read = await input.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            _ended = read == 0;
            _end += read;
        }

        _start = _buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8) ? Length : 0;
    }

    private void Take(int end, int next, bool whole)
    {
        Line = IsTooLong ? default : _buffer.AsMemory(_start, end - _start);
        IsWhole = whole;
        _start = next;
    }

    /// <summary>By how much everything moved to the front.</summary>
    private int MakeRoom()
    {
        var moved = _start;
        if (_end - _start > LongestLine)
        {
            IsTooLong = true;
            moved = _start = _end; // what was read of it is thrown away
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end > _buffer.Length / 2)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        return moved;
    }
}

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Some lines of a file, copied, so that they can be checked while others are read. Used again and again.</summary>
internal sealed class LineBatch(WebhookVerifier? webhooks)
{
    /// <summary>Few, so that what a core works on stays near it.</summary>
    private const int MostLines = 32;

    /// <summary>A batch that has so much takes no further line.</summary>
    private const int Enough = 64 * 1024;

    /// <summary>Room that one long line needed is not kept: there are several of these.</summary>
    private const int MostKept = 1024 * 1024;

    private readonly RecordOpener _opener = new(webhooks);
    private readonly CheckedLine?[] _lines = new CheckedLine?[MostLines];
    private byte[] _text = new byte[Enough];

    public int Count { get; private set; }

    /// <summary>Bytes of text.</summary>
    public int Length { get; private set; }

    public bool IsFull => Count == MostLines || Length >= Enough;

    public CheckedLine this[int place] => _lines[place]!;

    public void Clear()
    {
        Count = Length = 0;
        if (_text.Length > MostKept)
        {
            _text = new byte[Enough];
        }
    }

    /// <summary>Takes the reader's present line.</summary>
    public void Add(LineReader reader)
    {
        var needed = Length + reader.Line.Length;
        if (needed > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(needed, _text.Length * 2));
        }

        reader.Line.CopyTo(_text.AsMemory(Length));
        var line = _lines[Count++] ??= new CheckedLine();
        line.Text = Length..needed;
        line.IsTooLong = reader.IsTooLong;
        line.IsWhole = reader.IsWhole;
        Length = needed;
    }

    /// <summary>Reads each line and checks it by itself.</summary>
    public void Check()
    {
        for (var place = 0; place < Count; place++)
        {
            var line = this[place];
            var text = _text.AsSpan(line.Text);
            line.ErasedKeys = [];
            line.IsRead = !line.IsTooLong && line.Line.TryRead(text, place > 0 ? this[place - 1].Line : null);
            if (line.IsRead && line.Line.Type == EvidenceNames.Entry)
            {
                _opener.Check(line, text);
            }
        }
    }
}

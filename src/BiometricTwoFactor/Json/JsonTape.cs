using System.Buffers;

namespace BiometricTwoFactor;

/// <summary>
/// A strictly parsed document in pooled memory: the bytes, the decoded texts of strings that had escapes, and a flat
/// array of nodes. Both forms of the signature and everything read afterwards come from this one parse
/// (protocol 6.3). Must be disposed exactly once; cursors into it end with it.
/// </summary>
internal struct JsonTape : IDisposable
{
    /// <summary>The depth that webhooks and answers of the provider may have.</summary>
    public const int DefaultMaxDepth = 16;

    /// <summary>The greatest depth that may be configured: readers and writers recurse.</summary>
    public const int GreatestMaxDepth = 64;

    private byte[]? _bytes;
    private JsonNode[]? _nodes;
    private readonly int _used;

    internal JsonTape(byte[] bytes, int used, JsonNode[] nodes)
    {
        _bytes = bytes;
        _used = used;
        _nodes = nodes;
    }

    /// <summary>The document's bytes, and behind them the decoded texts.</summary>
    public readonly byte[] Bytes => _bytes!;

    /// <summary>The nodes; index 0 is the root object.</summary>
    public readonly JsonNode[] Nodes => _nodes!;

    /// <summary>The root object.</summary>
    public readonly JsonCursor Root => new(_bytes!, _nodes!, 0);

    /// <summary>Parses a document; whoever gets <see cref="JsonReadError.None"/> disposes the tape.</summary>
    public static JsonReadError Parse(ReadOnlySpan<byte> json, int maxBytes, int maxDepth, out JsonTape tape)
    {
        tape = default;
        if (json.Length > maxBytes)
        {
            return JsonReadError.TooLarge;
        }

        return JsonTapeBuilder.Build(json, Math.Clamp(maxDepth, 1, GreatestMaxDepth), out tape);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bytes is { } bytes)
        {
            _bytes = null;
            ReturnCleared(bytes, _used);
        }

        if (_nodes is { } nodes)
        {
            _nodes = null;
            ArrayPool<JsonNode>.Shared.Return(nodes);
        }
    }

    /// <summary>Gives bytes back to the pool without what they said about a person.</summary>
    internal static void ReturnCleared(byte[] bytes, int used)
    {
        bytes.AsSpan(0, used).Clear();
        ArrayPool<byte>.Shared.Return(bytes);
    }
}

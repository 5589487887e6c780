namespace BiometricTwoFactor.AspNetCore;

/// <summary>Which factors an authentication has shown, from its entries in their order: one answer for the report and for the table.</summary>
internal sealed class FactorTally
{
    private const string Face = "face";

    private IReadOnlyList<string> _beside = [];
    private bool _used;

    /// <summary>The way of equal strength that took the face's place; null where none did.</summary>
    public string? Alternative { get; private set; }

    /// <summary>The face, where the use relied on it, and what was evidenced beside it or in its place.</summary>
    public IEnumerable<string> Words => _used && Alternative is null ? _beside.Prepend(Face) : _beside;

    public void Take(EvidenceContent? content)
    {
        _used |= content?.Use is not null;
        if (content?.Factors is { } evidenced)
        {
            (Alternative, _beside) = (evidenced.Alternative, evidenced.Factors);
        }
        else if (content?.Asked is { } asked)
        {
            _beside = asked.Factors;
        }
    }
}

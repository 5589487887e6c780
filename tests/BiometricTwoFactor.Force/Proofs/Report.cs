using System.Globalization;

namespace BiometricTwoFactor.Force;

/// <summary>What a proof found: figures, and what was broken.</summary>
internal sealed class Report(string title, int seed)
{
    private readonly List<(string Name, string Value)> _figures = [("seed", seed.ToString(CultureInfo.InvariantCulture))];
    private readonly List<string> _violations = [];

    public IReadOnlyList<string> Violations => _violations;

    public bool Holds => _violations.Count == 0;

    /// <summary>What the machines wrote, where something is broken.</summary>
    public string? Logs { get; set; }

    public Report Figure(string name, long value) => Figure(name, value.ToString("N0", CultureInfo.InvariantCulture));

    public Report Figure(string name, string value)
    {
        _figures.Add((name, value));
        return this;
    }

    /// <summary>A figure that has to be what was promised.</summary>
    public Report Promise(string name, long value, long promised = 0)
    {
        Figure(name, value);
        return value == promised ? this : Broken(string.Create(CultureInfo.InvariantCulture, $"{name}: {value} instead of {promised}"));
    }

    public Report Broken(string violation)
    {
        _violations.Add(violation);
        return this;
    }

    public override string ToString()
    {
        var lines = _figures.Select(figure => $"  {figure.Name,-36}{figure.Value,14}").Prepend($"{title}: {(Holds ? "holds" : "BROKEN")}");
        return string.Join(Environment.NewLine, lines.Concat(_violations.Select(violation => "  BROKEN  " + violation)));
    }
}

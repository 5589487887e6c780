using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Everything that one relying party measures, as <c>instrument{tag=value,…}</c> with what was added or recorded.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Series, double Value)> _measurements = new();

    /// <param name="services">Of the relying party: the meters of others are not heard.</param>
    public Measured(IServiceProvider services)
    {
        var scope = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, scope) && instrument.Meter.Name.StartsWith("BiometricTwoFactor", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Everything that was said, names and tags, for a look at its words.</summary>
    public string All => string.Join('\n', _measurements.Select(measured => measured.Series));

    /// <summary>How often a series was added to.</summary>
    public double Sum(string series) => _measurements.Where(measured => measured.Series == series).Sum(measured => measured.Value);

    /// <summary>How often something was recorded.</summary>
    public int Count(string series) => _measurements.Count(measured => measured.Series == series);

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measurements.Enqueue(($"{instrument.Name}{{{string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}}}", value));
}

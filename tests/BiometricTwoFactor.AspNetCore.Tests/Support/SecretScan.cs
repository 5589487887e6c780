using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// Looks through everything that a relying party of any test lets out: every log line with its scopes and exceptions, every
/// activity, every measurement, every answer over HTTP (attack 65). At the end of each test, so that the whole suite is the test.
/// </summary>
internal sealed class SecretScan : IDisposable
{
    private static readonly ConcurrentDictionary<SecretScan, bool> Running = new();
    private static readonly ActivityListener Activities = Listen();

    private readonly MeterListener _meters = new();
    private readonly ConcurrentQueue<string> _found = new();

    /// <summary>What no answer may hold either.</summary>
    private readonly ConcurrentDictionary<string, string> _keys = new(StringComparer.Ordinal);

    /// <summary>What its own browser knows: it must be in nothing that is written down.</summary>
    private readonly ConcurrentDictionary<string, string> _unwritten = new(StringComparer.Ordinal);

    public SecretScan(IServiceProvider services, BiometricEmulator provider)
    {
        _keys[provider.ApiKey] = "the API key";
        _keys[provider.WebhookSecret] = "the webhook secret";
        var scope = services.GetRequiredService<IMeterFactory>();
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, scope))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Measured(instrument, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Measured(instrument, tags));
        _meters.Start();
        Running[this] = true;
        GC.KeepAlive(Activities);
    }

    /// <summary>Somebody whose name nothing may write down. One of a few letters is found in anything.</summary>
    public void Person(string name)
    {
        if (name.Length >= 4)
        {
            _unwritten[name] = "the user name";
        }
    }

    /// <summary>The one-time code of a callback.</summary>
    public void Code(string code) => _unwritten[code] = "a callback's code";

    /// <summary>An answer over HTTP: headers and body.</summary>
    public void Answer(string text) => Look("an answer", text, _keys);

    /// <summary>Fails with what was seen and must not be.</summary>
    public void Check(LogCapture logs)
    {
        Running.TryRemove(this, out _);
        Look("a log", logs.All, _keys);
        Look("a log", logs.All, _unwritten);
        if (_found.TryPeek(out var found))
        {
            Assert.Fail(found);
        }
    }

    public void Dispose() => _meters.Dispose();

    private void Measured(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            Written("a measurement", $"{instrument.Name} {name}={value}");
        }
    }

    private void Written(string where, string text)
    {
        Look(where, text, _keys);
        Look(where, text, _unwritten);
    }

    private void Look(string where, string text, ConcurrentDictionary<string, string> secrets)
    {
        foreach (var (secret, what) in secrets)
        {
            var at = text.IndexOf(secret, StringComparison.Ordinal);
            if (at >= 0)
            {
                var start = text.LastIndexOf('\n', at) + 1;
                _found.Enqueue($"{what} is in {where}: {text[start..Math.Min(text.Length, start + 400)]}");
            }
        }
    }

    /// <summary>An activity does not say whose it is; what it must not hold is anybody's.</summary>
    private static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("BiometricTwoFactor", StringComparison.Ordinal) || source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                var text = string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Prepend(activity.DisplayName));
                foreach (var scan in Running.Keys)
                {
                    scan.Written("a trace", text);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace BiometricTwoFactor;

/// <summary>Measures requests to the provider. Tags are templates and codes: nothing of a person, a session or a key.</summary>
internal sealed class ProviderMetrics
{
    private readonly Histogram<double> _duration;

    /// <param name="factory">Null outside a container that has one.</param>
    public ProviderMetrics(IMeterFactory? factory) =>
        _duration = (factory?.Create(BiometricClientDiagnostics.MeterName) ?? new Meter(BiometricClientDiagnostics.MeterName)).CreateHistogram<double>(
            "biometric.provider.request.duration",
            unit: "s",
            description: "Duration of requests to the provider, retries included.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });

    /// <summary>Begins one request.</summary>
    /// <param name="client">The client's name, as it was registered; empty for the unnamed one.</param>
    /// <param name="method">Its method.</param>
    /// <param name="route">Its template.</param>
    /// <param name="time">The clock.</param>
    public Request Begin(string client, HttpMethod method, string route, TimeProvider time) => new(this, client, method, route, time);

    /// <summary>One request, from its begin to its end.</summary>
    internal sealed class Request : IDisposable
    {
        private readonly ProviderMetrics _metrics;
        private readonly TimeProvider _time;
        private readonly long _begun;
        private readonly Activity? _activity;
        private TagList _tags;

        public Request(ProviderMetrics metrics, string client, HttpMethod method, string route, TimeProvider time)
        {
            _metrics = metrics;
            _time = time;
            _begun = time.GetTimestamp();
            _activity = BiometricClientDiagnostics.Source.StartActivity($"{method.Method} {route}", ActivityKind.Client);
            Add("http.request.method", method.Method);
            Add("http.route", route);
            if (client.Length > 0)
            {
                Add("biometric.client", client);
            }
        }

        public void Answered(int status) => Add("http.response.status_code", status);

        public void Failed(BiometricException failure)
        {
            if (failure.Status is { } status)
            {
                Answered(status);
            }

            Failed(failure.Code.ToString());
        }

        /// <summary>Ended by its caller.</summary>
        public void Cancelled() => Failed("Cancelled");

        public void Dispose()
        {
            _metrics._duration.Record(_time.GetElapsedTime(_begun).TotalSeconds, _tags);
            _activity?.Dispose();
        }

        private void Failed(string type)
        {
            Add("error.type", type);
            _activity?.SetStatus(ActivityStatusCode.Error);
        }

        private void Add(string name, object value)
        {
            _tags.Add(name, value);
            _activity?.SetTag(name, value);
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LlmMetrics.Tests.Collection;

/// <summary>Another listener of the library's meter, as the OpenTelemetry SDK is one.</summary>
internal sealed class CountingListener : IDisposable
{
    private readonly ConcurrentDictionary<(string? Method, string? Endpoint, string? Status), long> _counts = new();
    private readonly MeterListener _listener = new();

    public CountingListener(LlmMetricsRuntime runtime)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == runtime.Registry.Meter && instrument.Name == "intelia.http.requests")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            _counts.AddOrUpdate(Key(tags), value, (_, sum) => sum + value));
        _listener.Start();
        runtime.Recorder.NoticeListeners();
    }

    public long Total => _counts.Values.Sum();

    public long Count(string method, string? endpoint, string status) => _counts
        .Where(one => one.Key.Method == method && one.Key.Status == status
            && (endpoint is null || one.Key.Endpoint == endpoint))
        .Sum(static one => one.Value);

    public void Dispose() => _listener.Dispose();

    private static (string?, string?, string?) Key(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? method = null, endpoint = null, status = null;
        foreach (var tag in tags)
        {
            _ = tag.Key switch
            {
                "method" => method = tag.Value as string,
                "endpoint" => endpoint = tag.Value as string,
                _ => status = tag.Value as string,
            };
        }

        return (method, endpoint, status);
    }
}

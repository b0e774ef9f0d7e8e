namespace LlmMetrics.Monitoring;

/// <summary>
/// What .NET 10 measures itself and this library passes on, as far as dashboards use it. Source: the pages "built-in
/// metrics" of the .NET documentation.
/// </summary>
internal static class FrameworkMetrics
{
    public static IReadOnlyList<AppMetric> All { get; } =
    [
        new("dotnet.process.cpu.time", MetricKind.Counter, "s", "cpu.mode"),
        new("dotnet.process.cpu.count", MetricKind.UpDownCounter, "{cpu}"),
        new("dotnet.process.memory.working_set", MetricKind.UpDownCounter, "By"),
        new("dotnet.gc.heap.total_allocated", MetricKind.Counter, "By"),
        new("dotnet.gc.last_collection.heap.size", MetricKind.UpDownCounter, "By", "gc.heap.generation"),
        new("dotnet.gc.pause.time", MetricKind.Counter, "s"),
        // .NET publishes these two as counters, though they fall; the adapter exposes them as gauges.
        new("dotnet.thread_pool.thread.count", MetricKind.Gauge, "{thread}"),
        new("dotnet.thread_pool.queue.length", MetricKind.Gauge, "{work_item}"),
        new("dotnet.exceptions", MetricKind.Counter, "{exception}", "error.type"),
        new(
            "http.server.request.duration", MetricKind.Histogram, "s",
            "http.request.method", "http.response.status_code", "http.route", "url.scheme", "error.type"),
        new("http.server.active_requests", MetricKind.UpDownCounter, "{request}", "http.request.method", "url.scheme"),
        new("kestrel.active_connections", MetricKind.UpDownCounter, "{connection}", "server.address", "server.port"),
        new(
            "http.client.request.duration", MetricKind.Histogram, "s",
            "http.request.method", "http.response.status_code", "server.address", "server.port", "error.type"),
    ];
}

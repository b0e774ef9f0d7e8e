using System.Collections.Concurrent;
using System.Diagnostics;
using LlmMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.AI.Tests;

/// <summary>A runtime whose clock the test moves, with the calls and spans that came of it.</summary>
internal sealed class Harness : ILlmCallObserver, IDisposable
{
    private readonly ConcurrentQueue<LlmCall> _calls = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private ActivityListener? _listener;

    public Harness(bool isRealTime = false)
    {
        Metrics = LlmMetricsRuntime.Create(builder =>
        {
            builder.Services.AddLlmMetrics(static options => options.Meters.Clear());
            builder.Services.AddSingleton<ILlmCallObserver>(this);
            if (!isRealTime)
            {
                builder.Services.AddSingleton<TimeProvider>(Time);
            }
        });
    }

    public ManualTimeProvider Time { get; } = new();

    public LlmMetricsRuntime Metrics { get; }

    public IReadOnlyCollection<LlmCall> Calls => _calls;

    public LlmCall Single => Assert.Single(_calls);

    public IReadOnlyCollection<Activity> Spans => _spans;

    public Harness Listen()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => ReferenceEquals(source, Metrics.Activities),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        return this;
    }

    /// <summary>The value (or a histogram's count) over all series with these tags; null if there are none.</summary>
    public double? Sum(string name, params (string Name, string Value)[] tags)
    {
        var found = Series(name, tags);
        return found.Length == 0 ? null : found.Sum(static series => series.Count > 0 ? series.Count : series.Value);
    }

    public MetricSeries[] Series(string name, params (string Name, string Value)[] tags) =>
        Metrics.GetSnapshot().TryGetFamily(name, out var family)
            ? [.. family.Where(series => Array.TrueForAll(tags, tag => Tag(series, tag.Name) == tag.Value))]
            : [];

    public void OnCall(in LlmCall llmCall) => _calls.Enqueue(llmCall);

    public void Dispose()
    {
        _listener?.Dispose();
        Metrics.Dispose();
    }

    private static string? Tag(MetricSeries series, string name)
    {
        foreach (var tag in series.Tags)
        {
            if (tag.Key == name)
            {
                return tag.Value?.ToString();
            }
        }

        return null;
    }
}

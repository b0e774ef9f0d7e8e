using System.Collections.Concurrent;
using LlmMetrics;

namespace MigrationApi;

/// <summary>The sessions that are open.</summary>
public sealed class Sessions
{
    private readonly ConcurrentDictionary<Guid, string> _open = new();

    /// <summary>Has them counted at each scrape.</summary>
    public Sessions(LlmMetricsRuntime metrics) => metrics.Business.ObservedGauge(
        "active_sessions", () => _open.Count, "{session}", "Sessions actuellement actives");

    /// <summary>Opens a session on a project.</summary>
    public Guid Open(string project)
    {
        var id = Guid.NewGuid();
        _open[id] = project;
        return id;
    }

    /// <summary>The project of a session; null if it is not open.</summary>
    public string? Find(Guid id) => _open.GetValueOrDefault(id);

    /// <summary>Closes a session.</summary>
    /// <returns>Whether it was open.</returns>
    public bool Close(Guid id) => _open.TryRemove(id, out _);
}

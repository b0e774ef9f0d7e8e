using System.Collections.Concurrent;
using LlmMetrics;

namespace MigrationApi;

/// <summary>The sessions that are open.</summary>
public sealed class Sessions(LlmMetricsRuntime metrics)
{
    private readonly ConcurrentDictionary<Guid, (string Project, BusinessSession Measured)> _open = new();

    /// <summary>Opens a session on a project.</summary>
    public Guid Open(string project)
    {
        var id = Guid.NewGuid();
        _open[id] = (project, metrics.Business.StartSession());
        return id;
    }

    /// <summary>The project of a session; null if it is not open.</summary>
    public string? Find(Guid id) => _open.TryGetValue(id, out var session) ? session.Project : null;

    /// <summary>Closes a session.</summary>
    /// <returns>Whether it was open.</returns>
    public bool Close(Guid id)
    {
        var wasOpen = _open.TryRemove(id, out var session);
        session.Measured?.Dispose();
        return wasOpen;
    }
}

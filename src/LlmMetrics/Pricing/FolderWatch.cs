using LlmMetrics.Collection;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Pricing;

/// <summary>
/// Asks the system to tell of changes in folders. Folders and not files, because what replaces a file is often a rename
/// beside it: editors write another file first, and Kubernetes swaps a link to another folder. Where that does not
/// work nothing is lost but the speed.
/// </summary>
internal sealed class FolderWatch(Action changed, ILogger logger) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FileSystemWatcher?> _watchers = new(StringComparer.Ordinal);
    private bool _isDisposed;

    /// <summary>Watches these folders, and no others.</summary>
    public void Watch(IEnumerable<string> folders)
    {
        lock (_gate)
        {
            var wanted = folders.ToHashSet(StringComparer.Ordinal);
            foreach (var gone in _watchers.Keys.Where(folder => !wanted.Contains(folder)).ToArray())
            {
                _watchers.Remove(gone, out var watcher);
                watcher?.Dispose();
            }

            foreach (var folder in wanted)
            {
                _watchers.TryAdd(folder, null);
            }
        }

        Repair();
    }

    /// <summary>Tries again to watch the folders that could not be watched, or no longer are.</summary>
    public void Repair()
    {
        lock (_gate)
        {
            foreach (var folder in _watchers.Keys.Where(folder => _watchers[folder] is null).ToArray())
            {
                _watchers[folder] = _isDisposed ? null : TryWatch(folder);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            foreach (var watcher in _watchers.Values)
            {
                watcher?.Dispose();
            }

            _watchers.Clear();
        }
    }

    private FileSystemWatcher? TryWatch(string folder)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder)
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite
                    | NotifyFilters.Size | NotifyFilters.CreationTime,
            };
            watcher.Changed += (_, _) => changed();
            watcher.Created += (_, _) => changed();
            watcher.Deleted += (_, _) => changed();
            watcher.Renamed += (_, _) => changed();
            watcher.Error += (_, _) => Forget(folder);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception exception)
        {
            // The folder is not there yet, or the system has no more notifications to give.
            watcher?.Dispose();
            SelfDiagnostics.Say(() => Log.NotWatched(logger, folder, exception.Message));
            return null;
        }
    }

    private void Forget(string folder)
    {
        lock (_gate)
        {
            if (_watchers.TryGetValue(folder, out var watcher))
            {
                _watchers[folder] = null;
                watcher?.Dispose();
            }
        }

        changed();
    }
}

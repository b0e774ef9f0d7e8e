using System.IO.Compression;
using LlmMetrics.Files;
using LlmMetrics.Format;
using Microsoft.Extensions.Logging;

namespace LlmMetrics;

/// <summary>Writes each snapshot to a file of its own, then applies the retention.</summary>
internal sealed class JsonFileExporter : IMetricsExporter, IDisposable
{
    private const int MaxAttempts = 20;

    private readonly MetricsFolder _folder;
    private readonly Retention _retention;
    private readonly SnapshotJsonWriter _writer;
    private readonly bool _compress;
    private readonly ILogger _logger;
    private bool _cannotDelete;
    private bool _started;

    public JsonFileExporter(JsonFileOptions options, ILogger<JsonFileExporter> logger)
    {
        var extension = options.Compress ? MetricsFileName.Compressed : MetricsFileName.Plain;
        _folder = new MetricsFolder(options.Directory, extension);
        _retention = new Retention(_folder.FullPath, options.MaxAge, options.MaxFiles, options.MaxTotalBytes);
        _writer = new SnapshotJsonWriter(options.Indented);
        _compress = options.Compress;
        _logger = logger;
    }

    /// <remarks>A disk may hang, so it is not lent the caller's thread. One call at a time is the contract.</remarks>
    public ValueTask ExportAsync(MetricsSnapshot snapshot, CancellationToken cancellationToken) =>
        new(Task.Run(() => Export(snapshot, cancellationToken), cancellationToken));

    public void Dispose() => _writer.Dispose();

    private void Export(MetricsSnapshot snapshot, CancellationToken cancellationToken)
    {
        var now = snapshot.Timestamp;
        string? written = null;
        try
        {
            RemoveStaleOnce();
            written = Write(snapshot, cancellationToken);
        }
        finally
        {
            // Also after a failure: a full disk is where old files are worth deleting.
            DeleteOld(written, now, cancellationToken);
        }
    }

    private string Write(MetricsSnapshot snapshot, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return WriteOnce(snapshot, cancellationToken);
            }
            catch (Exception exception) when (attempt < MaxAttempts
                && exception is FileNotFoundException or DirectoryNotFoundException)
            {
                // The folder was deleted, or a process that starts took the file for a stale one before it was locked.
            }
        }
    }

    private string WriteOnce(MetricsSnapshot snapshot, CancellationToken cancellationToken)
    {
        using var file = _folder.Create(snapshot.Timestamp);
        if (_compress)
        {
            using var gzip = new GZipStream(file.Stream, CompressionLevel.Fastest, leaveOpen: true);
            _writer.Write(snapshot, gzip, cancellationToken);
        }
        else
        {
            _writer.Write(snapshot, file.Stream, cancellationToken);
        }

        file.Publish();
        return file.Name;
    }

    private void RemoveStaleOnce()
    {
        if (!_started)
        {
            _folder.RemoveStale();
            _started = true;
        }
    }

    private void DeleteOld(string? written, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            if (written is not null)
            {
                _retention.Written(written);
            }

            _retention.Apply(now, cancellationToken);
            _cannotDelete = false;
        }
        catch (OperationCanceledException)
        {
            // The next export goes on where this one stopped.
        }
        catch (DirectoryNotFoundException)
        {
            // The write has reported it, or made the folder anew.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_cannotDelete)
            {
                _cannotDelete = true;
                Log.RetentionFailed(_logger, _folder.FullPath, exception);
            }
        }
    }
}

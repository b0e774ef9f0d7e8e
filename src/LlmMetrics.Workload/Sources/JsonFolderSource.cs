using System.IO.Compression;
using System.Text.Json;

namespace LlmMetrics.Workload.Sources;

/// <summary>The JSON files of a folder (docs/json-files.md), gathered to series by process, metric and tags.</summary>
internal sealed class JsonFolderSource : IMetricSource
{
    private const string Pattern = "metrics-*.json*";
    private const int SupportedVersion = 1;

    private readonly Dictionary<string, JsonMetric> _metrics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (double Start, double First)> _processes = new(StringComparer.Ordinal);
    private readonly string _folder;
    private double _windowStart = double.NegativeInfinity;

    private JsonFolderSource(string folder) => _folder = folder;

    public string Name => $"folder {_folder}";

    public double Start { get; private set; } = double.PositiveInfinity;

    public double End { get; private set; } = double.NegativeInfinity;

    public static JsonFolderSource Open(string folder, TimeSpan? window, CancellationToken cancellation)
    {
        var source = new JsonFolderSource(folder);
        var files = source.Files();
        if (window is { } length)
        {
            source._windowStart = (JsonFile.TimeOf(files[^1].Name) - length - DateTimeOffset.UnixEpoch).TotalSeconds;
        }

        foreach (var file in files.Where(file =>
            (JsonFile.TimeOf(file.Name) - DateTimeOffset.UnixEpoch).TotalSeconds >= source._windowStart))
        {
            cancellation.ThrowIfCancellationRequested();
            source.Add(file);
        }

        return source;
    }

    public Task UseUptimeAsync(MetricReference? uptime, CancellationToken cancellation) => Task.CompletedTask;

    public Task<IReadOnlyList<SampledSeries>> ReadAsync(
        MetricReference metric, SeriesPart part, CancellationToken cancellation) => Task.FromResult(
        _metrics.TryGetValue(metric.Name, out var found) ? found.Series(part) : []);

    public Task<(IReadOnlyList<double> Bounds, IReadOnlyList<double> Counts)?> ReadBucketsAsync(
        MetricReference metric, Func<IReadOnlyDictionary<string, string>, bool> take, CancellationToken cancellation) =>
        Task.FromResult(_metrics.TryGetValue(metric.Name, out var found) ? found.Buckets(take) : null);

    public Task<IReadOnlyList<string>> SuggestAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([.. _metrics.Keys.Where(Suggestions.IsLikely).Take(Suggestions.Max)]);

    private List<FileInfo> Files()
    {
        if (!Directory.Exists(_folder))
        {
            throw new WorkloadException(_folder, $"folder {_folder} does not exist: give the folder that "
                + "AddJsonFile writes to", isSource: true);
        }

        var all = new DirectoryInfo(_folder).GetFiles(Pattern)
            .Where(static file => JsonFile.IsOurs(file.Name))
            .OrderBy(static file => file.Name, StringComparer.Ordinal)
            .ToList();
        return all.Count > 0 ? all : throw new WorkloadException(
            _folder,
            $"folder {_folder} holds no file like metrics-20250215T143045123Z.json: nothing was measured there (see "
            + "docs/json-files.md), or the files are another program's",
            isSource: true);
    }

    private void Add(FileInfo file)
    {
        try
        {
            using var stream = file.OpenRead();
            using Stream plain = file.Name.EndsWith(".gz", StringComparison.Ordinal)
                ? new GZipStream(stream, CompressionMode.Decompress)
                : stream;
            using var document = JsonDocument.Parse(plain);
            Add(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or FormatException
            or InvalidOperationException or KeyNotFoundException)
        {
            throw new WorkloadException(
                file.FullName,
                $"{file.FullName} is broken or another program's ({e.Message}): move it out of the folder and run "
                    + $"again",
                isSource: true,
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorkloadException(file.FullName, $"{file.FullName} cannot be read: {e.Message}", isSource: true,
                e);
        }
    }

    private void Add(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schema_version", out var version)
            || !root.TryGetProperty("metrics", out var metrics) || metrics.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it has no schema_version and metrics");
        }

        if (version.GetInt32() != SupportedVersion)
        {
            throw new FormatException($"schema_version is {version.GetInt32()}, this version reads {SupportedVersion}");
        }

        var time = JsonFile.Seconds(root.GetProperty("timestamp").GetString()!);
        var start = JsonFile.Seconds(root.GetProperty("start_time").GetString()!);
        var instance = root.GetProperty("instance_id").GetString()!;
        if (!_processes.TryGetValue(instance, out var process))
        {
            _processes.Add(instance, process = (start, time));
        }

        // A process that was there before the window has totals that are older than the window.
        var isWhole = process.Start >= _windowStart;
        Start = Math.Min(Start, isWhole ? process.Start : process.First);
        End = Math.Max(End, time);
        foreach (var property in metrics.EnumerateObject())
        {
            if (!_metrics.TryGetValue(property.Name, out var metric))
            {
                _metrics.Add(property.Name, metric = new JsonMetric());
            }

            metric.Add(property.Value, instance, time, countsFromZero: isWhole || time > process.First);
        }
    }
}

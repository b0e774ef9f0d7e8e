namespace LlmMetrics;

/// <summary>
/// Settings of the JSON files. They bind from the section <c>LlmMetrics:JsonFile</c>; what code sets wins. They are
/// read once, at start.
/// </summary>
public sealed class JsonFileOptions
{
    /// <summary>Folder of the files. A relative path counts from the process's current directory.</summary>
    /// <value><c>metrics</c>.</value>
    /// <remarks>
    /// Created when it is missing, on Unix for the owner only (0700). An existing folder keeps its mode. Several
    /// processes may share one; each then applies its own limits to all files in it.
    /// </remarks>
    public string Directory { get; set; } = "metrics";

    /// <summary>Time between two files.</summary>
    /// <value>60 seconds. From 1 second to 1 day.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long writing one file may take before it is given up.</summary>
    /// <value>30 seconds. From 1 second to 10 minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Files older than this are deleted.</summary>
    /// <value>7 days. From 1 minute to 3650 days.</value>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>At most so many files are kept; the oldest are deleted first.</summary>
    /// <value>10,080: a week of one file per minute. From 1 to 1,000,000.</value>
    public int MaxFiles { get; set; } = 10_080;

    /// <summary>At most so many bytes are kept in all files together; the oldest are deleted first.</summary>
    /// <value>536,870,912 bytes (512 MiB). From 65,536 bytes to 1 PiB.</value>
    /// <remarks>The newest file is kept even when it alone is larger.</remarks>
    public long MaxTotalBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>Whether files are compressed with gzip; their names then end in <c>.json.gz</c>.</summary>
    /// <value>False.</value>
    public bool Compress { get; set; }

    /// <summary>Whether files are indented for reading by eye. They are then about twice as large.</summary>
    /// <value>False.</value>
    public bool Indented { get; set; }
}

namespace LlmMetrics;

/// <summary>
/// Options of the library. They are validated when the app starts, and bind from a section of the configuration if
/// <c>BindConfiguration</c> is called.
/// Precedence: code, configuration, environment, default.
/// </summary>
public sealed class LlmMetricsOptions
{
    /// <summary>Whether anything is measured. <c>OTEL_SDK_DISABLED=true</c> switches it off too.</summary>
    /// <value><see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Name of the service (<c>service.name</c>).</summary>
    /// <value><c>OTEL_SERVICE_NAME</c>, else the name of the host's application.</value>
    public string? ServiceName { get; set; }

    /// <summary>Version of the service (<c>service.version</c>).</summary>
    /// <value><c>OTEL_SERVICE_VERSION</c>, else the version of the entry assembly.</value>
    public string? ServiceVersion { get; set; }

    /// <summary>Resource attributes beside the service's.</summary>
    /// <value><c>OTEL_RESOURCE_ATTRIBUTES</c>.</value>
    public IDictionary<string, string> ResourceAttributes { get; } = new Dictionary<string, string>();

    /// <summary>Prefix of the names of business metrics.</summary>
    /// <value>That of the first profile that has one, else none.</value>
    public string? Prefix { get; set; }

    /// <summary>
    /// Whether metrics are aggregated in process, for the Prometheus, JSON and custom exporters and for snapshots.
    /// OTLP works without it.
    /// </summary>
    /// <value><see langword="true"/>.</value>
    public bool Collect { get; set; } = true;

    /// <summary>Names of meters of others whose instruments are collected too.</summary>
    /// <value>ASP.NET Core hosting and Kestrel, HttpClient, the runtime, Npgsql.</value>
    public IList<string> Meters { get; } =
    [
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Net.Http",
        "System.Runtime",
        "Npgsql",
    ];

    /// <summary>Patterns (<c>*</c>, <c>?</c>) of instruments to switch off, such as <c>llm.rate_limit.*</c>.</summary>
    /// <value>Empty.</value>
    public IList<string> DisabledInstruments { get; } = [];

    /// <summary>
    /// Patterns of tags to drop, such as <c>server.*</c>, or of one instrument's tags: <c>llm.calls:tenant</c>.
    /// </summary>
    /// <value>Empty.</value>
    public IList<string> DroppedTags { get; } = [];

    /// <summary>
    /// Tags that every metric of this library gets, such as a region. They do not count as cardinality.
    /// </summary>
    /// <value>Empty.</value>
    public IDictionary<string, string> ConstantTags { get; } = new Dictionary<string, string>();

    /// <summary>Bounds on tag values and series.</summary>
    public CardinalityOptions Cardinality { get; } = new();

    /// <summary>Where prices come from, beside those that the library brings along.</summary>
    /// <value>The embedded prices alone.</value>
    public PriceOptions Prices { get; } = new();

    /// <summary>What may be spent on language models: by the app, by features, by tenants.</summary>
    /// <value>Empty.</value>
    public IList<BudgetOptions> Budgets { get; } = [];

    /// <summary>
    /// File in which budgets keep what is spent, so that a restart does not forget it. Processes on one machine that
    /// share it have their budgets in common.
    /// </summary>
    /// <value><see langword="null"/>: what is spent is forgotten with the process.</value>
    /// <remarks>
    /// It holds names of budgets, features and tenants, and is readable by its owner only. It is written every ten
    /// seconds, when a threshold is reached, and at shutdown: a process that is killed loses at most that much. Put it
    /// on a local disk.
    /// </remarks>
    public string? BudgetStateFile { get; set; }

    /// <summary>How active users are counted.</summary>
    public ActiveUsersOptions ActiveUsers { get; } = new();

    /// <summary>
    /// How long a collection waits for callbacks of observable instruments before it goes on without.
    /// </summary>
    /// <value>5 seconds. 10 milliseconds to 5 minutes.</value>
    public TimeSpan CollectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Hides series from snapshots that have not changed for this long. Hidden series lose nothing: they come back
    /// with their total when they change. Live values and open calls are never hidden.
    /// </summary>
    /// <value><see langword="null"/>: series are never hidden. 1 second to 365 days.</value>
    /// <remarks>Whether a series has changed is seen at snapshots only, so it is hidden a little later.</remarks>
    public TimeSpan? HideIdleAfter { get; set; }

    /// <summary>How long the last export at shutdown may take.</summary>
    /// <value>5 seconds. 0 to 5 minutes.</value>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(5);
}

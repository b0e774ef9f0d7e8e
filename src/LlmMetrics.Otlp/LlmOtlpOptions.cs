namespace LlmMetrics;

/// <summary>
/// Settings of OTLP. They bind from the section <c>LlmMetrics:Otlp</c>; what code sets wins over it, and both win over
/// the <c>OTEL_*</c> variables. What is null is left to the variable, else to the default. Read once, at start.
/// </summary>
public sealed class LlmOtlpOptions
{
    /// <summary>
    /// Base URL of the receiver. With <see cref="LlmOtlpProtocol.HttpProtobuf"/> the path of the signal
    /// (<c>/v1/metrics</c>, <c>/v1/traces</c>) is always appended.
    /// </summary>
    /// <value>
    /// Null: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, else <c>http://localhost:4318</c> (<c>:4317</c> for gRPC).
    /// <c>OTEL_EXPORTER_OTLP_METRICS_ENDPOINT</c> and <c>…_TRACES_ENDPOINT</c> are used as they are.
    /// </value>
    /// <remarks>User info in the URL is not sent. Use <see cref="Headers"/>.</remarks>
    public Uri? Endpoint { get; set; }

    /// <summary>How OTLP is carried.</summary>
    /// <value>Null: <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, else <see cref="LlmOtlpProtocol.HttpProtobuf"/>.</value>
    public LlmOtlpProtocol? Protocol { get; set; }

    /// <summary>What is sent.</summary>
    /// <value>
    /// Null: both, less what <c>OTEL_METRICS_EXPORTER=none</c> or <c>OTEL_TRACES_EXPORTER=none</c> takes away.
    /// </value>
    public LlmOtlpSignals? Signals { get; set; }

    /// <summary>Token that is sent as <c>Authorization: Bearer …</c>.</summary>
    /// <value>Null: the header, if any, comes from <see cref="Headers"/> or the variable.</value>
    /// <remarks>A secret: it is never logged. Take it from a secret store or the environment, not from code.</remarks>
    public string? BearerToken { get; set; }

    /// <summary>Headers of every request, which win over those of <c>OTEL_EXPORTER_OTLP_HEADERS</c>.</summary>
    /// <value>Empty.</value>
    /// <remarks>Values are taken for secrets and never logged. They cannot contain commas.</remarks>
    public IDictionary<string, string> Headers { get; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Time between two exports of metrics.</summary>
    /// <value>Null: <c>OTEL_METRIC_EXPORT_INTERVAL</c>, else 60 seconds. From 100 milliseconds to 1 day.</value>
    public TimeSpan? Interval { get; set; }

    /// <summary>How long a request may take, its retries included.</summary>
    /// <value>Null: <c>OTEL_EXPORTER_OTLP_TIMEOUT</c>, else 10 seconds. From 100 milliseconds to 10 minutes.</value>
    public TimeSpan? Timeout { get; set; }

    /// <summary>How long the last export at shutdown may take.</summary>
    /// <value>5 seconds. From 100 milliseconds to 5 minutes.</value>
    /// <remarks>The end of the pipeline may take a quarter of a second more.</remarks>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Names of further activity sources whose spans are sent, so that the traces of a request stay whole. Add your
    /// own; clear it to send this library's spans only.
    /// </summary>
    /// <value><c>Microsoft.AspNetCore</c>, <c>System.Net.Http</c>, <c>Npgsql</c>.</value>
    public IList<string> ActivitySources { get; } = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];
}

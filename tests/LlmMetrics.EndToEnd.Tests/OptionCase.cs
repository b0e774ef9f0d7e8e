namespace LlmMetrics.EndToEnd.Tests;

/// <summary>A wrong value of one option, and what the start must say of it.</summary>
/// <param name="Options">The class of the option.</param>
/// <param name="Property">The option.</param>
/// <param name="Key">Its key in the configuration.</param>
/// <param name="Value">How the message shows the wrong value; secrets are never shown.</param>
/// <param name="Allowed">What the message says is allowed.</param>
internal sealed record OptionCase(Type Options, string Property, string Key, string Value, string Allowed)
{
    /// <summary>Sets the wrong value.</summary>
    public required Action<object> Break { get; init; }

    /// <summary>Every option that can be wrong, of every package.</summary>
    public static IReadOnlyList<OptionCase> All { get; } =
    [
        Of<LlmMetricsOptions>("ServiceName", "", "has 300 characters", "1 to 256", o => o.ServiceName = Long(300)),
        Of<LlmMetricsOptions>("ServiceVersion", "", "has 0 characters", "1 to 256", o => o.ServiceVersion = ""),
        Of<LlmMetricsOptions>("Prefix", "", "'9 lives'", "begin with a letter", o => o.Prefix = "9 lives"),
        Of<LlmMetricsOptions>(
            "ResourceAttributes", "", "without a name", "needs one", o => o.ResourceAttributes[" "] = "x"),
        Of<LlmMetricsOptions>("ConstantTags", "", "without a name", "needs one", o => o.ConstantTags[""] = "x"),
        Of<LlmMetricsOptions>("Meters", "", "empty entry", "write a name", o => o.Meters.Add(" ")),
        Of<LlmMetricsOptions>(
            "DisabledInstruments", "", "empty entry", "write a name", o => o.DisabledInstruments.Add("")),
        Of<LlmMetricsOptions>("DroppedTags", "", "empty entry", "write a name", o => o.DroppedTags.Add("")),
        Of<LlmMetricsOptions>(
            "CollectTimeout", "", "00:00:00", "between 00:00:00.0100000 and 00:05:00", o => o.CollectTimeout = default),
        Of<LlmMetricsOptions>(
            "HideIdleAfter", "", "-1.00:00:00", "between 00:00:01 and 365.00:00:00",
            o => o.HideIdleAfter = -TimeSpan.FromDays(1)),
        Of<LlmMetricsOptions>(
            "ShutdownTimeout", "", "01:00:00", "between 00:00:00 and 00:05:00",
            o => o.ShutdownTimeout = TimeSpan.FromHours(1)),
        Of<LlmMetricsOptions>(
            "Cardinality", ":MaxValuesPerField", "0", "between 1 and 100000", o => o.Cardinality.MaxValuesPerField = 0),
        Of<LlmMetricsOptions>(
            "Cardinality", ":MaxSeriesPerMetric", "9", "between 10 and 1000000",
            o => o.Cardinality.MaxSeriesPerMetric = 9),
        Of<LlmMetricsOptions>(
            "Cardinality", ":MaxValues:Agent", "-7", "between 1 and 100000",
            o => o.Cardinality.MaxValues[FactField.Agent] = -7),
        Of<LlmMetricsOptions>(
            "ActiveUsers", ":Window", "00:00:00", "between 00:00:01 and 1.00:00:00",
            o => o.ActiveUsers.Window = default),
        Of<LlmMetricsOptions>(
            "ActiveUsers", ":MaxUsers", "0", "between 100 and 10000000", o => o.ActiveUsers.MaxUsers = 0),
        Of<LlmMetricsOptions>(
            "Budgets", ":0:LimitUsd", "-1", "above 0",
            o => o.Budgets.Add(new BudgetOptions { Name = "b", LimitUsd = -1 })),
        Of<LlmMetricsOptions>(
            "Prices", ":ReloadInterval", "00:00:00", "between 00:00:00.1000000 and 1.00:00:00",
            o => o.Prices.ReloadInterval = TimeSpan.Zero),
        Of<LlmMetricsOptions>("BudgetStateFile", "", "' '", "the path of a file", o => o.BudgetStateFile = " "),
        Of<LlmMetricsHealthOptions>(
            "MaxExportAge", "", "00:00:00", "between 00:00:01 and 45.00:00:00",
            o => o.MaxExportAge = TimeSpan.Zero),
        Of<LlmMetricsHealthOptions>("MaxErrorRate", "", "2", "and 1", o => o.MaxErrorRate = 2),
        Of<LlmMetricsHealthOptions>("MinCalls", "", "0", "between 1 and 1000000", o => o.MinCalls = 0),
        Of<LlmMetricsHealthOptions>(
            "Window", "", "1.00:00:00", "between 00:00:10 and 01:00:00", o => o.Window = TimeSpan.FromDays(1)),
        Of<JsonFileOptions>("Directory", "", "''", "the path of a folder", o => o.Directory = ""),
        Of<JsonFileOptions>(
            "Interval", "", "2.00:00:00", "between 00:00:01 and 1.00:00:00", o => o.Interval = TimeSpan.FromDays(2)),
        Of<JsonFileOptions>("Timeout", "", "00:00:00", "between 00:00:01 and 00:10:00", o => o.Timeout = default),
        Of<JsonFileOptions>("MaxAge", "", "00:00:00", "between 00:01:00 and 3650.00:00:00", o => o.MaxAge = default),
        Of<JsonFileOptions>("MaxFiles", "", "0", "between 1 and 1000000", o => o.MaxFiles = 0),
        Of<JsonFileOptions>(
            "MaxTotalBytes", "", "-1", "between 65536 and 1125899906842624", o => o.MaxTotalBytes = -1),
        Of<LlmOtlpOptions>(
            "Endpoint", "", "ftp://x", "an absolute http or https URL", o => o.Endpoint = new Uri("ftp://x")),
        Of<LlmOtlpOptions>("Protocol", "", "9", "HttpProtobuf or Grpc", o => o.Protocol = (LlmOtlpProtocol)9),
        Of<LlmOtlpOptions>(
            "Signals", "", "64", "None, Metrics, Traces or All", o => o.Signals = (LlmOtlpSignals)64),
        Of<LlmOtlpOptions>("BearerToken", "", "not shown", "visible ASCII", o => o.BearerToken = "sk secret"),
        Of<LlmOtlpOptions>("Headers", "", "'a b'", "a header name", o => o.Headers["a b"] = "sk secret"),
        Of<LlmOtlpOptions>(
            "Interval", "", "00:00:00", "between 00:00:00.1000000 and 1.00:00:00", o => o.Interval = TimeSpan.Zero),
        Of<LlmOtlpOptions>(
            "Timeout", "", "01:00:00", "between 00:00:00.1000000 and 00:10:00",
            o => o.Timeout = TimeSpan.FromHours(1)),
        Of<LlmOtlpOptions>(
            "ShutdownTimeout", "", "00:00:00", "between 00:00:00.1000000 and 00:05:00",
            o => o.ShutdownTimeout = default),
        Of<LlmOtlpOptions>("ActivitySources", "", "empty entry", "write a name", o => o.ActivitySources.Add(" ")),
        Of<PrometheusOptions>("BearerToken", "", "(not shown)", "16 to 4096", o => o.BearerToken = "sk secret"),
        Of<PrometheusListenerOptions>("Port", "", "70000", "between 0 and 65535", o => o.Port = 70_000),
        Of<PrometheusListenerOptions>("Host", "", "'example.com'", "an IP address", o => o.Host = "example.com"),
        Of<PrometheusListenerOptions>(
            "PathBase", "", "'prom/'", "begin with a slash", o => o.PathBase = "prom/"),
        Of<LlmMetricsHandlerOptions>(
            "ProviderHosts", "", "'https://llm.acme.com'", "a host",
            o => o.ProviderHosts["https://llm.acme.com"] = "x"),
        Of<LlmMetricsHandlerOptions>(
            "IncludeUsageHosts", "", "'a b'", "a host", o => o.IncludeUsageHosts.Add("a b")),
        Of<LlmMetricsHandlerOptions>(
            "Apis", "", "'a..b'", "a path of one to 8 names",
            o => o.Apis.Add(new LlmApi("x", "/y") { ResponseModel = "a..b" })),
    ];

    private static string SectionOf(Type options) => options switch
    {
        _ when options == typeof(LlmMetricsOptions) => "LlmMetrics",
        _ when options == typeof(JsonFileOptions) => "LlmMetrics:JsonFile",
        _ when options == typeof(LlmOtlpOptions) => "LlmMetrics:Otlp",
        _ when options == typeof(LlmMetricsHealthOptions) => "AddHealthChecks.AddLlmMetrics(llm)",
        _ when options == typeof(LlmMetricsHandlerOptions) => "AddLlmMetricsHandler(llm)",
        _ => "LlmMetrics:Prometheus",
    };

    private static string Long(int length) => new('x', length);

    private static OptionCase Of<T>(string property, string below, string value, string allowed, Action<T> change)
        where T : class =>
        new(typeof(T), property, $"{SectionOf(typeof(T))}:{property}{below}", value, allowed)
        {
            Break = options => change((T)options),
        };
}

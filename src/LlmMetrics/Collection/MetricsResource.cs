namespace LlmMetrics;

/// <summary>Who measured. Named after the OpenTelemetry resource conventions.</summary>
public sealed class MetricsResource
{
    internal MetricsResource(IReadOnlyDictionary<string, string> attributes) => Attributes = attributes;

    /// <summary><c>service.name</c>.</summary>
    public string ServiceName => Attributes["service.name"];

    /// <summary><c>service.version</c>, if known.</summary>
    public string? ServiceVersion => Attributes.GetValueOrDefault("service.version");

    /// <summary><c>service.instance.id</c>: different in every process.</summary>
    public string InstanceId => Attributes["service.instance.id"];

    /// <summary>All attributes, the ones above included.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; }
}

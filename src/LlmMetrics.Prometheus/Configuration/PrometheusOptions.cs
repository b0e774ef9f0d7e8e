namespace LlmMetrics;

/// <summary>
/// Settings of the Prometheus endpoint. Section <c>LlmMetrics:Prometheus</c> of the host's configuration; what is set
/// in code wins. Read once, at start.
/// </summary>
public sealed class PrometheusOptions
{
    internal const string Section = LlmMetricsNames.ConfigurationSection + ":Prometheus";

    /// <summary>
    /// A token that scrapers must send as <c>Authorization: Bearer …</c>. Without it the endpoint answers whoever
    /// reaches it, unless the host protects it, as with <c>MapLlmMetrics().RequireAuthorization()</c>.
    /// </summary>
    /// <value><see langword="null"/>: none is asked for. 16 to 4,096 characters of RFC 6750's <c>b64token</c>.</value>
    /// <remarks>A secret: it is compared in constant time, and never logged or shown in an error.</remarks>
    public string? BearerToken { get; set; }

    /// <summary>Whether <c>target_info</c> is exposed: the resource's attributes, such as the service's name.</summary>
    /// <value><see langword="true"/>.</value>
    public bool IncludeTargetInfo { get; set; } = true;

    /// <summary>Whether every series says which meter it comes from.</summary>
    /// <value><see langword="false"/>.</value>
    /// <remarks>Adds the labels <c>otel_scope_name</c> and <c>otel_scope_version</c> to every line.</remarks>
    public bool IncludeScopeLabels { get; set; }
}

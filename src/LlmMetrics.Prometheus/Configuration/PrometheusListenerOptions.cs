namespace LlmMetrics;

/// <summary>
/// Settings of the listener on a port of its own. Section <c>LlmMetrics:Prometheus</c> of the host's configuration;
/// what is set in code wins. Read once, at start.
/// </summary>
public sealed class PrometheusListenerOptions
{
    /// <summary>The TCP port.</summary>
    /// <value>9464. 0 to 65,535; 0 takes a free one, which <see cref="PrometheusListener.Addresses"/> tells.</value>
    public int Port { get; set; } = 9464;

    /// <summary>
    /// The address to listen on: an IP address, <c>localhost</c>, or <c>*</c> for all addresses of the machine.
    /// </summary>
    /// <value><c>127.0.0.1</c>: only this machine reaches it.</value>
    /// <remarks>
    /// Beyond loopback without <see cref="PrometheusOptions.BearerToken"/>, a warning is logged at start.
    /// </remarks>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>A path that stands before <c>/</c> and <c>/metrics</c>, for a proxy that does not remove it.</summary>
    /// <value>Empty. Otherwise it begins with a slash and does not end with one.</value>
    public string PathBase { get; set; } = string.Empty;
}

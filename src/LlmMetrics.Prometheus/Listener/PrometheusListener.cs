namespace LlmMetrics;

/// <summary>
/// The listener that <see cref="PrometheusBuilderExtensions.AddPrometheusListener"/> adds. Ask the container for it to
/// know where it listens.
/// </summary>
public sealed class PrometheusListener
{
    private volatile IReadOnlyList<string> _addresses = [];

    internal PrometheusListener()
    {
    }

    /// <summary>
    /// The addresses that it answers at, such as <c>http://127.0.0.1:9464</c>; empty while it is not running.
    /// </summary>
    public IReadOnlyList<string> Addresses
    {
        get => _addresses;
        internal set => _addresses = value;
    }
}

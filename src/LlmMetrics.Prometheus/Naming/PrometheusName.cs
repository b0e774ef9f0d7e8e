using System.Text;

namespace LlmMetrics.Naming;

/// <summary>
/// The Prometheus name of a metric, after the OpenTelemetry specification's page "Prometheus and OpenMetrics
/// Compatibility": legal characters, the unit as a word, <c>_total</c> on counters.
/// </summary>
/// <param name="Family">Name of the family in OpenMetrics: without <c>_total</c>.</param>
/// <param name="Unit">The unit's word if the family's name ends with it, else an empty string.</param>
/// <param name="Type">Type of the family.</param>
internal readonly record struct PrometheusName(string Family, string Unit, PrometheusType Type)
{
    private const string Total = "_total";
    private const int MaxLength = 255;

    /// <summary>Name of the family in the text format, and of the samples of counters and gauges in both.</summary>
    public string Sample => Type == PrometheusType.Counter ? Family + Total : Family;

    public static PrometheusName Of(MetricDescriptor descriptor) =>
        Of(descriptor.Name, descriptor.Unit, FallsAlthoughCounter(descriptor) ? MetricKind.Gauge : descriptor.Kind);

    public static PrometheusName Of(string instrument, string instrumentUnit, MetricKind kind)
    {
        var type = TypeOf(kind);
        var name = Sanitize(instrument);
        if (type == PrometheusType.Counter
            && name.Length > Total.Length
            && name.EndsWith(Total, StringComparison.Ordinal))
        {
            name = name[..^Total.Length];
        }

        var unit = PrometheusUnit.WordOf(instrumentUnit, kind);
        if (unit.Length > 0 && !EndsWithWord(name, unit))
        {
            name = $"{name.TrimEnd('_')}_{unit}";
        }

        // A unit line whose unit is not the end of the name makes Prometheus drop the whole scrape.
        return new(name, name.EndsWith('_' + unit, StringComparison.Ordinal) ? unit : string.Empty, type);
    }

    /// <summary>Every run of characters that Prometheus does not allow, and of underscores, becomes one.</summary>
    public static string Sanitize(string name)
    {
        var text = new StringBuilder(Math.Min(name.Length, MaxLength) + 1);
        foreach (var c in name)
        {
            if (text.Length == MaxLength)
            {
                break;
            }

            if (char.IsAsciiLetterOrDigit(c))
            {
                if (text.Length == 0 && char.IsAsciiDigit(c))
                {
                    text.Append('_');
                }

                text.Append(c);
            }
            else if (text.Length == 0 || text[^1] != '_')
            {
                text.Append('_');
            }
        }

        return text.Length == 0 ? "_" : text.ToString();
    }

    private static bool EndsWithWord(string name, string word) =>
        name.EndsWith(word, StringComparison.OrdinalIgnoreCase)
        && (name.Length == word.Length || name[^(word.Length + 1)] == '_');

    private static PrometheusType TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Histogram => PrometheusType.Histogram,
        MetricKind.Counter => PrometheusType.Counter,
        _ => PrometheusType.Gauge,
    };

    /// <summary>.NET publishes these two as counters, and they fall: <c>rate()</c> would see resets.</summary>
    private static bool FallsAlthoughCounter(MetricDescriptor descriptor) =>
        descriptor.MeterName == "System.Runtime"
        && descriptor.Name is "dotnet.thread_pool.thread.count" or "dotnet.thread_pool.queue.length";
}

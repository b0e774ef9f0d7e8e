using System.Text;

namespace LlmMetrics.Naming;

/// <summary>
/// The word that a unit in UCUM notation becomes in a metric name, after the OpenTelemetry specification's page
/// "Prometheus and OpenMetrics Compatibility".
/// </summary>
internal static class PrometheusUnit
{
    /// <summary>The word, or an empty string if the unit adds nothing to the name.</summary>
    public static string WordOf(string unit, MetricKind kind)
    {
        var plain = WithoutAnnotations(unit);
        if (plain == "1")
        {
            return kind == MetricKind.Gauge ? "ratio" : string.Empty;
        }

        var slash = plain.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return PrometheusName.Sanitize(Singular(plain)).Trim('_');
        }

        var counted = PrometheusName.Sanitize(Singular(plain[..slash])).Trim('_');
        var per = PrometheusName.Sanitize(Per(plain[(slash + 1)..])).Trim('_');
        if (per.Length == 0)
        {
            return counted;
        }

        return counted.Length == 0 || counted == "1" ? $"per_{per}" : $"{counted}_per_{per}";
    }

    /// <summary>Drops what stands in braces: <c>{token}/s</c> becomes <c>/s</c>.</summary>
    private static string WithoutAnnotations(string unit)
    {
        if (!unit.Contains('{', StringComparison.Ordinal))
        {
            return unit.Trim();
        }

        var kept = new StringBuilder(unit.Length);
        var depth = 0;
        foreach (var c in unit)
        {
            if (c == '{')
            {
                depth++;
            }
            else if (c == '}')
            {
                depth = Math.Max(0, depth - 1);
            }
            else if (depth == 0)
            {
                kept.Append(c);
            }
        }

        return kept.ToString().Trim();
    }

    private static string Singular(string unit) => unit switch
    {
        "d" => "days",
        "h" => "hours",
        "min" => "minutes",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "GiBy" => "gibibytes",
        "TiBy" => "tibibytes",
        "kBy" or "KBy" => "kilobytes",
        "MBy" => "megabytes",
        "GBy" => "gigabytes",
        "TBy" => "terabytes",
        "m" => "meters",
        "V" => "volts",
        "A" => "amperes",
        "J" => "joules",
        "W" => "watts",
        "g" => "grams",
        "Cel" => "celsius",
        "Hz" => "hertz",
        "%" => "percent",
        _ => unit,
    };

    private static string Per(string unit) => unit switch
    {
        "s" => "second",
        "min" or "m" => "minute",
        "h" => "hour",
        "d" => "day",
        "wk" or "w" => "week",
        "mo" => "month",
        "a" or "y" => "year",
        _ => unit,
    };
}

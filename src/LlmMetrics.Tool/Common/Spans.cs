using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LlmMetrics.Tool;

/// <summary>Options whose value is a length of time, as Prometheus writes it: 90s, 30m, 24h, 7d.</summary>
internal static class Spans
{
    public static Option<TimeSpan?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = Parse,
    };

    private static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        double seconds = text.Length < 2
            ? 0
            : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 };
        if (seconds > 0 && double.TryParse(
            text.AsSpan()[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count * seconds is >= 1 and <= 3650 * 86_400.0)
        {
            return TimeSpan.FromSeconds(count * seconds);
        }

        result.AddError($"'{text}' is no length of time such as 90s, 30m, 24h or 7d");
        return null;
    }
}

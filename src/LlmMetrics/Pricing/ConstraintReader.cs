using System.Globalization;
using System.Text.Json;

namespace LlmMetrics.Pricing;

/// <summary>Reads when a price holds.</summary>
internal static class ConstraintReader
{
    private static readonly string[] _formats = [@"hh\:mm\:ss", @"hh\:mm"];

    public static PriceConstraint Read(ref PriceJson reader)
    {
        reader.Expect(JsonTokenType.StartObject, "a constraint");
        DateOnly? date = null;
        TimeSpan? start = null;
        TimeSpan? end = null;
        string? tier = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.NextProperty(seen, out var property))
        {
            switch (property)
            {
                case "type":
                    break;
                case "start_date":
                    date = PriceFile.Date(ref reader, property);
                    break;
                case "start_time":
                    start = Time(ref reader, property);
                    break;
                case "end_time":
                    end = Time(ref reader, property);
                    break;
                case "service_tier":
                    tier = reader.RequiredText(property);
                    break;
                default:
                    throw reader.Failure($"'{property}' is no constraint that is known");
            }
        }

        if (date is null && start is null && end is null && tier is null)
        {
            throw reader.Failure("the constraint is empty");
        }

        if (start is null != end is null || (start is not null && start == end))
        {
            throw reader.Failure("a window needs a 'start_time' and another 'end_time'");
        }

        return new PriceConstraint
        {
            StartDate = date,
            StartTime = start,
            EndTime = end.GetValueOrDefault(),
            ServiceTier = ServiceTiers.IsStandard(tier) ? null : tier,
        };
    }

    private static TimeSpan Time(ref PriceJson reader, string property)
    {
        var text = reader.RequiredText(property);
        var digits = text.EndsWith('Z') ? text[..^1] : text;
        return TimeSpan.TryParseExact(digits, _formats, CultureInfo.InvariantCulture, out var time)
            && time < TimeSpan.FromDays(1)
            ? time
            : throw reader.Failure($"'{property}' is '{text}', but must be a time of day in UTC such as 16:30:00Z");
    }
}

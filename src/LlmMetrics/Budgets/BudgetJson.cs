using System.Globalization;
using System.Text.Json;

namespace LlmMetrics.Budgets;

/// <summary>The format of the state file.</summary>
internal static class BudgetJson
{
    private const int Version = 1;

    /// <exception cref="JsonException">It is no such file.</exception>
    public static List<BudgetEntry> Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version)
            {
                throw new JsonException("The version is unknown.");
            }

            List<BudgetEntry> entries = [.. root.GetProperty("budgets").EnumerateArray().Select(Read)];
            return entries.DistinctBy(static entry => (entry.Budget, entry.Value, entry.Start)).Count() == entries.Count
                ? entries
                : throw new JsonException("It says two things of one budget.");
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException
            or FormatException)
        {
            throw new JsonException("It is no state of budgets.", exception);
        }
    }

    public static void Write(Utf8JsonWriter json, IEnumerable<BudgetEntry> entries)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteStartArray("budgets");
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("budget", entry.Budget);
            json.WriteString("value", entry.Value);
            json.WriteString("start", entry.Start.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteNumber("spent_usd", entry.Spent);
            json.WriteNumber("unpriced_calls", entry.Unpriced);
            json.WriteStartArray("crossed");
            foreach (var threshold in entry.Crossed.Order())
            {
                json.WriteNumberValue(threshold);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static BudgetEntry Read(JsonElement json)
    {
        var entry = new BudgetEntry(
            json.GetProperty("budget").GetString() ?? throw new JsonException("A budget has no name."),
            json.GetProperty("value").GetString(),
            json.GetProperty("start").GetDateTimeOffset())
        {
            Spent = json.GetProperty("spent_usd").GetDouble(),
            Unpriced = json.GetProperty("unpriced_calls").GetInt64(),
        };
        if (entry.Spent is not (>= 0 and <= double.MaxValue) || entry.Unpriced < 0)
        {
            throw new JsonException("A budget has a sum that cannot be.");
        }

        entry.Crossed.UnionWith(json.GetProperty("crossed").EnumerateArray().Select(static item => item.GetDouble()));
        return entry;
    }
}

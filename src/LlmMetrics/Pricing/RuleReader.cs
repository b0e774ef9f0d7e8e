using System.Text.Json;

namespace LlmMetrics.Pricing;

/// <summary>Reads a match rule: an object with one property that names the kind of rule.</summary>
internal static class RuleReader
{
    private const int MaxDepth = 8;

    public static ModelRule Read(ref PriceJson reader) => Read(ref reader, 0);

    private static ModelRule Read(ref PriceJson reader, int depth)
    {
        reader.Expect(JsonTokenType.StartObject, "a match rule");
        if (depth > MaxDepth)
        {
            throw reader.Failure("match rules are nested too deeply");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        ModelRule? rule = null;
        while (reader.NextProperty(seen, out var kind))
        {
            if (rule is not null)
            {
                throw reader.Failure("a match rule has one property only; use 'or' or 'and'");
            }

            rule = kind switch
            {
                "equals" => ModelRule.Equal(reader.RequiredText(kind)),
                "starts_with" => ModelRule.StartsWith(reader.RequiredText(kind)),
                "ends_with" => ModelRule.EndsWith(reader.RequiredText(kind)),
                "contains" => ModelRule.Contains(reader.RequiredText(kind)),
                "regex" => Pattern(ref reader),
                "or" => ModelRule.Any(List(ref reader, depth)),
                "and" => ModelRule.All(List(ref reader, depth)),
                _ => throw reader.Failure(
                    $"'{kind}' is no match rule (equals, starts_with, ends_with, contains, regex, or, and)"),
            };
        }

        return rule ?? throw reader.Failure("the match rule is empty");
    }

    private static ModelRule Pattern(ref PriceJson reader)
    {
        var pattern = reader.RequiredText("regex");
        try
        {
            return ModelRule.Pattern(pattern);
        }
        catch (ArgumentException e)
        {
            throw reader.Failure($"'{pattern}' is no regular expression: {e.Message}");
        }
    }

    private static ModelRule[] List(ref PriceJson reader, int depth)
    {
        reader.Expect(JsonTokenType.StartArray, "an array of match rules");
        var rules = new List<ModelRule>();
        while (reader.NextElement())
        {
            rules.Add(Read(ref reader, depth + 1));
        }

        return rules.Count > 0 ? [.. rules] : throw reader.Failure("the list of match rules is empty");
    }
}

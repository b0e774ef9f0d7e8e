using System.Collections.Frozen;
using System.Text.Json;

namespace LlmMetrics.Profiles;

/// <summary>
/// The names by which placeholders and options speak of fields: <c>request_model</c>, <c>agent</c>, ….
/// </summary>
internal static class FieldNames
{
    private static readonly FrozenDictionary<string, FactField> _byName = Enum.GetValues<FactField>()
        .ToFrozenDictionary(Of, StringComparer.Ordinal);

    public static string Of(FactField field) => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.ToString());

    public static bool TryParse(string name, out FactField field) => _byName.TryGetValue(name, out field);
}

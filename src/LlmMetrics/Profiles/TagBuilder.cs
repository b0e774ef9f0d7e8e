namespace LlmMetrics;

/// <summary>Builds the cases of a tag: the first that gives a value wins.</summary>
public sealed class TagBuilder
{
    private readonly List<TagSource> _sources = [];

    internal TagBuilder()
    {
    }

    internal IReadOnlyList<TagSource> Sources => _sources;

    /// <summary>Gives a constant if a field has one of these values.</summary>
    /// <param name="field">The field.</param>
    /// <param name="equals">The value that it must have.</param>
    /// <param name="result">What the tag then says.</param>
    /// <returns>This builder.</returns>
    public TagBuilder Case(FactField field, string equals, string result)
    {
        _sources.Add(new TagSource { Constant = result, Condition = new FieldCondition(field, [equals]) });
        return this;
    }

    /// <summary>Gives the value of a field if it has one.</summary>
    /// <param name="field">The field.</param>
    /// <param name="map">Values to rename; others stay as they are.</param>
    /// <returns>This builder.</returns>
    public TagBuilder Field(FactField field, params (string From, string To)[] map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var names = map.Length == 0 ? null : map.ToDictionary(static m => m.From, static m => m.To);
        _sources.Add(new TagSource { Field = field, Map = names });
        return this;
    }

    /// <summary>Gives a constant if nothing before did.</summary>
    /// <param name="value">What the tag then says.</param>
    /// <returns>This builder.</returns>
    public TagBuilder Otherwise(string value)
    {
        _sources.Add(new TagSource { Constant = value });
        return this;
    }
}

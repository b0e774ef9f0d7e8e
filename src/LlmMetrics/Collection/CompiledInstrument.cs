using LlmMetrics.Facts;
using LlmMetrics.Profiles;

namespace LlmMetrics.Collection;

/// <summary>A definition made ready for binding: templates parsed, dropped tags gone, enriched tags added.</summary>
internal sealed class CompiledInstrument
{
    private readonly InstrumentDefinition _definition;
    private readonly NameTemplate _name;
    private readonly NameTemplate _description;
    private readonly TagDefinition[] _tags;
    private readonly (string Name, int Slot)[] _enriched;
    private readonly ulong _closed;

    public CompiledInstrument(
        InstrumentDefinition definition, TagFilter filter, IReadOnlyList<(string Name, int Slot)> enriched)
    {
        _definition = definition;
        _name = new NameTemplate(definition.Name);
        _description = new NameTemplate(definition.Description);
        _tags = [.. definition.Tags.Where(tag => !filter.IsDropped(definition.Name, tag.Name))];
        _enriched = [.. enriched
            .Where(tag => !filter.IsDropped(definition.Name, tag.Name)
                && !_tags.Any(known => known.Name == tag.Name))
            .DistinctBy(static tag => tag.Name)];
        for (var i = 0; i < _tags.Length; i++)
        {
            _closed |= _tags[i].IsClosed ? 1UL << i : 0;
        }
    }

    public InstrumentDefinition Definition => _definition;

    /// <summary>The fields that decide which series a fact updates.</summary>
    public IEnumerable<FactField> Fields =>
        _tags.SelectMany(static tag => tag.Sources)
            .SelectMany(static source => new[] { source.Field, source.Condition?.Field })
            .OfType<FactField>()
            .Concat(_definition.Conditions.Select(static condition => condition.Field))
            .Concat(_name.Fields);

    public IEnumerable<int> EnrichedSlots => _enriched.Select(static tag => tag.Slot);

    /// <summary>Whether the name has no holes, so that the instrument can exist before its first measurement.</summary>
    public bool IsNameConstant => _name.IsConstant;

    /// <summary>The instrument for these keys; null if the definition does not apply to them.</summary>
    public InstrumentEntry? Entry(in FactData keys, InstrumentRegistry registry, PlaceholderGuard placeholders)
    {
        foreach (var condition in _definition.Conditions)
        {
            if (!condition.IsMet(Text(in keys, condition.Field)))
            {
                return null;
            }
        }

        // A copy, because a lambda cannot hold the reference; binding is rare.
        var copy = keys;
        var name = _name.Fill(copy, (fact, field) => placeholders.Admit(field, Text(in fact, field)));
        if (name is null)
        {
            return null;
        }

        var description = _description.Fill(copy, (fact, field) => Text(in fact, field)) ?? _definition.Description;
        return registry.GetOrAdd(_definition, name, description);
    }

    /// <summary>The tags for these keys, and which of them never fold.</summary>
    public KeyValuePair<string, object?>[] Tags(
        in FactData keys, ReadOnlySpan<KeyValuePair<string, object?>> constants, out ulong closed)
    {
        var tags = new List<KeyValuePair<string, object?>>(_tags.Length + _enriched.Length + constants.Length);
        closed = 0;
        for (var i = 0; i < _tags.Length; i++)
        {
            if (Resolve(_tags[i], in keys) is { Length: > 0 } value)
            {
                closed |= (_closed >> i & 1) << tags.Count;
                tags.Add(new(_tags[i].Name, value));
            }
        }

        foreach (var (name, slot) in _enriched)
        {
            if (keys.KeyFields[slot] is { Length: > 0 } value)
            {
                tags.Add(new(name, value));
            }
        }

        foreach (var tag in constants)
        {
            if (!Array.Exists(_tags, known => known.Name == tag.Key)
                && !Array.Exists(_enriched, known => known.Name == tag.Key))
            {
                closed |= 1UL << tags.Count;
                tags.Add(tag);
            }
        }

        return [.. tags];
    }

    /// <summary>The tags of the series that exist from the start, and which of them never fold.</summary>
    public IEnumerable<(KeyValuePair<string, object?>[] Tags, ulong Closed)> Presets(
        KeyValuePair<string, object?>[] constants)
    {
        foreach (var preset in _definition.Presets)
        {
            var next = 0;
            var values = _definition.Tags.ToDictionary(
                static tag => tag.Name, tag => tag.IsConstant ? tag.Sources[0].Constant! : preset[next++]);
            var own = _tags.Select(tag => new KeyValuePair<string, object?>(
                tag.Name, TagText.Sanitise(values[tag.Name])));
            var others = constants.Where(constant => !Array.Exists(_tags, tag => tag.Name == constant.Key));

            // What is known from the start is few by nature, whatever the tag.
            yield return ([.. own, .. others], ulong.MaxValue);
        }
    }

    private static string? Resolve(TagDefinition tag, in FactData keys)
    {
        foreach (var source in tag.Sources)
        {
            if (source.Condition is { } condition && !condition.IsMet(Text(in keys, condition.Field)))
            {
                continue;
            }

            var value = source.Constant ?? Text(in keys, source.Field!.Value);
            if (value is { Length: > 0 })
            {
                return source.Map is { } map && map.TryGetValue(value, out var renamed) ? renamed : value;
            }
        }

        return null;
    }

    private static string? Text(in FactData keys, FactField field) =>
        field < FactField.Outcome ? keys.KeyFields[(int)field] : keys.Closed.Text(field);
}

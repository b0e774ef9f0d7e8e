namespace LlmMetrics;

/// <summary>Builds an <see cref="InstrumentDefinition"/>.</summary>
public sealed class InstrumentBuilder
{
    private readonly List<TagDefinition> _tags;
    private readonly List<FieldCondition> _conditions;
    private InstrumentDefinition _definition;

    internal InstrumentBuilder(InstrumentDefinition definition)
    {
        _definition = definition;
        _tags = [.. definition.Tags];
        _conditions = [.. definition.Conditions];
    }

    /// <summary>Sets the unit.</summary>
    /// <param name="unit">Unit in UCUM notation, such as <c>s</c> or <c>{token}</c>.</param>
    /// <param name="scale">Factor on the figure, such as 1000 for milliseconds.</param>
    /// <returns>This builder.</returns>
    public InstrumentBuilder Unit(string unit, double scale = 1)
    {
        _definition = _definition with { Unit = unit, Scale = scale };
        return this;
    }

    /// <summary>Sets the description.</summary>
    /// <param name="description">Description; may contain a key field in braces.</param>
    /// <returns>This builder.</returns>
    public InstrumentBuilder Description(string description)
    {
        _definition = _definition with { Description = description };
        return this;
    }

    /// <summary>Sets the buckets of a histogram.</summary>
    /// <param name="bounds">Upper bounds, ascending, without +Inf.</param>
    /// <returns>This builder.</returns>
    public InstrumentBuilder Buckets(params ReadOnlySpan<double> bounds)
    {
        _definition = _definition with { Buckets = bounds.ToArray() };
        return this;
    }

    /// <summary>Adds a tag with the value of a field.</summary>
    /// <param name="name">Name of the tag.</param>
    /// <param name="fields">The field, or several: the first that has a value.</param>
    /// <returns>This builder.</returns>
    public InstrumentBuilder Tag(string name, params ReadOnlySpan<FactField> fields)
    {
        var sources = new TagSource[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            sources[i] = new TagSource { Field = fields[i] };
        }

        _tags.Add(new TagDefinition(name, sources));
        return this;
    }

    /// <summary>Adds a tag with cases.</summary>
    /// <param name="name">Name of the tag.</param>
    /// <param name="configure">Adds the cases in order.</param>
    /// <returns>This builder.</returns>
    public InstrumentBuilder Tag(string name, Action<TagBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new TagBuilder();
        configure(builder);
        _tags.Add(new TagDefinition(name, builder.Sources));
        return this;
    }

    /// <summary>Adds a tag with the same value always.</summary>
    /// <param name="name">Name of the tag.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This builder.</returns>
    public InstrumentBuilder Constant(string name, string value)
    {
        _tags.Add(new TagDefinition(name, [new TagSource { Constant = value }]));
        return this;
    }

    /// <summary>Takes only facts whose field has one of these values.</summary>
    /// <param name="field">The field.</param>
    /// <param name="values">The values; none means any value at all.</param>
    /// <returns>This builder.</returns>
    public InstrumentBuilder When(FactField field, params string[] values)
    {
        _conditions.Add(new FieldCondition(field, values));
        return this;
    }

    /// <summary>Takes only facts whose field has none of these values.</summary>
    /// <param name="field">The field.</param>
    /// <param name="values">The values; none means no value at all.</param>
    /// <returns>This builder.</returns>
    public InstrumentBuilder WhenNot(FactField field, params string[] values)
    {
        _conditions.Add(new FieldCondition(field, values, Negated: true));
        return this;
    }

    /// <summary>
    /// Makes a series of a counter exist from the start, at 0, so that <c>increase()</c> sees its first figure. Call it
    /// once for each.
    /// </summary>
    /// <param name="values">Values of the tags that are no constants, in the order in which they were added.</param>
    /// <returns>This builder.</returns>
    public InstrumentBuilder Preset(params ReadOnlySpan<string> values)
    {
        _definition = _definition with { Presets = [.. _definition.Presets, values.ToArray()] };
        return this;
    }

    internal InstrumentDefinition Build() => _definition with { Tags = [.. _tags], Conditions = [.. _conditions] };
}

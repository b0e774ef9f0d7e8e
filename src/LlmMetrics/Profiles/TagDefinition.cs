namespace LlmMetrics;

/// <summary>
/// A tag of an instrument: the first of its sources that gives a value. Without one, the tag is left out.
/// </summary>
/// <param name="Name">Name of the tag.</param>
/// <param name="Sources">The sources in order.</param>
public sealed record TagDefinition(string Name, IReadOnlyList<TagSource> Sources)
{
    /// <summary>Whether its values are few by nature, so that it never folds.</summary>
    internal bool IsClosed => Sources.All(static source => source.Field is null or >= FactField.Outcome);

    /// <summary>Whether it says the same always.</summary>
    internal bool IsConstant => Sources is [{ Constant: not null, Condition: null }, ..];
}

using LlmMetrics.Profiles;

namespace LlmMetrics;

/// <summary>
/// Says which instruments facts become: names, units, tags, buckets. A profile is data; several can be in use at once,
/// and the definitions are what documentation, dashboards and checks are made from.
/// </summary>
public sealed class MetricProfile
{
    internal MetricProfile(string name, string? prefix, IReadOnlyList<InstrumentDefinition> instruments)
    {
        Name = name;
        Prefix = prefix;
        Instruments = instruments;
    }

    /// <summary>
    /// The OpenTelemetry GenAI conventions 1.41 with their drafts for agents, tools and workflows, and names of this
    /// library for what no standard covers. The default.
    /// </summary>
    public static MetricProfile GenAi { get; } = GenAiProfile.Create();

    /// <summary>
    /// The successor names of the GenAI conventions (repository main of October 2026, status Development). Use it
    /// instead of <see cref="GenAi"/> or beside it.
    /// </summary>
    public static MetricProfile GenAiNext { get; } = GenAiNextProfile.Create();

    /// <summary>Name, unique among the profiles in use.</summary>
    public string Name { get; }

    /// <summary>Prefix of the names, which the app's business metrics get too; null for none.</summary>
    public string? Prefix { get; }

    /// <summary>The instruments.</summary>
    public IReadOnlyList<InstrumentDefinition> Instruments { get; }

    /// <summary>Compact names under the app's own prefix, such as <c>intelia.llm.tokens</c>.</summary>
    /// <param name="prefix">The prefix: letters, digits, <c>_</c>, <c>-</c> and dots, beginning with a letter.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentException">The prefix is not a legal name.</exception>
    public static MetricProfile Prefixed(string prefix) => PrefixedProfile.Create(prefix);

    /// <summary>
    /// The same profile with a series of one of its counters that exists from the start, at 0, so that
    /// <c>increase()</c> sees its first figure.
    /// </summary>
    /// <param name="instrument">Name of the counter, such as <c>intelia.llm.requests</c>.</param>
    /// <param name="values">Values of its tags that are no constants, in the order of the profile.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentException">There is no such counter, or it has another number of tags.</exception>
    public MetricProfile Preset(string instrument, params ReadOnlySpan<string> values)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        string[] preset = [.. values];
        if (Instruments.All(known => known.Name != instrument))
        {
            throw new ArgumentException($"Profile '{Name}' has no instrument '{instrument}'.", nameof(instrument));
        }

        InstrumentDefinition[] instruments = [.. Instruments.Select(known => known.Name == instrument
            ? known with { Presets = [.. known.Presets, preset] }
            : known)];
        ProfileValidator.ThrowIfInvalid(Name, Prefix, instruments);
        return new MetricProfile(Name, Prefix, instruments);
    }

    /// <summary>Builds a profile of one's own.</summary>
    /// <param name="name">Name, unique among the profiles in use.</param>
    /// <param name="configure">Adds the instruments.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentException">
    /// Definitions are wrong: an illegal name, a histogram without buckets, a figure that the fact does not have.
    /// The message lists every error.
    /// </exception>
    public static MetricProfile Create(string name, Action<MetricProfileBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new MetricProfileBuilder(name);
        configure(builder);
        return builder.Build();
    }
}

using System.IO.Enumeration;

namespace LlmMetrics.Collection;

/// <summary>Which instruments and tags the options switch off, by pattern.</summary>
internal sealed class TagFilter(LlmMetricsOptions options)
{
    private readonly string[] _instruments = [.. options.DisabledInstruments];
    private readonly (string Instrument, string Tag)[] _tags = [.. options.DroppedTags.Select(Split)];

    public bool IsDisabled(string instrument) =>
        Array.Exists(_instruments, pattern => Matches(pattern, instrument));

    public bool IsDropped(string instrument, string tag) =>
        Array.Exists(_tags, pattern => Matches(pattern.Instrument, instrument) && Matches(pattern.Tag, tag));

    /// <summary>Whether any tag of the instrument may be dropped.</summary>
    public bool Concerns(string instrument) => Array.Exists(_tags, pattern => Matches(pattern.Instrument, instrument));

    private static (string Instrument, string Tag) Split(string pattern)
    {
        var colon = pattern.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? ("*", pattern) : (pattern[..colon], pattern[(colon + 1)..]);
    }

    private static bool Matches(string pattern, string name) =>
        FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}

using System.Collections.Concurrent;
using LlmMetrics.Profiles;

namespace LlmMetrics.Collection;

/// <summary>Bounds the values that become parts of instruments' names.</summary>
internal sealed class PlaceholderGuard(SelfDiagnostics diagnostics)
{
    /// <summary>Values per field that become instruments.</summary>
    public const int MaxValues = 50;

    private readonly ConcurrentDictionary<FactField, HashSet<string>> _known = new();

    public string? Admit(FactField field, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        var name = NameTemplate.Sanitise(value);
        var known = _known.GetOrAdd(field, static _ => new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        lock (known)
        {
            if (known.Contains(name) || (known.Count < MaxValues && known.Add(name)))
            {
                return name;
            }
        }

        diagnostics.Folded(FieldNames.Of(field));
        return MetricStorage.Folded;
    }
}

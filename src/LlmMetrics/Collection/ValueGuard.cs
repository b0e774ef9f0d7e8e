using System.Collections.Concurrent;

namespace LlmMetrics.Collection;

/// <summary>Bounds the values of one field or tag: the first ones are themselves, the rest count as folded.</summary>
internal sealed class ValueGuard(int max, string name, SelfDiagnostics diagnostics)
{
    private readonly ConcurrentDictionary<string, string> _known = new(concurrencyLevel: 1, capacity: 16);
    private int _count;

    /// <summary>What a value counts as; null if nothing harmless is left of it.</summary>
    public string? Admit(string value)
    {
        if (_known.TryGetValue(value, out var known))
        {
            return known;
        }

        var harmless = TagText.Sanitise(value);
        if (harmless.Length == 0)
        {
            return null;
        }

        lock (_known)
        {
            if (_known.TryGetValue(harmless, out known))
            {
                return known;
            }

            if (_count < max)
            {
                _count++;
                _known[harmless] = harmless;
                return harmless;
            }
        }

        diagnostics.Folded(name);
        return MetricStorage.Folded;
    }
}

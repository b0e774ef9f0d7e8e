using System.Collections.Concurrent;
using LlmMetrics.Collection;

namespace LlmMetrics.Health;

/// <summary>How many calls each provider has answered lately, and how many of them have failed.</summary>
internal sealed class ProviderRates(TimeProvider time) : ILlmCallObserver
{
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan MaxWindow = TimeSpan.FromHours(1);

    private const int MaxProviders = 64;
    private const string Unknown = "unknown";

    private readonly ConcurrentDictionary<string, Ring> _rings = new(StringComparer.Ordinal);

    public void OnCall(in LlmCall llmCall)
    {
        if (llmCall.Outcome == LlmOutcome.Cancelled)
        {
            return;
        }

        var provider = llmCall.Provider is { Length: > 0 } name ? TagText.Sanitise(name) : Unknown;
        if (!_rings.TryGetValue(provider, out var ring))
        {
            provider = _rings.Count < MaxProviders ? provider : MetricStorage.Folded;
            ring = _rings.GetOrAdd(provider, static _ => new Ring());
        }

        ring.Add(StepNow(), llmCall.Outcome == LlmOutcome.Error);
    }

    /// <summary>Calls and errors of each provider in the window.</summary>
    public IEnumerable<(string Provider, long Calls, long Errors)> Read(TimeSpan window)
    {
        var now = StepNow();
        var steps = (int)Math.Ceiling(window / Step);
        foreach (var (provider, ring) in _rings.OrderBy(static ring => ring.Key, StringComparer.Ordinal))
        {
            var (calls, errors) = ring.Sum(now - steps + 1, now);
            yield return (provider, calls, errors);
        }
    }

    private long StepNow() => (long)(time.GetElapsedTime(0) / Step);

    /// <summary>Counts by steps of time; those of an hour ago are overwritten.</summary>
    private sealed class Ring
    {
        private readonly Lock _lock = new();
        private readonly (long Step, long Calls, long Errors)[] _slots =
            new (long Step, long Calls, long Errors)[(int)(MaxWindow / Step) + 1];

        public void Add(long step, bool isError)
        {
            lock (_lock)
            {
                ref var slot = ref _slots[step % _slots.Length];
                if (slot.Step != step)
                {
                    slot = (step, 0, 0);
                }

                slot.Calls++;
                slot.Errors += isError ? 1 : 0;
            }
        }

        public (long Calls, long Errors) Sum(long from, long to)
        {
            lock (_lock)
            {
                var (calls, errors) = (0L, 0L);
                foreach (var slot in _slots)
                {
                    if (slot.Step >= from && slot.Step <= to)
                    {
                        calls += slot.Calls;
                        errors += slot.Errors;
                    }
                }

                return (calls, errors);
            }
        }
    }
}

using System.Collections.Concurrent;
using LlmMetrics.Facts;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Collection;

/// <summary>
/// What the library says about itself: every loss is counted by reason, and the first of a minute is logged.
/// </summary>
internal sealed class SelfDiagnostics(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan _episode = TimeSpan.FromMinutes(1);

    [ThreadStatic]
    private static bool t_reporting;

    private readonly ConcurrentDictionary<string, long> _lastLogged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _failing = new(StringComparer.Ordinal);
    private Recorder? _recorder;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Where the self-metrics are recorded. Losses before that are only logged.</summary>
    public void Attach(Recorder recorder) => Volatile.Write(ref _recorder, recorder);

    /// <summary>
    /// Counts measurements or observations that were given up. The reason is a constant. Never throws.
    /// </summary>
    public void Dropped(string reason, long count = 1)
    {
        Count(reason, count);
        if (IsNewEpisode(reason))
        {
            Say(() => Log.Dropped(logger, reason));
        }
    }

    /// <summary>Counts a measurement that went into a folded series. Never throws.</summary>
    public void Folded(string name)
    {
        var fact = default(FactData);
        fact.KeyFields[(int)FactField.Name] = name;
        fact.Set(FactValue.Folded, 1L);
        Record(in fact);
        if (IsNewEpisode(name))
        {
            Say(() => Log.Folding(logger, name));
        }
    }

    /// <summary>Counts a failure inside the library and logs it once per reason and minute. Never throws.</summary>
    public void Failed(string reason, Exception exception)
    {
        Count(reason, 1);
        if (IsNewEpisode(reason))
        {
            Say(() => Log.Failed(logger, reason, exception));
        }
    }

    /// <summary>
    /// Counts an export that ended, in error if there is a reason. Of an exporter that goes on failing, the first
    /// failure and the end are logged. Never throws.
    /// </summary>
    public void Exported(string exporter, TimeSpan duration, string? failure, Exception? exception = null)
    {
        var fact = default(FactData);
        fact.KeyFields[(int)FactField.Name] = exporter;
        fact.KeyFields[(int)FactField.Reason] = failure;
        fact.Set(FactValue.Duration, duration);
        fact.Set(FactValue.ExportFailures, failure is null ? null : 1L);
        Record(in fact);
        if (failure is null)
        {
            if (_failing.TryRemove(exporter, out var failures))
            {
                Say(() => Log.ExportRecovered(logger, exporter, failures));
            }
        }
        else if (_failing.AddOrUpdate(exporter, 1, static (_, count) => count + 1) == 1 && IsNewEpisode(exporter))
        {
            Say(() => Log.ExportFailed(logger, exporter, failure, exception));
        }
    }

    /// <summary>Counts a price file that was read, well or not. Never throws.</summary>
    public void PricesLoaded(string file, string? failure)
    {
        var fact = default(FactData);
        fact.KeyFields[(int)FactField.Name] = file;
        fact.KeyFields[(int)FactField.Reason] = failure;
        fact.Set(FactValue.PriceLoads, 1L);
        Record(in fact);
    }

    /// <summary>Logs what is known to be said once only. Never throws.</summary>
    public static void Say(Action log)
    {
        try
        {
            log();
        }
        catch (Exception)
        {
            // A logging provider that throws must not reach the app through its telemetry.
        }
    }

    /// <summary>Counts a loss that whoever met it logs. Never throws.</summary>
    public void Count(string reason, long count)
    {
        var fact = default(FactData);
        fact.KeyFields[(int)FactField.Reason] = reason;
        fact.Set(FactValue.Dropped, count);
        Record(in fact);
    }

    private void Record(in FactData fact)
    {
        if (t_reporting || Volatile.Read(ref _recorder) is not { } recorder)
        {
            return;
        }

        // What self-metrics themselves drop or fold is not reported again.
        t_reporting = true;
        try
        {
            recorder.Record(FactKind.Self, in fact);
        }
        finally
        {
            t_reporting = false;
        }
    }

    private bool IsNewEpisode(string subject)
    {
        var now = time.GetTimestamp();
        if (_lastLogged.TryGetValue(subject, out var last))
        {
            return time.GetElapsedTime(last, now) >= _episode && _lastLogged.TryUpdate(subject, now, last);
        }

        return _lastLogged.Count < 1000 && _lastLogged.TryAdd(subject, now);
    }
}

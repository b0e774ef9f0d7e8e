using LlmMetrics.Exposition;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Endpoint;

/// <summary>Counts and logs what scrapes leave out. Logs each subject once, failures once a minute.</summary>
internal sealed class ScrapeReport(LlmMetricsRuntime runtime, ILogger logger, TimeProvider time) : IExpositionReport
{
    private static readonly TimeSpan _episode = TimeSpan.FromMinutes(1);

    private readonly Lock _logging = new();
    private long? _lastFailure;
    private int _illegalValueLogged;

    public void NameConflict(MetricDescriptor descriptor, string name)
    {
        runtime.ReportDropped("prometheus_name_conflict");
        Log.NameConflict(logger, descriptor.Name, descriptor.MeterName, name);
    }

    public void DuplicateSeries(MetricDescriptor descriptor, string name, bool first)
    {
        runtime.ReportDropped("prometheus_duplicate_series");
        if (first)
        {
            Log.DuplicateSeries(logger, descriptor.Name, descriptor.MeterName, name);
        }
    }

    public void IllegalValue()
    {
        runtime.ReportDropped("prometheus_illegal_value");
        if (Interlocked.Exchange(ref _illegalValueLogged, 1) == 0)
        {
            Log.IllegalValue(logger);
        }
    }

    public void Failed(Exception exception)
    {
        runtime.ReportDropped("prometheus_scrape_failed");
        lock (_logging)
        {
            if (_lastFailure is { } last && time.GetElapsedTime(last) < _episode)
            {
                return;
            }

            _lastFailure = time.GetTimestamp();
        }

        Log.ScrapeFailed(logger, exception);
    }
}

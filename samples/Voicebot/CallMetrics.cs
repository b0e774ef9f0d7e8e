using LlmMetrics;

namespace Voicebot;

/// <summary>What only the telephone knows: calls, their length, how people felt, tickets.</summary>
public sealed class CallMetrics
{
    private static readonly string[] _statuses = ["completed", "failed", "transferred"];
    private static readonly string[] _problems = ["internet", "mobile", "other"];
    private static readonly double[] _seconds = [10, 30, 60, 120, 300, 600, 1200];

    private readonly BusinessCounter _calls;
    private readonly BusinessHistogram _duration;
    private readonly BusinessCounter _sentiment;
    private readonly BusinessCounter _tickets;

    /// <summary>
    /// Makes the metrics; names get the profile's prefix. What is known beforehand starts at 0, so that
    /// <c>increase()</c> sees the first call of each kind.
    /// </summary>
    public CallMetrics(LlmMetricsRuntime metrics)
    {
        _calls = metrics.Business.Counter("calls", ["status", "problem_type"], "{call}", "Calls that have ended");
        foreach (var status in _statuses)
        {
            foreach (var problem in _problems)
            {
                _calls.Preset(status, problem);
            }
        }

        _duration = metrics.Business.Histogram(
            "call.duration", _seconds, unit: "s", description: "Length of calls, as the telephone system tells it");
        _sentiment = metrics.Business.Counter(
            "client.sentiment", ["sentiment"], "{call}", "How callers felt, by the survey at the end");
        _sentiment.Preset("positive").Preset("neutral").Preset("negative");
        _tickets = metrics.Business.Counter("tickets.created", ["severity", "tag"], "{ticket}", "Tickets opened");
        _tickets.Preset("HIGH", "INTERNET_DOWN");
    }

    /// <summary>A call has ended.</summary>
    public void Ended(string status, string problem, TimeSpan length)
    {
        _calls.Add(1, status, problem);
        _duration.Record(length.TotalSeconds);
    }

    /// <summary>A caller has told how it was.</summary>
    public void Felt(string sentiment) => _sentiment.Add(1, sentiment);

    /// <summary>A ticket was opened.</summary>
    public void Ticket(string severity, string tag) => _tickets.Add(1, severity, tag);
}

using System.Diagnostics.Tracing;
using System.Globalization;
using LlmMetrics.Configuration;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Diagnostics;

/// <summary>
/// Turns what the OpenTelemetry SDK says about itself into log entries: at most one warning a minute about requests and
/// one about all else, and at most sixty entries below that, with every secret cut out. Failed requests are counted.
/// </summary>
internal sealed class SdkEventLog : EventListener
{
    private const string Sources = "OpenTelemetry";
    private const int MaxLength = 1000;

    [ThreadStatic]
    private static bool t_writing;

    private readonly Lock _starting = new();
    private readonly LogBudget _requests;
    private readonly LogBudget _warnings;
    private readonly LogBudget _details;
    private readonly string[] _secrets;
    private readonly string[] _receivers;
    private readonly Action<string, long> _dropped;
    private readonly EventLevel _level;
    private readonly ILogger? _logger;
    private List<EventSource>? _early = [];

    public SdkEventLog(ILogger logger, OtlpSettings settings, Action<string, long> dropped, TimeProvider time)
    {
        SignalSettings?[] signals = [settings.Metrics, settings.Traces];
        _requests = new LogBudget(1, time);
        _warnings = new LogBudget(1, time);
        _details = new LogBudget(60, time);
        _secrets = [.. signals.OfType<SignalSettings>().SelectMany(SecretsOf).Distinct(StringComparer.Ordinal)];
        _receivers = [.. signals.OfType<SignalSettings>().Select(
            static signal => signal.Endpoint.GetLeftPart(UriPartial.Authority) + "/")];
        _dropped = dropped;
        _level = LevelOf(settings.LogLevel);
        EventSource[] early;
        lock (_starting)
        {
            _logger = logger;
            early = [.. _early ?? []];
            _early = null;
        }

        foreach (var source in early)
        {
            EnableEvents(source, _level);
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (!eventSource.Name.StartsWith(Sources, StringComparison.Ordinal))
        {
            return;
        }

        // The base constructor reports the sources there are before this type's fields are set.
        if (_logger is null)
        {
            (_early ??= []).Add(eventSource);
            return;
        }

        EnableEvents(eventSource, _level);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (t_writing || _logger is null)
        {
            return;
        }

        // What a logger does may write such an event again; and nothing of it may reach the exporter's thread.
        t_writing = true;
        try
        {
            Write(eventData, _logger);
        }
        catch (Exception)
        {
            _dropped("otlp_log", 1);
        }
        finally
        {
            t_writing = false;
        }
    }

    private void Write(EventWrittenEventArgs eventData, ILogger logger)
    {
        if (IsOrdinary(eventData) || IsOfAnotherPipeline(eventData, out var endpoint))
        {
            return;
        }

        if (endpoint is not null && eventData.Level == EventLevel.Error)
        {
            _dropped("otlp_request", 1);
        }

        switch (eventData.Level)
        {
            case EventLevel.Critical or EventLevel.Error or EventLevel.Warning:
                // A budget of its own, so that no other warning hides that the receiver is down.
                if ((endpoint is null ? _warnings : _requests).TrySpend(out var suppressed))
                {
                    Warn(logger, TextOf(eventData), suppressed);
                }

                break;
            case EventLevel.Informational when _details.TrySpend(out _):
                Log.SdkInformation(logger, TextOf(eventData));
                break;
            case EventLevel.Verbose or EventLevel.LogAlways when _details.TrySpend(out _):
                Log.SdkDebug(logger, TextOf(eventData));
                break;
        }
    }

    private static void Warn(ILogger logger, string message, int suppressed)
    {
        if (suppressed == 0)
        {
            Log.SdkWarning(logger, message);
        }
        else
        {
            Log.SdkWarningAgain(logger, message, suppressed);
        }
    }

    /// <summary>
    /// The SDK warns of every instrument in the process that nobody asked it to send, and of meters of the framework
    /// that exist twice in every app.
    /// </summary>
    private static bool IsOrdinary(EventWrittenEventArgs eventData) => eventData switch
    {
        { EventName: "MetricInstrumentIgnored", Payload: [_, _, string reason, ..] } =>
            reason.Contains("not subscribed", StringComparison.Ordinal),
        { EventName: "DuplicateMetricInstrument", Payload: [_, string meter, ..] } => meter != LlmMetricsNames.Meter,
        _ => false,
    };

    /// <summary>Events of the whole process come here; what is said of a request begins with its endpoint.</summary>
    private bool IsOfAnotherPipeline(EventWrittenEventArgs eventData, out string? endpoint)
    {
        endpoint = eventData is { Payload: [string first, ..] } && first.StartsWith("http", StringComparison.Ordinal)
            ? first
            : null;
        return endpoint is { } url
            && !Array.Exists(_receivers, receiver => url.StartsWith(receiver, StringComparison.OrdinalIgnoreCase));
    }

    private string TextOf(EventWrittenEventArgs eventData)
    {
        var text = eventData.Message is { } format
            ? string.Format(CultureInfo.InvariantCulture, format, eventData.Payload?.ToArray() ?? [])
            : eventData.EventName ?? string.Empty;

        // One line: what a receiver answers must not look like a log entry of its own.
        text = text.ReplaceLineEndings(" ");
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return text.Length > MaxLength ? text[..MaxLength] : text;
    }

    private static IEnumerable<string> SecretsOf(SignalSettings signal)
    {
        foreach (var value in signal.Headers.Values.Where(static value => value.Length > 0))
        {
            yield return value;
            if (value.Split(' ') is [_, { Length: > 0 } credentials])
            {
                yield return credentials;
            }
        }

        if (signal.Endpoint.Query.Length > 1)
        {
            yield return signal.Endpoint.Query;
        }
    }

    private static EventLevel LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => EventLevel.Verbose,
        LogLevel.Information or LogLevel.Warning => EventLevel.Warning,
        _ => EventLevel.Error,
    };
}
